//! What the project's PostgreSQL does not have yet.

use orm_model::{Default, Dialect, Expression, PostgresFeature, ScalarType, ValueKind, targets::PostgresTarget};

use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    item::Anchor,
    lower::{
        enums::lower_enum,
        shape::{ColumnShape, Place},
    },
};

rule! {
    /// The schema needs something that the project's version of PostgreSQL lacks.
    ///
    /// `[targets] postgres = "…"` in `orm.toml` states the oldest major version that the project runs on. Without it
    /// version 15 is assumed. The embedded PGlite is newer.
    ///
    /// ```orm,bad,postgres-14
    /// table users {
    ///   id     uuid   @primary_key
    ///   email  text?  @unique(nulls: equal)
    /// }
    /// ```
    ///
    /// ```orm,bad,postgres-12
    /// table users {
    ///   id  uuid = uuid()  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good,postgres-14
    /// table users {
    ///   id     uuid = uuid()  @primary_key
    ///   email  text?          @unique
    /// }
    /// ```
    POSTGRES_VERSION: "PG080", "postgres-version", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(target) = context.targets().postgres.as_ref().filter(|_| context.is_for(Dialect::Postgres)) else {
        return;
    };
    for (feature, place) in uses(context) {
        if target.version < feature.since && context.is_own(&place.origin) {
            let finding = context.at(&POSTGRES_VERSION, &place.origin, place.anchor, message(target, feature));
            diagnostics.push(finding.help(help(target, feature)).fix_if_any(without(context, feature, &place)));
        }
    }
}

/// A native enum gets new values in the transaction of a migration.
pub(crate) fn check_enum(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(target) = &project.targets(db).postgres else { return };
    let (feature, lowered) = (PostgresFeature::ENUM_VALUES, lower_enum(db, project, declaration));
    if lowered.definition.native.is_some() && target.version < feature.since {
        let item = declaration.item(db);
        let anchor = item.name.as_ref().map_or(Anchor::DECLARATION, |name| name.anchor);
        let location = Location { declaration, anchor };
        diagnostics.push(POSTGRES_VERSION.at(location, message(target, feature)).help(help(target, feature)));
    }
}

/// What does without a feature.
fn without(context: &RuleContext<'_>, feature: PostgresFeature, place: &Place) -> Option<Fix> {
    let of_application = || {
        let mut columns = context.lowered.columns.iter();
        let column = columns.find(|it| it.origin == place.origin && it.default == Some(place.anchor))?;
        let is_uuid = |function: &str| function == "uuid";
        let Some(Default::Expression(Expression::Call { function, .. })) = &column.column.default else { return None };
        let fix = Fix::offer("Let the application make it: `app.uuid_v4()`");
        is_uuid(function).then(|| fix.replace(&context.here(place.anchor), "app.uuid_v4()"))
    };
    let nulls = || context.argument(place, "nulls").map(|it| context.here(it.anchor));
    match feature {
        PostgresFeature::NULLS_NOT_DISTINCT => nulls().map(|it| Fix::offer("Let NULLs be distinct").remove(&it)),
        PostgresFeature::NOT_ENFORCED => context.without_argument(place, "enforced"),
        PostgresFeature::INDEX_INCLUDE | PostgresFeature::GIST_INCLUDE | PostgresFeature::SPGIST_INCLUDE => {
            context.without_argument(place, "storing")
        }
        PostgresFeature::VIRTUAL_COLUMNS => context.without_argument(place, "stored"),
        _ => of_application(),
    }
}

fn message(target: &PostgresTarget, feature: PostgresFeature) -> String {
    let assumed = if target.version_is_stated { "" } else { ", which is assumed," };
    format!("PostgreSQL {}{assumed} has no {}; version {} has", target.version, feature.name, feature.since)
}

fn help(target: &PostgresTarget, feature: PostgresFeature) -> String {
    let verb = if target.version_is_stated { "raise" } else { "state" };
    format!("do without {}, or {verb} the version: `[targets] postgres = \"{}\"`", feature.used_by, feature.since)
}

/// What the table uses of PostgreSQL that not every version has, and where.
fn uses(context: &RuleContext<'_>) -> Vec<(PostgresFeature, Place)> {
    let (table, lowered) = (context.table(), context.lowered);
    let mut uses = Vec::new();
    for (_, place) in table.uniques.iter().zip(&lowered.uniques).filter(|(it, _)| it.nulls_equal) {
        uses.push((PostgresFeature::NULLS_NOT_DISTINCT, *place));
    }
    for (index, place) in table.indexes.iter().zip(&lowered.indexes) {
        uses.extend((!index.storing.is_empty()).then(|| (included(index.using.as_deref()), *place)));
        uses.extend(index.expressions().filter_map(|it| of_expression(context, it)).map(|it| (it, *place)));
    }
    for (_, place) in table.foreign_keys.iter().zip(&lowered.foreign_keys).filter(|(it, _)| it.not_enforced) {
        uses.push((PostgresFeature::NOT_ENFORCED, *place));
    }
    for (check, place) in table.checks.iter().zip(&lowered.checks) {
        uses.extend(check.not_enforced.then_some((PostgresFeature::NOT_ENFORCED, *place)));
        uses.extend(of_expression(context, &check.expression).map(|it| (it, *place)));
    }
    let is_there = |it: &&ColumnShape| it.column.only.is_none_or(|only| only == Dialect::Postgres);
    for column in lowered.columns.iter().filter(is_there) {
        if let (Some(Default::Expression(expression)), Some(anchor)) = (&column.column.default, column.default) {
            let place = Place { origin: column.origin, anchor };
            uses.extend(of_expression(context, expression).map(|it| (it, place)));
        }
        if let (Some(Default::Identity(_)), Some(anchor)) = (&column.column.default, column.default) {
            uses.push((PostgresFeature::IDENTITY_COLUMNS, Place { origin: column.origin, anchor }));
        }
        if let (Some(generated), Some(anchor)) = (&column.column.generated, column.generated) {
            let place = Place { origin: column.origin, anchor };
            let stored =
                if generated.stored { PostgresFeature::STORED_COLUMNS } else { PostgresFeature::VIRTUAL_COLUMNS };
            uses.extend(
                [Some(stored), of_expression(context, &generated.expression)]
                    .into_iter()
                    .flatten()
                    .map(|it| (it, place)),
            );
        }
    }
    uses
}

