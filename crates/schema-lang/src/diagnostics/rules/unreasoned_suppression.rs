//! A suppression that does not say why.

use std::ops::Range;

use crate::{diagnostics::rule::rule, workspace::FileDiagnostic};

rule! {
    /// `// orm-allow` gives no reason.
    ///
    /// The next reader has to know whether it still holds.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json  // orm-allow json-text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json  // orm-allow json-text: the order of the keys is signed
    /// }
    /// ```
    UNREASONED_SUPPRESSION: "ORM172", "unreasoned-suppression", Warning, policy
}

pub(crate) fn report(comment: Range<usize>) -> FileDiagnostic {
    UNREASONED_SUPPRESSION.in_text(
        comment,
        "the suppression gives no reason".to_owned(),
        "write it behind a colon: `// orm-allow CODE: reason`",
    )
}
