//! Sequences to the model, and defaults that count: `identity()`, `nextval(…)`.

use orm_model::{
    ColumnName, ColumnType, Counter, Default, Dialect, ObjectName, ScalarType, Sequence, SkipRange,
    registry::{self, Place},
};

use super::{
    Scope,
    expand::Origin,
    object_name::{check_schema, path_text, physical_name, written_name},
    references::{referenced_column_of, table_named},
    words::{self, check_arguments, check_attributes, counter, only, range, text},
};
use crate::{
    database::{AnalysisDatabase, Declaration, Project, resolve},
    diagnostics::{
        Diagnostic,
        rules::{
            bad_argument, bad_counter, only_reference, sequence_option, sequence_owner, skip_range, unknown_sequence,
        },
    },
    item::{Anchor, Argument, ColumnItem, DeclarationKind, ExpressionItem, ExpressionKind, Item, argument, positional},
};

/// What a sequence became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoweredSequence {
    /// The sequence, as far as it could be made.
    pub definition: Sequence,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// The physical name of a sequence.
pub fn sequence_name(item: &Item) -> ObjectName {
    physical_name(item, text(&item.attributes, "db"))
}

/// A sequence to the model.
#[salsa::tracked(returns(ref))]
pub fn lower_sequence(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> LoweredSequence {
    let item = declaration.item(db);
    let origin = Origin::of(declaration);
    let only = only(&item.attributes);
    let mut diagnostics = Vec::new();
    let mut scope = Scope::of(db, project, &origin, only, &mut diagnostics);
    check_attributes(&mut scope, &item.attributes, Place::Sequence);
    check_schema(&mut scope, item);
    if let Some(info) = registry::find_declaration("sequence") {
        check_arguments(&mut scope, info, &item.arguments, Anchor::DECLARATION);
    }
    let targets = scope.targets();
    if targets.includes(Dialect::Spanner) {
        sequence_option::check(&mut scope, &item.arguments);
    }
    let name = sequence_name(item);
    let declared_name = (name != written_name(item.name_text())).then(|| item.name_text().to_owned());
    let counted = |name| argument(&item.arguments, name).and_then(|it| counter(&it.value));
    let counter = counter_of(&item.arguments);
    if let Some(last) = skip_range::runs_into(&counter)
        && let Some(written) = argument(&item.arguments, "skip_range")
        && targets.includes(Dialect::Postgres)
    {
        let finding = skip_range::SKIP_RANGE.at(scope.at(written.anchor), skip_range::MESSAGE);
        let place = Some(scope.at(Anchor::DECLARATION)).filter(|_| counter.start.is_none());
        scope.report(finding.help(skip_range::help(last)).fix_at(place, |it| skip_range::begin_above(it, last)));
    }
    let definition = Sequence {
        owned_by: argument(&item.arguments, "owned_by").and_then(|it| owner(&mut scope, &name, it)),
        doc: item.doc.clone(),
        counter,
        increment: counted("increment").filter(|it| *it != 1),
        cache: counted("cache").filter(|it| *it != 1),
        declared_name,
        name,
        only,
    };
    LoweredSequence { definition, diagnostics }
}

fn owner(scope: &mut Scope<'_>, sequence: &ObjectName, written: &Argument) -> Option<ColumnName> {
    let ExpressionKind::Path(path) = &written.value.kind else { return None };
    let (column, table) = path.split_last()?;
    let parent = table_named(scope, table, table.first()?.anchor)?;
    if let Some(finding) = sequence_owner::check(scope, written.anchor, sequence, &parent.name) {
        scope.report(finding);
    }
    let column = referenced_column_of(scope, parent, column)?;
    let columns = std::slice::from_ref(&column);
    // PostgreSQL alone keeps owners.
    let finding = only_reference::of_one_database(scope, written.anchor, Dialect::Postgres, parent, columns);
    if let Some(finding) = finding {
        scope.report(finding);
        return None;
    }
    Some(ColumnName { table: parent.name.clone(), column })
}

/// 1 is where a counter begins that does not say.
fn counter_of(arguments: &[Argument]) -> Counter {
    let start = argument(arguments, "start").and_then(|it| counter(&it.value)).filter(|it| *it != 1);
    let skip_range = argument(arguments, "skip_range").and_then(|it| range(&it.value));
    Counter { start, skip_range: skip_range.map(|(first, last)| SkipRange { first, last }) }
}

/// The defaults that count.
pub(crate) const COUNTING: [&str; 2] = ["identity", "nextval"];

/// `identity(…)` or `nextval(…)`, the inner `None` where a finding says what is wrong; `None` for any other default.
pub(crate) fn counting_default(
    scope: &mut Scope<'_>,
    column_type: Option<&ColumnType>,
    column: &ColumnItem,
    item: &ExpressionItem,
) -> Option<Option<Default>> {
    let ExpressionKind::Call { function, arguments } = &item.kind else { return None };
    let [word] = function.as_slice() else { return None };
    let info = registry::find_default(&word.text).filter(|it| COUNTING.contains(&it.name))?;
    check_arguments(scope, info, arguments, item.anchor);
    let is_whole = |it: &ColumnType| {
        !it.array && matches!(it.scalar, ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint)
    };
    let written = scope.at(column.column_type.as_ref().map_or(column.name.anchor, |it| it.anchor));
    if let Some(wrong) = column_type.filter(|it| !is_whole(it)) {
        scope.report(bad_counter::wrong_type(scope.at(item.anchor), info.name, wrong, &written));
        return Some(None);
    }
    Some(match info.name {
        "identity" if column.column_type.as_ref().is_some_and(|it| it.nullable) => {
            scope.report(bad_counter::nullable(scope.at(item.anchor), &written));
            None
        }
        "identity" => Some(Default::Identity(counter_of(arguments))),
        _ => next_value(scope, arguments),
    })
}

fn next_value(scope: &mut Scope<'_>, arguments: &[Argument]) -> Option<Default> {
    let target = positional(arguments).next()?;
    let ExpressionKind::Path(path) = &target.value.kind else {
        if target.value.kind != ExpressionKind::Missing {
            scope.report(bad_argument::value(scope.at(target.anchor), "nextval", "the name of a sequence"));
        }
        return None;
    };
    let name = path_text(path);
    match resolve(scope.db, scope.project, &name, &[DeclarationKind::Sequence]) {
        Some(declaration) => {
            let item = declaration.item(scope.db);
            let (name, home) = (sequence_name(item), words::only(&item.attributes));
            if let Some(finding) = only_reference::sequence(scope, target.anchor, &name, home) {
                scope.report_in_table(finding);
            }
            Some(Default::NextValue(name))
        }
        None => {
            scope.report(unknown_sequence::report(scope, target.anchor, &name));
            None
        }
    }
}
