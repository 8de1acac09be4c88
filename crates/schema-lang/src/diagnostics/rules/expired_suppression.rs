//! A suppression that was for a time.

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;

use super::unused_suppression::removed;
use crate::{diagnostics::rule::rule, workspace::FileDiagnostic};

rule! {
    /// The last day of `// orm-allow … until` is over.
    ///
    /// What it accepted is reported again. The day is that of UTC; `SOURCE_DATE_EPOCH` gives another one.
    ///
    /// ```orm,bad
    /// table shifts {
    ///   id         uuid             @primary_key
    ///   starts_at  timestamp_local  // orm-allow local-timestamp until 2020-01-31: until the clocks are in UTC
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table shifts {
    ///   id         uuid             @primary_key
    ///   starts_at  timestamp_local  // orm-allow local-timestamp until 2999-12-31: until the clocks are in UTC
    /// }
    /// ```
    EXPIRED_SUPPRESSION: "ORM171", "expired-suppression", Warning, policy
}

/// `comment` is all that goes with it.
pub(crate) fn report(path: &Arc<str>, place: Range<usize>, until: NaiveDate, comment: Range<usize>) -> FileDiagnostic {
    let message = format!("this suppression held until {until}");
    let help = "do what it was waiting for and remove it, or give it a later day";
    let finding = EXPIRED_SUPPRESSION.in_text(place, message, help);
    FileDiagnostic { fixes: vec![removed("Remove the suppression", path, comment)], ..finding }
}
