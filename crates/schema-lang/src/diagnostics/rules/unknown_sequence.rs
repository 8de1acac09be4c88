//! A sequence that is not declared.

use crate::{
    database::item_tree,
    diagnostics::{Diagnostic, Fix, rule::rule, written_name},
    item::{Anchor, DeclarationKind},
    lower::{Scope, similar},
};

rule! {
    /// A default takes its numbers from a sequence that no file of the project declares.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id      uuid = uuid()                   @primary_key
    ///   number  bigint = nextval(order_numbers)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// sequence order_numbers(start: 1000)
    /// table orders {
    ///   id      uuid = uuid()                   @primary_key
    ///   number  bigint = nextval(order_numbers)
    /// }
    /// ```
    UNKNOWN_SEQUENCE: "ORM121", "unknown-sequence", Error, language
}

pub(crate) fn report(scope: &Scope<'_>, anchor: Anchor, name: &str) -> Diagnostic {
    let finding = UNKNOWN_SEQUENCE.at(scope.at(anchor), format!("there is no sequence `{name}`"));
    let files = scope.project.files(scope.db);
    let sequences = files
        .iter()
        .flat_map(|file| item_tree(scope.db, *file))
        .filter(|it| it.kind(scope.db) == DeclarationKind::Sequence)
        .map(|it| &**it.name(scope.db));
    match similar(name, sequences) {
        Some(known) => {
            finding.help(format!("did you mean `{known}`?")).fix(Fix::rename(&scope.at(anchor), name, known))
        }
        None => {
            let declared = format!("sequence {}", written_name(name));
            let fix = Fix::offer(format!("Declare sequence `{name}`")).add_declaration(&scope.at(anchor), &*declared);
            finding.help(format!("declare it: `{declared}`")).fix(fix)
        }
    }
}
