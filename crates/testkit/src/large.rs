//! Large schemas for benchmarks: as many tables as asked for, of the kinds that real schemas hold, always the same.

use std::fmt::Write;

/// A schema of `tables` tables in one text. It has no error and no warning.
///
/// A table has about ten columns, a mixin, an enum column, an index, and a foreign key to a table before it: every tenth to
/// the first one.
pub fn schema(tables: usize) -> String {
    parts(tables, tables).remove(0)
}

/// The same schema in texts of so many tables each.
pub fn parts(tables: usize, in_each: usize) -> Vec<String> {
    let mut parts = vec![HEADER.to_owned()];
    for number in 0..tables {
        if number > 0 && number % in_each == 0 {
            parts.push(String::new());
        }
        parts.last_mut().into_iter().for_each(|text| table(text, number));
    }
    parts
}

/// The same schema with one file for each table, as path and text.
pub fn files(tables: usize) -> Vec<(String, String)> {
    let mut files = vec![("shared.orm".to_owned(), HEADER.to_owned())];
    for number in 0..tables {
        let mut text = String::new();
        table(&mut text, number);
        files.push((format!("table_{number:05}.orm"), text));
    }
    files
}

/// Queries over [`schema`], as many as tables: most read a page, every fourth with its relations, every eighth groups, and
/// every tenth is a mutation. They have no error.
pub fn queries(tables: usize) -> String {
    let mut text = String::new();
    for number in 0..tables {
        query(&mut text, number);
    }
    text
}

/// The table that a table refers to.
fn parent_of(number: usize) -> Option<usize> {
    match number % 10 {
        3 => Some(0),
        _ => number.checked_sub(1 + number % 7),
    }
}

fn query(text: &mut String, number: usize) {
    let table = format!("table_{number:05}");
    let parent = parent_of(number);
    let body = match number {
        _ if number % 10 == 9 => format!(
            "mutation change_{number:05}(id: uuid, title: text) : optional {{\n  update {table}\n  set title = $title\n  \
             where id = $id\n  returning slug, title\n}}"
        ),
        _ if number % 8 == 7 => format!(
            "query totals_{number:05} {{\n  from {table}\n  group_by state\n  having count() > 3\n  order_by state\n  \
             select state, rows: count(), most: max(size)\n}}"
        ),
        _ if number % 4 == 3 && parent.is_some() => format!(
            "query page_{number:05}(since: timestamptz, max: bigint = 20) {{\n  from {table}\n  where created_at > \
             $since and state = open\n  order_by created_at desc, id\n  limit $max\n  select id, title, parent {{ title, \
             slug }}\n}}"
        ),
        _ => format!(
            "query list_{number:05}(state: State?, part: text?, max: bigint = 20) {{\n  from {table}\n  where? state = \
             $state\n  where? contains(title, $part)\n  order_by created_at desc, id\n  limit $max\n  select id, title, \
             price: coalesce(price, 0), is_new: starts_on is null\n}}"
        ),
    };
    text.push('\n');
    text.push_str(&body);
    text.push('\n');
}

const HEADER: &str = "\
/// When a row was made and changed.
mixin Timestamps {
  created_at  timestamptz = now()
  updated_at  timestamptz = now()  @on_update(now())
}

mixin BaseModel {
  id  uuid = uuid()  @primary_key
  ...Timestamps
}

enum State : varchar(20) { open, in_progress = \"in-progress\", done }
";

fn table(text: &mut String, number: usize) {
    let parent = parent_of(number);
    let mut line =
        |it: std::fmt::Arguments<'_>| text.write_fmt(format_args!("{it}\n")).expect("a String takes all text");
    line(format_args!("\n/// Rows of kind {number}.\ntable table_{number:05} {{\n  ...BaseModel"));
    line(format_args!("  /// What people call it.\n  title        varchar(200)"));
    line(format_args!("  slug         varchar(63)   @unique"));
    line(format_args!("  state        State = open"));
    line(format_args!("  size         bigint = 0    @check(size >= 0)"));
    line(format_args!("  price        numeric(12, 2)?"));
    line(format_args!("  tags         text[] = []"));
    line(format_args!("  metadata     jsonb?"));
    line(format_args!("  starts_on    date?"));
    if let Some(parent) = parent {
        line(format_args!("  parent_id    uuid?         @references(table_{parent:05}.id, on_delete: cascade)"));
    }
    line(format_args!("\n  index(state, created_at desc)\n}}"));
}
