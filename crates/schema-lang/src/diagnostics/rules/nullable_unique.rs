//! Uniqueness with a hole.

use orm_model::PostgresFeature;

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// One of several columns that are unique together may be NULL.
    ///
    /// NULLs are distinct: of rows with a NULL there can be any number that agree in all other columns. Where that is not
    /// meant, `nulls: equal` says so.
    ///
    /// ```orm,bad
    /// table pages {
    ///   id       uuid   @primary_key
    ///   site_id  uuid
    ///   path     text
    ///   locale   text?
    ///
    ///   unique(site_id, path, locale)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table pages {
    ///   id       uuid   @primary_key
    ///   site_id  uuid
    ///   path     text
    ///   locale   text
    ///
    ///   unique(site_id, path, locale)
    /// }
    /// ```
    NULLABLE_UNIQUE: "ORM204", "nullable-unique", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (unique, place) in context.table().uniques.iter().zip(&context.lowered.uniques) {
        let columns: Vec<_> = unique.columns.iter().filter_map(|name| context.column(name)).collect();
        let (nullable, other): (Vec<_>, Vec<_>) = columns.into_iter().partition(|it| it.nullable);
        let (Some(column), false, false) = (nullable.first(), other.is_empty(), unique.nulls_equal) else { continue };
        if context.is_own_pair(&place.origin, column) {
            let message = format!("rows whose `{}` is NULL are never duplicates", column.declared_name());
            let finding = context.at(&NULLABLE_UNIQUE, &place.origin, place.anchor, message);
            let target = context.targets().postgres.as_ref();
            let has_equal_nulls = target.is_none_or(|it| it.version >= PostgresFeature::NULLS_NOT_DISTINCT.since);
            let equal = Some(context.here(place.anchor)).filter(|_| has_equal_nulls && context.is_own(&place.origin));
            let finding = finding.fix_at(equal, |it| Fix::offer("Add `nulls: equal`").add_argument(it, "nulls: equal"));
            let own = context.column_shape(&column.name).map(|it| it.location_of(it.written_type));
            let title = format!("Let `{}` not be NULL", column.declared_name());
            let finding = finding.fix_at(own, |it| Fix::offer(title).replace_last(it, "?", ""));
            diagnostics.push(finding.help("if they should be, write `nulls: equal`, or take the `?` from the column"));
        }
    }
}
