//! A default that only one row can have.

use orm_model::{Default, Expression, Literal};

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    rule::rule,
};

rule! {
    /// A column whose values are all different has a constant as its default.
    ///
    /// The second row that leaves the column out is refused.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid       @primary_key
    ///   email  text = ""  @unique
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid   @primary_key
    ///   email  text?  @unique
    /// }
    /// ```
    CONSTANT_UNIQUE_DEFAULT: "ORM206", "constant-unique-default", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for path in AccessPath::all(context).iter().filter(|it| it.kind.is_unique()) {
        let [key] = path.keys.as_slice() else { continue };
        let Some(column) = context.column_shape(key.column) else { continue };
        let is_constant = match &column.column.default {
            Some(Default::Expression(Expression::Literal(literal))) => *literal != Literal::Null,
            _ => false,
        };
        // A table of one row is made this way: a boolean key that can only be true.
        let is_one_row = path.kind == PathKind::PrimaryKey
            && context.table().checks.iter().any(|it| it.expression.columns() == [key.column]);
        let is_own = context.is_own_pair(&path.place.origin, &column.column);
        if let (Some(default), true, true, false) = (column.default, is_constant, is_own, is_one_row) {
            let message = format!("only one row can have the default of `{}`", column.declared_name());
            let finding = context.at(&CONSTANT_UNIQUE_DEFAULT, &path.place.origin, path.place.anchor, message);
            let fix = Fix::offer("Remove the default").remove(&column.location_of(default));
            diagnostics.push(finding.help("remove the default").fix(fix));
        }
    }
}
