//! A comparison with one outcome.

use orm_model::Expression;

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A comparison has the same outcome for every row.
    ///
    /// A column is compared with itself, or two constants with each other: one side is likely another column or a
    /// parameter.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id         uuid   @primary_key
    ///   user_id    uuid   @references(users.id)
    ///   editor_id  uuid?  @references(users.id, as: editor, back: edited)
    ///   title      text
    /// }
    /// query mine(user_id: uuid) {
    ///   from posts
    ///   where user_id = user_id
    ///   where $user_id = $user_id
    ///   select title
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id         uuid   @primary_key
    ///   user_id    uuid   @references(users.id)
    ///   editor_id  uuid?  @references(users.id, as: editor, back: edited)
    ///   title      text
    /// }
    /// query mine(user_id: uuid) {
    ///   from posts
    ///   where user_id = $user_id
    ///   select title
    /// }
    /// ```
    CONSTANT_COMPARISON: "QRY036", "constant-comparison", Hint, policy
}

/// The finding, if the sides are the same, or both are written out.
pub(crate) fn report(location: Location, left: &Expression, right: &Expression) -> Option<Diagnostic> {
    let is_plain = |it: &Expression| matches!(it, Expression::Field(_) | Expression::Parameter(_));
    let is_constant = |it: &Expression| matches!(it, Expression::Literal(_));
    let message = match (left == right && is_plain(left), is_constant(left) && is_constant(right)) {
        (true, _) => "this is compared with itself",
        (_, true) => "two constants are compared",
        _ => return None,
    };
    Some(
        CONSTANT_COMPARISON
            .at(location, message)
            .help("name another column or a `$parameter` on one side, or remove it"),
    )
}
