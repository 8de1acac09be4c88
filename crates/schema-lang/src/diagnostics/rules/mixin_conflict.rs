//! Two sources bring one column.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::expand::Conflict,
};

rule! {
    /// A mixin brings a column that the table has already from another mixin, or from a line above.
    ///
    /// A column that is declared *after* the spreads takes the place of theirs, so that a line below them says which one holds.
    ///
    /// ```orm,bad
    /// mixin Named {
    ///   name  text
    /// }
    /// mixin Labelled {
    ///   name  varchar(20)
    /// }
    /// table tags {
    ///   id  uuid  @primary_key
    ///   ...Named
    ///   ...Labelled
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// mixin Named {
    ///   name  text
    /// }
    /// table tags {
    ///   id    uuid         @primary_key
    ///   name  varchar(20)
    ///   ...Named
    /// }
    /// ```
    ///
    /// ```orm,good
    /// mixin Named {
    ///   name  text
    /// }
    /// mixin Labelled {
    ///   name  varchar(20)
    /// }
    /// table tags {
    ///   id  uuid  @primary_key
    ///   ...Named
    ///   ...Labelled
    ///   name  varchar(20)
    /// }
    /// ```
    MIXIN_CONFLICT: "ORM041", "mixin-conflict", Error, language
}

/// `owner` is the mixin whose column was there first; `None` where it is one of the declaration itself.
pub(crate) fn report((spread, mixin): (Location, &str), owner: Option<&str>, conflict: &Conflict) -> Diagnostic {
    let name = &conflict.name;
    let message = format!("`{mixin}` brings the column `{name}`, which is there already");
    let finding = MIXIN_CONFLICT.at(spread, message).related(conflict.first_name, "the first one");
    let Some(owner) = owner else {
        let fix = Fix::offer(format!("Move `{name}` below the spread"));
        let fix = fix.remove_lines(&conflict.first).copy_lines_below(&spread, &conflict.first);
        return finding.help("declare it below the spread, where it takes the mixin's place").fix(fix);
    };
    let keep = |owner: &str, column: &Location| {
        Fix::offer(format!("Declare `{name}` below, as in `{owner}`")).copy_lines_below(&spread, column)
    };
    let help = "declare the column once more below the spreads to say which one holds, or take it out of one mixin";
    finding.help(help).fix(keep(owner, &conflict.first)).fix(keep(mixin, &conflict.second))
}