fn included(method: Option<&str>) -> PostgresFeature {
    match method {
        Some("gist") => PostgresFeature::GIST_INCLUDE,
        Some("spgist") => PostgresFeature::SPGIST_INCLUDE,
        _ => PostgresFeature::INDEX_INCLUDE,
    }
}

/// The newest of what an expression calls and converts.
fn of_expression(context: &RuleContext<'_>, expression: &Expression) -> Option<PostgresFeature> {
    let mut newest: Option<PostgresFeature> = None;
    expression.walk(&mut |it| {
        let feature = match it {
            Expression::Call { function, .. } => PostgresFeature::of_function(function),
            Expression::Cast { operand, to } if to.scalar == ScalarType::Text => {
                let is_numeric = context.value_of(operand).kind() == ValueKind::Numeric;
                is_numeric.then_some(PostgresFeature::TRIM_SCALE)
            }
            _ => None,
        };
        if feature.is_some_and(|it| newest.is_none_or(|newest| newest.since < it.since)) {
            newest = feature;
        }
    });
    newest
}

#[cfg(test)]
mod tests {
    use orm_model::Targets;

    use super::*;
    use crate::{Workspace, diagnostics::Severities};

    fn found(version: u32, version_is_stated: bool, column: &str) -> Vec<(String, String)> {
        let targets = Targets { postgres: Some(PostgresTarget { version, version_is_stated }), ..Targets::default() };
        let mut workspace = Workspace::new(targets, Severities::new());
        workspace.open("a.orm", format!("table a {{\n  id  uuid  @primary_key\n  b   uuid?\n  {column}\n}}\n"));
        let found = workspace.diagnostics("a.orm").into_iter().filter(|it| *it.rule == POSTGRES_VERSION);
        found.map(|it| (it.message, it.help.unwrap_or_default())).collect()
    }

    #[test]
    fn the_version_that_has_it_is_named_and_who_chose_the_other() {
        let [(message, help)] = &found(14, true, "unique(b, nulls: equal)")[..] else { panic!("one finding") };
        assert_eq!(message, "PostgreSQL 14 has no NULLS NOT DISTINCT; version 15 has");
        assert_eq!(help, "do without `nulls: equal`, or raise the version: `[targets] postgres = \"15\"`");
        let [(message, help)] = &found(14, false, "unique(b, nulls: equal)")[..] else { panic!("one finding") };
        assert_eq!(message, "PostgreSQL 14, which is assumed, has no NULLS NOT DISTINCT; version 15 has");
        assert!(help.contains("or state the version"), "{help}");
    }

    #[test]
    fn each_feature_is_found_below_its_version_and_not_at_it() {
        for (feature, column) in [
            (PostgresFeature::IDENTITY_COLUMNS, "c  bigint = identity()"),
            (PostgresFeature::SHA2, "c  text  @check(sha256(c) != c)"),
            (PostgresFeature::STARTS_WITH, "c  text  @check(starts_with(c, \"a\"))"),
            (PostgresFeature::JSONB_CASTS, "c  jsonb  @check(json_boolean(c))"),
            (PostgresFeature::STORED_COLUMNS, "d  text\n  c  text  @generated(lower(d))"),
            (PostgresFeature::GIST_INCLUDE, "index(b, storing: [c], using: gist)\n  c  text"),
            (PostgresFeature::NORMALIZE, "c  text  @check(normalize(c) = c)"),
            (PostgresFeature::TRIM_SCALE, "c  numeric  @check(c as text != \"1\")"),
            (PostgresFeature::BIT_COUNT, "c  bigint  @check(bit_count(c) = 1)"),
            (PostgresFeature::SPGIST_INCLUDE, "index(b, storing: [c], using: spgist)\n  c  text"),
            (PostgresFeature::INDEX_INCLUDE, "index(b, storing: [c])\n  c  text"),
            (PostgresFeature::GEN_RANDOM_UUID, "c  uuid = uuid()"),
            (PostgresFeature::NULLS_NOT_DISTINCT, "c  text?  @unique(nulls: equal)"),
            (PostgresFeature::VIRTUAL_COLUMNS, "c  text?  @generated(lower(\"C\"), stored: false)"),
            (PostgresFeature::NOT_ENFORCED, "c  bigint  @check(c > 0, enforced: false)"),
            (PostgresFeature::ENUM_VALUES, "c  text\n}\nenum E @postgres(native: true) {\n  a"),
        ] {
            assert_eq!(found(feature.since - 1, true, column).len(), 1, "{feature:?}");
            assert_eq!(found(feature.since, true, column), [], "{feature:?}");
        }
    }
}
