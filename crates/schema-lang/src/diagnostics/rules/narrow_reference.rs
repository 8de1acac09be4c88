//! A foreign key that is smaller than what it refers to.

use orm_model::ScalarType;

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, reference_graph, rule::rule},
    lower::shape::signature,
};

rule! {
    /// A column of a foreign key is shorter or smaller than the column that it refers to.
    ///
    /// Both databases take it, and refuse the rows that do not fit, some day.
    ///
    /// ```orm,bad
    /// table countries {
    ///   code  varchar(8)  @primary_key
    /// }
    /// table cities {
    ///   id       uuid        @primary_key
    ///   country  varchar(2)  @references(countries.code)
    ///
    ///   index(country)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table countries {
    ///   code  varchar(8)  @primary_key
    /// }
    /// table cities {
    ///   id       uuid        @primary_key
    ///   country  varchar(8)  @references(countries.code)
    ///
    ///   index(country)
    /// }
    /// ```
    NARROW_REFERENCE: "ORM197", "narrow-reference", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (key, place) in context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys) {
        let Some(target) = reference_graph::target(context.db, context.project, place) else { continue };
        let parent = signature(context.db, context.project, target);
        for (name, other) in key.columns.iter().zip(&key.referenced_columns) {
            let own = context.lowered.columns.iter().find(|it| it.column.name == *name);
            let other = parent.columns.iter().find(|it| it.name == *other);
            let (Some(own), Some(other)) = (own.filter(|it| it.type_is_known), other) else { continue };
            let Some(theirs) = other.column_type.as_ref().map(|it| &it.scalar) else { continue };
            let ours = &own.column.column_type.scalar;
            let is_judged = context.is_own_pair(&place.origin, &own.column) && own.column.physical_type.is_default();
            let is_narrow = size(ours).zip(size(theirs)).is_some_and(|(ours, theirs)| ours < theirs);
            if !is_judged || !is_narrow {
                continue;
            }
            let message = format!(
                "`{}` is `{ours}`, `{}.{}` is `{theirs}`",
                own.declared_name(),
                parent.name,
                other.declared_name
            );
            let finding = context.at(&NARROW_REFERENCE, &place.origin, place.anchor, message);
            let fix = Fix::offer(format!("Make it `{theirs}`"));
            let written = own.location_of(own.written_type);
            let fix = fix.replace_last(&written, ours.to_string(), theirs.to_string());
            diagnostics.push(finding.help("give it the type of the column that it refers to").fix(fix));
        }
    }
}

/// How many values a type has, among those that compare with one another.
fn size(scalar: &ScalarType) -> Option<u64> {
    Some(match scalar {
        ScalarType::Smallint => 16,
        ScalarType::Integer => 32,
        ScalarType::Bigint => 64,
        ScalarType::Char(length) | ScalarType::Varchar(Some(length)) | ScalarType::Bytes(Some(length)) => {
            u64::from(*length)
        }
        ScalarType::Text | ScalarType::Varchar(None) | ScalarType::Bytes(None) => u64::MAX,
        _ => return None,
    })
}
