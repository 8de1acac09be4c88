//! What a column and a key can hold in each database.

use orm_engine::dialect::expression::native_enum;
use orm_model::{Column, Dialect, Only, ScalarType, Table, registry::type_limit};
use orm_schema_lang::{Database, Project, database::resolve, item::DeclarationKind, lower::enums::lower_enum};

use super::{comparison::Comparison, key::Key};

/// The limits of a column. Keys and places are those of `table`; a mixin on its own has none.
pub(super) fn of_column(db: &Database, column: &Column, table: Option<&Table>) -> Option<String> {
    let mut limits = Comparison::new(Project::get(db).targets(db).dialects().filter(|it| column.is_in(*it)));
    limits.row(if column.column_type.array { "An element" } else { "A value" }, |it| values(db, column, it));
    limits.row("All elements", |it| {
        let bytes = it.capabilities().value_bytes;
        column.column_type.array.then(|| format!("at most {}", mebibytes(bytes)))
    });
    for key in table.into_iter().flat_map(Key::all).filter(|it| it.has(&column.name)) {
        limits.row(key.title(), |it| key.limit(db, table?, it));
    }
    limits.row("Columns of the table", |it| {
        let count = table?.columns.iter().filter(|column| column.is_in(it)).count();
        Some(format!("{count} of {}", grouped(it.capabilities().columns_per_table as u64)))
    });
    limits.row("Its name", |it| {
        let length = it.capabilities().name_length;
        let measured = length.measure(&column.name);
        (measured > length.limit()).then(|| format!("{measured} long, cut at {}", length.limit()))
    });
    limits.markdown()
}

/// What a value can be, with the page that says so.
fn values(db: &Database, column: &Column, dialect: Dialect) -> Option<String> {
    if let Some(definition) = enum_of(db, column) {
        let count = definition.values.len();
        return Some(format!("one of {count} {}", if count == 1 { "text" } else { "texts" }));
    }
    let scalar = stored_scalar(db, column, dialect)?;
    let limit = type_limit(&scalar, dialect)?;
    Some(format!("[{}]({})", limit.values_of(&scalar), limit.documentation))
}

/// How many bytes a value takes in a key at most; `None` where nothing but the limit of a key holds.
pub(super) fn key_bytes(db: &Database, column: &Column, dialect: Dialect) -> Option<u64> {
    if column.column_type.array {
        return None;
    }
    if enum_of(db, column).is_some_and(|it| native_enum(dialect, it).is_some()) {
        // <https://www.postgresql.org/docs/current/datatype-enum.html>: four bytes.
        return Some(4);
    }
    let scalar = stored_scalar(db, column, dialect)?;
    type_limit(&scalar, dialect)?.key_bytes(&scalar)
}

/// The portable type whose values a database stores; `None` where the column has a type of the database alone.
fn stored_scalar(db: &Database, column: &Column, dialect: Dialect) -> Option<ScalarType> {
    if column.physical_type.get(dialect).is_some() {
        return None;
    }
    match &column.column_type.scalar {
        ScalarType::Enum(_) => enum_of(db, column).map(|it| it.storage.clone()),
        scalar => Some(scalar.clone()),
    }
}

fn enum_of<'db>(db: &'db Database, column: &Column) -> Option<&'db orm_model::Enum> {
    let ScalarType::Enum(name) = &column.column_type.scalar else { return None };
    let project = Project::get(db);
    let declaration = resolve(db, project, name, &[DeclarationKind::Enum])?;
    Some(&lower_enum(db, project, declaration).definition)
}

/// `8,192`
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", grouped(bytes >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hover::tests::hover;

    /// The cells of a row of the hover of the column at the cursor.
    #[track_caller]
    fn row(fixture: &str, head: &str) -> Vec<String> {
        let shown = hover(fixture);
        let start = format!("| {head} | ");
        let row = shown.lines().find_map(|it| it.strip_prefix(&start)).unwrap_or_else(|| panic!("{shown}"));
        // Without the pages that the cells link to.
        let cells = row.trim_end_matches(" |").split(" | ");
        cells.map(|it| it.split("](").next().unwrap().trim_start_matches('[').to_owned()).collect()
    }

    fn column(text: &str) -> String {
        format!("enum State : varchar(9) {{ open, done }}\ntable items {{\n  id  uuid  @primary_key\n  {text}\n}}\n")
    }

    #[test]
    fn a_value_has_the_limits_of_its_type() {
        let value = |text: &str| row(&column(text), "A value");
        assert_eq!(value("col$0umn  smallint")[0], "-32,768 to 32,767");
        assert_eq!(value("col$0umn  varchar(80)"), ["at most 80 characters", "at most 80 characters"]);
        assert_eq!(value("col$0umn  bytes"), ["about 1 GB", "10,485,760 bytes"]);
        assert_eq!(value("col$0umn  date"), ["4713 BC to 5874897 AD", "0001-01-01 to 9999-12-31"]);
        assert_eq!(value("col$0umn  State"), ["one of 2 texts", "one of 2 texts"]);
        assert_eq!(value("col$0umn  time  @only(postgres)"), ["00:00:00 to 24:00:00, with microseconds"]);
    }

    #[test]
    fn a_type_of_the_database_alone_has_limits_that_nobody_knows() {
        let shown = hover(&column("col$0umn  text  @postgres(type: \"citext\")"));
        assert!(shown.contains("| A value |  | [2,621,440 characters]("), "{shown}");
    }

    #[test]
    fn an_array_has_the_limits_of_its_elements_and_of_the_whole() {
        let text = column("col$0umn  bigint[]");
        assert!(row(&text, "An element")[1].starts_with("-9,223"));
        assert_eq!(row(&text, "All elements"), ["at most 1,024 MiB", "at most 10 MiB"]);
    }

    #[test]
    fn the_keys_of_a_column_are_counted_with_their_other_columns() {
        let text = column("col$0umn  varchar(50)\n  state  State\n  index(column, state)");
        let key = row(&text, "Key of `idx_items_column_state`");
        assert_eq!(key, ["at most 236 of 2,704 bytes", "at most 272 of 8,192 bytes"]);
        assert_eq!(row(&text, "Columns of the table"), ["3 of 1,600", "3 of 1,024"]);
    }

    #[test]
    fn a_name_that_is_cut_is_told() {
        let name = "n".repeat(70);
        let shown = hover(&column(&format!("$0{name}  text")));
        assert!(shown.contains("| Its name | 70 long, cut at 63 |  |"), "{shown}");
        assert!(!hover(&column("col$0umn  text")).contains("Its name"));
    }

    #[test]
    fn a_column_of_a_mixin_has_a_place_in_its_tables_only() {
        let shown = hover("mixin M {\n  a$0t  timestamptz\n  index(at)\n}\n");
        assert!(shown.contains("| A value |") && !shown.contains("Columns of the table"), "{shown}");
        assert!(!shown.contains("Key of"), "{shown}");
    }

    #[test]
    fn numbers_are_grouped() {
        let numbers = [7, 999, 1_000, 2_704, 10_485_760];
        assert_eq!(numbers.map(grouped), ["7", "999", "1,000", "2,704", "10,485,760"]);
    }
}
