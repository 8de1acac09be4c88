//! A path through a relation that gives no value.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule, written_name};

rule! {
    /// A path goes through a relation to several rows, or ends with a relation.
    ///
    /// `author.name` is the value of a column in the one row that a relation leads to, NULL where there is none. Several rows
    /// have no one value: they are counted, asked for, or selected as rows.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, as: author)
    ///   title    text
    ///
    ///   index(user_id)
    /// }
    /// query writers(title: text) {
    ///   from users
    ///   where posts.title = $title
    ///   select id, name
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, as: author)
    /// }
    /// query written(other: uuid) {
    ///   from posts
    ///   select id, writer: coalesce(author, $other)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, as: author)
    ///   title    text
    ///
    ///   index(user_id)
    /// }
    /// query writers(title: text) {
    ///   from users
    ///   where exists(posts, where: title = $title)
    ///   select id, name
    /// }
    /// query titles {
    ///   from posts
    ///   order_by author.name, id
    ///   select title, writer: author.name
    /// }
    /// ```
    RELATION_PATH: "QRY081", "relation-path", Error, language
}

pub(crate) fn many_rows(location: Location, name: &str) -> Diagnostic {
    RELATION_PATH
        .at(location, format!("`{name}` leads to several rows, which have no one value"))
        .help(format!("write `exists({name}, where: …)` or `count({name}, where: …)`, or select `{name} {{ id }}`"))
}

pub(crate) fn no_column(location: Location, name: &str, key: Option<&str>) -> Diagnostic {
    let fix = key.map(|key| {
        Fix::offer(format!("Read `{key}` of it")).insert_after(&location, format!(".{}", written_name(key)))
    });
    let finding = RELATION_PATH
        .at(location, format!("`{name}` is a relation, which is no value"))
        .help(format!("name a column of it, as in `{name}.id`"));
    finding.fix_if_any(fix)
}
