//! What one database alone has, and what is said to those who use the schema: lines at the end of a table, and
//! declarations beside the tables. Nothing else refers to them.

use proptest::prelude::*;
use proptest::sample::select;

const DATABASES: [&str; 2] = ["postgres", "spanner"];

/// A column at the end of a table, with what is made of it.
#[derive(Debug, Clone)]
pub(super) struct Extra {
    /// The one database that has it.
    only: Option<&'static str>,
    column_type: &'static str,
    nullable: bool,
    /// `@deprecated(…)`, `@type(…)`
    said: &'static str,
    item: Option<Item>,
}

/// An item over the column.
#[derive(Debug, Clone, Copy)]
enum Item {
    Index,
    Unique,
    Check,
}

/// Declarations beside the tables.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    /// The one database that has a table, and whether a view reads it.
    table: Option<(&'static str, bool)>,
    /// The one database that has a sequence.
    sequence: Option<&'static str>,
}

pub(super) fn extra() -> impl Strategy<Value = Extra> {
    let said = select(vec![
        "",
        "",
        "  @deprecated(\"nobody needs it\")",
        "  @type(rust: \"crate::Own\", typescript: \"Own\")",
    ]);
    let item = select(vec![None, Some(Item::Index), Some(Item::Unique), Some(Item::Check)]);
    let column = prop::option::weighted(0.8, select(DATABASES.to_vec())).prop_flat_map(|only| {
        let types: &[&str] = match only {
            Some("postgres") => &["text", "integer", "interval", "json", "postgres(\"inet\")"],
            Some(_) => &["text", "integer", "double", "spanner(\"STRING(20)\")"],
            None => &["text", "bigint", "jsonb"],
        };
        (Just(only), select(types.to_vec()))
    });
    (column, any::<bool>(), said, item).prop_map(|((only, column_type), nullable, said, item)| Extra {
        only,
        column_type,
        nullable,
        said,
        item,
    })
}

pub(super) fn beside() -> impl Strategy<Value = Beside> {
    let database = || select(DATABASES.to_vec());
    let table = prop::option::weighted(0.3, (database(), any::<bool>()));
    (table, prop::option::weighted(0.3, database())).prop_map(|(table, sequence)| Beside { table, sequence })
}

impl Extra {
    /// Its lines, when it is the one with this number.
    pub(super) fn lines(&self, number: usize) -> String {
        let (name, only) = (format!("x{number}"), self.only.map(|it| format!(" @only({it})")).unwrap_or_default());
        let null = if self.nullable { "?" } else { "" };
        let column = format!("  {name}  {}{null} {only}{}\n", self.column_type, self.said);
        let has_order = matches!(self.column_type, "text" | "integer" | "bigint");
        let item = match self.item.filter(|_| has_order) {
            Some(Item::Index) => format!("  index({name}){only}\n"),
            Some(Item::Unique) => format!("  unique({name}){only}\n"),
            Some(Item::Check) => format!("  check({name} is not null){only}\n"),
            None => String::new(),
        };
        column + &item
    }
}

impl Beside {
    /// Its declarations.
    pub(super) fn declarations(&self) -> Vec<String> {
        let table = self.table.iter().flat_map(|(only, has_view)| {
            let table = format!("table archive @only({only}) {{\n  id  uuid  @primary_key\n  at  timestamptz?\n}}\n");
            let view = format!("view archived @only({only}) = sql(\"SELECT a.id FROM archive AS a\")\n");
            [Some(table), has_view.then_some(view)].into_iter().flatten()
        });
        let sequence = self.sequence.iter().map(|only| format!("sequence archive_numbers @only({only})\n"));
        table.chain(sequence).collect()
    }
}
