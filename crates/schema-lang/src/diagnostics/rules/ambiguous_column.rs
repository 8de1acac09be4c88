//! A column that several sources have.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A name is that of a column of several tables that the query reads.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query titles {
    ///   from users
    ///   join posts on posts.user_id = users.id
    ///   select id, title
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query titles {
    ///   from users
    ///   join posts on posts.user_id = users.id
    ///   select posts.id, title
    /// }
    /// ```
    AMBIGUOUS_COLUMN: "QRY006", "ambiguous-column", Error, language
}

pub(crate) fn report(location: Location, name: &str, sources: &[String]) -> Diagnostic {
    let all: Vec<_> = sources.iter().map(|it| format!("`{it}.{name}`")).collect();
    let mut finding = AMBIGUOUS_COLUMN
        .at(location, format!("several tables here have a column `{name}`"))
        .help(format!("write {}", all.join(" or ")));
    for source in sources {
        let fix = Fix::offer(format!("Change `{name}` to `{source}.{name}`"));
        finding = finding.fix(fix.replace(&location, format!("{source}.{name}")));
    }
    finding
}
