//! A generated column or an index that is the same in every row.

use orm_model::Expression;

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, condition::reads_nothing, rule::rule},
    item::Anchor,
    lower::table::Origin,
};

rule! {
    /// A generated column, or a key or condition of an index, reads no column.
    ///
    /// Databases take it; it is the same in every row, so that it finds and keeps nothing.
    ///
    /// ```orm,bad
    /// table visits {
    ///   id     uuid    @primary_key
    ///   count  bigint  @generated(1 + 1)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table events {
    ///   id   uuid  @primary_key
    ///   who  text
    ///
    ///   index(who, where: true)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id    uuid     @primary_key
    ///   who   text
    ///   open  boolean
    ///
    ///   index(who, where: open)
    /// }
    /// ```
    CONSTANT_EXPRESSION: "ORM108", "constant-expression", Error, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut report = |expression: &Expression, origin: &Origin, anchor: Anchor, help: &str, fix: Option<Fix>| {
        if reads_nothing(expression) && context.is_own(origin) {
            let message = "the value reads no column, so that it is the same in every row";
            let finding = context.at(&CONSTANT_EXPRESSION, origin, anchor, message).help(help);
            diagnostics.push(finding.fix_if_any(fix));
        }
    };
    for it in context.lowered.columns.iter() {
        if let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) {
            let help = "name a column in it, or give the column a default instead";
            report(&generated.expression, &it.origin, anchor, help, None);
        }
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let help = "name columns of the row, or leave it out";
        let is_all = index.keys.len() == 1;
        let whole = Some(context.here(place.anchor)).filter(|_| is_all && context.is_own(&place.origin));
        let fix = whole.map(|it| Fix::offer("Remove the index").remove(&it));
        index.expressions().for_each(|it| report(it, &place.origin, place.anchor, help, fix.clone()));
    }
}
