//! Rows and migrations: what a plan does not list as lost is in the database afterwards, converted where its type changed.

use std::collections::BTreeMap;

use orm_driver::{Connection, Statement};
use orm_engine::plan::{DataLoss, Plan};
use orm_model::{Column, ColumnType, Dialect, ObjectName, PerDialect, Renames, ScalarType, Schema, Targets};
use orm_testkit::rows;

/// Rows of each table at most: enough for both limits of a type, NULL, and something between.
const ROWS: usize = 5;

/// Fills the tables of a schema and tells how many rows the database took.
pub(crate) async fn fill(connection: &mut dyn Connection, schema: &Schema, seed: u64) -> usize {
    let dialect = connection.dialect();
    let mut taken = 0;
    for row in rows::rows(schema, dialect, ROWS, seed) {
        let insert = Statement::new(row.insert(dialect), []);
        // A check or a unique key may be against it; the generator does not solve conditions.
        taken += usize::from(connection.run_transaction(&[insert]).await.is_ok());
    }
    taken
}

/// Whether a migration that stopped at `statement` did so as its note for the reviewer says.
pub(crate) fn is_announced(plan: &Plan, statement: &str) -> bool {
    let mut statements = plan.statements.iter().filter(|it| it.sql == statement);
    statements.any(|it| it.note.as_ref().is_some_and(|note| note.contains("fails when")))
}

/// A column on both sides of a migration.
#[derive(Clone)]
struct Pair {
    before: Column,
    after: Column,
    /// The texts of an enum that are stored otherwise afterwards, the old and the new one of each.
    texts: Vec<(String, String)>,
}

/// The values of a column's enum that are stored as another text than in `before`, where renames are made already.
fn stored_otherwise(before: &Schema, after: &Schema, column: &Column) -> Vec<(String, String)> {
    let ScalarType::Enum(name) = &column.column_type.scalar else { return Vec::new() };
    let (Some(old), Some(new)) = (before.enums.get(name), after.enums.get(name)) else { return Vec::new() };
    let pairs = new.values.iter().filter_map(|it| Some((old.values.iter().find(|old| old.name == it.name)?, it)));
    let changed = pairs.filter(|(old, new)| old.stored != new.stored);
    changed.map(|(old, new)| (old.stored.clone(), new.stored.clone())).collect()
}

/// The columns that a migration must keep, by tables.
#[derive(Clone)]
pub(crate) struct Kept {
    tables: Vec<(ObjectName, ObjectName, Vec<Pair>)>,
    dialect: Dialect,
}

/// The contents of the kept columns: for each table its rows, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contents(BTreeMap<String, Vec<String>>);

/// Which side of a migration the database is at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Side::Before => Side::After,
            Side::After => Side::Before,
        }
    }
}

impl Kept {
    /// What stays on the way from `before` to `after`, where `lossy` is what the plans list as lost.
    pub(crate) fn between(before: &Schema, after: &Schema, lossy: &[&DataLoss], dialect: Dialect) -> Self {
        let renames = Renames::between(before, after);
        let mut renamed = before.clone();
        for rename in &renames {
            renamed.rename(rename).expect("what is renamed is there");
        }
        let after_schema = after;
        let (before, after) = (before.in_dialect(dialect), after.in_dialect(dialect));
        let mut tables = Vec::new();
        for table in before.tables.values() {
            let new = renames.new_table(&table.name);
            let Some(other) = after.tables.get(new) else { continue };
            let pairs = table.columns.iter().filter_map(|it| {
                let after = other.column(renames.new_column(new, &it.name))?.clone();
                let texts = stored_otherwise(&renamed, after_schema, &after);
                Some(Pair { before: it.clone(), after, texts })
            });
            let loses = |pair: &Pair| {
                let names = [&pair.before.name, &pair.after.name];
                lossy.iter().any(|it| {
                    // A column that is renamed and computed from then on is dropped under its old name.
                    matches!(it, DataLoss::Values { table: lossy, column, .. } | DataLoss::Column { table: lossy, column }
                        if [&table.name, new].contains(&lossy) && names.contains(&column))
                })
            };
            let pairs = pairs.filter(|it| it.is_comparable() && !loses(it)).collect();
            tables.push((table.name.clone(), other.name.clone(), pairs));
        }
        Kept { tables, dialect }
    }

    /// Reads the rows in a form that is the same on both sides.
    pub(crate) async fn read(&self, connection: &mut dyn Connection, side: Side) -> Result<Contents, String> {
        self.read_by(connection, &|_, _| side).await
    }

    /// The same where a migration that led away from `side` stopped half-way: what has the new name already is read by it.
    pub(crate) async fn read_halfway(&self, connection: &mut dyn Connection, side: Side) -> Result<Contents, String> {
        let sql = orm_engine::dialect::of(self.dialect);
        let there = sql.inspect(connection).await.map_err(|error| error.to_string())?.catalog;
        let choose = |tables: [&ObjectName; 2], pair: Option<&Pair>| {
            let table = tables.into_iter().find_map(|it| there.tables.get(it));
            let is_there = match pair {
                None => there.tables.contains_key(tables[side as usize]),
                Some(pair) => table.is_some_and(|it| it.column(&pair.of(side).name).is_some()),
            };
            if is_there { side } else { side.other() }
        };
        self.read_by(connection, &choose).await
    }

    async fn read_by(
        &self,
        connection: &mut dyn Connection,
        side: &(dyn Fn([&ObjectName; 2], Option<&Pair>) -> Side + Sync),
    ) -> Result<Contents, String> {
        let mut contents = BTreeMap::new();
        for (before, after, pairs) in self.tables.iter().filter(|(_, _, pairs)| !pairs.is_empty()) {
            let tables = [before, after];
            let sides: Vec<_> = pairs.iter().map(|pair| side(tables, Some(pair))).collect();
            let columns = pairs.iter().zip(&sides).enumerate();
            let columns: Vec<_> = columns.map(|(at, (pair, side))| self.expression(at, pair, *side)).collect();
            let table = self.object(tables[side(tables, None) as usize]);
            let sql = format!("SELECT {} FROM {table} AS r", columns.join(", "));
            let rows = connection.query(&sql, &[]).await.map_err(|error| format!("{sql}: {error}"))?;
            let mut lines = Vec::new();
            for row in &rows {
                let cells = pairs.iter().zip(&sides).enumerate().map(|(at, (pair, side))| {
                    let text: Option<String> = row.get(&format!("c{at}")).map_err(|error| error.to_string())?;
                    Ok(format!("{}={:?}", pair.before.name, text.map(|it| pair.normal(&it, *side))))
                });
                lines.push(cells.collect::<Result<Vec<_>, String>>()?.join(" "));
            }
            lines.sort();
            contents.insert(before.to_string(), lines);
        }
        Ok(Contents(contents))
    }

    /// A column as a text.
    fn expression(&self, at: usize, pair: &Pair, side: Side) -> String {
        let column = pair.of(side);
        // A column may be called like its table.
        let name = format!("r.{}", orm_engine::dialect::of(self.dialect).quote(&column.name));
        let text = *PerDialect { postgres: POSTGRES, spanner: SPANNER }.get(self.dialect);
        let written = match pair.becomes_text().then(|| &pair.of(side.other()).column_type) {
            None => (text.of)(column, &name),
            // What the database makes of the old value is what the column has to hold.
            Some(other) if is_text(&column.column_type) && side == Side::Before => {
                let other = orm_engine::dialect::of(self.dialect).cast_type(other, &Targets::default());
                (text.converted)(&name, &other.expect("a type of one value can be converted to"))
            }
            Some(_) => (text.plain)(&name),
        };
        format!("{written} AS c{at}")
    }

    fn object(&self, table: &ObjectName) -> String {
        orm_engine::dialect::of(self.dialect).object(table)
    }
}

/// How a database writes values as texts.
#[derive(Clone, Copy)]
struct Texts {
    /// A column in a form that does not depend on the session.
    of: fn(&Column, &str) -> String,
    /// A name by the database's own conversion.
    plain: fn(&str) -> String,
    /// A text, converted to a type and back; as it is where it is none of that type.
    converted: fn(&str, &str) -> String,
}

const POSTGRES: Texts = Texts {
    of: postgres_text,
    plain: |name| format!("{name}::text"),
    converted: |name, to| {
        let number = "[+-]?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?|-?Infinity|NaN";
        let instant =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}(:[0-9]{2})?)";
        let pattern = if to.starts_with("TIMESTAMP") { instant } else { number };
        format!("CASE WHEN {name} ~ '^({pattern})$' THEN {name}::{to}::text ELSE {name}::text END")
    },
};

const SPANNER: Texts = Texts {
    of: spanner_text,
    plain: |name| format!("CAST({name} AS STRING)"),
    converted: |name, to| format!("IFNULL(CAST(SAFE_CAST({name} AS {to}) AS STRING), {name})"),
};

fn is_text(column_type: &ColumnType) -> bool {
    let scalar = &column_type.scalar;
    !column_type.array && matches!(scalar, ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_))
}

fn postgres_text(column: &Column, name: &str) -> String {
    match &column.column_type.scalar {
        _ if column.column_type.array => format!("to_jsonb({name})::text"),
        ScalarType::Bytes(_) => format!("encode({name}, 'hex')"),
        ScalarType::Timestamptz(_) => format!("({name} AT TIME ZONE 'UTC')::text"),
        ScalarType::Json | ScalarType::Jsonb => format!("{name}::jsonb::text"),
        _ => format!("{name}::text"),
    }
}

fn spanner_text(column: &Column, name: &str) -> String {
    match &column.column_type.scalar {
        // The emulator writes no array as JSON.
        _ if column.column_type.array => format!("FORMAT('%T', {name})"),
        ScalarType::Bytes(_) => format!("TO_HEX({name})"),
        ScalarType::Json | ScalarType::Jsonb => format!("TO_JSON_STRING({name})"),
        _ => format!("CAST({name} AS STRING)"),
    }
}

impl Pair {
    const fn of(&self, side: Side) -> &Column {
        match side {
            Side::Before => &self.before,
            Side::After => &self.after,
        }
    }

    /// Whether one side is a text and the other one a value that databases write in more than one way: the text is what the
    /// database made of it, and nothing else.
    fn becomes_text(&self) -> bool {
        let is_written = |it: &ColumnType| {
            !it.array && matches!(it.scalar, ScalarType::Real | ScalarType::Double | ScalarType::Timestamptz(_))
        };
        let (before, after) = (&self.before.column_type, &self.after.column_type);
        (is_text(before) && is_written(after)) || (is_written(before) && is_text(after))
    }

    /// Whether the two sides can be brought to one form: not arrays of bytes with arrays of something else, nor what is
    /// computed otherwise afterwards.
    fn is_comparable(&self) -> bool {
        if self.after.generated.is_some() && self.before.generated != self.after.generated {
            return false;
        }
        let is_bytes = |it: &Column| it.column_type.array && matches!(it.column_type.scalar, ScalarType::Bytes(_));
        let is_rewritten_array = self.after.column_type.array && !self.texts.is_empty();
        is_bytes(&self.before) == is_bytes(&self.after) && !is_rewritten_array
    }

    /// The text of a value on one of the two sides in a form in which both sides are equal.
    fn normal(&self, text: &str, side: Side) -> String {
        let column = self.of(side);
        let (before, after) = (&self.before.column_type, &self.after.column_type);
        if let Some((_, new)) = self.texts.iter().find(|(old, _)| side == Side::Before && old == text) {
            return new.clone();
        }
        if before == after || self.becomes_text() {
            return text.to_owned();
        }
        let either = |is: fn(&ScalarType) -> bool| is(&before.scalar) || is(&after.scalar);
        if either(|it| matches!(it, ScalarType::Json | ScalarType::Jsonb)) || before.array || after.array {
            let json = serde_json::from_str::<serde_json::Value>(text);
            return json.map_or_else(|_| text.to_owned(), |it| it.to_string());
        }
        if either(|it| matches!(it, ScalarType::Bytes(_))) {
            let is_bytes = matches!(column.column_type.scalar, ScalarType::Bytes(_));
            return if is_bytes { text.to_owned() } else { text.bytes().map(|it| format!("{it:02x}")).collect() };
        }
        if either(is_number) {
            // A whole number that becomes a float is written as one.
            let float = [ScalarType::Real, ScalarType::Double]
                .into_iter()
                .find(|it| [before, after].map(|it| &it.scalar).contains(&it));
            let own = &column.column_type.scalar;
            return number(text, float.as_ref().filter(|_| *own != ScalarType::Boolean).unwrap_or(own));
        }
        text.to_owned()
    }
}

fn is_number(scalar: &ScalarType) -> bool {
    matches!(
        scalar,
        ScalarType::Smallint
            | ScalarType::Integer
            | ScalarType::Bigint
            | ScalarType::Real
            | ScalarType::Double
            | ScalarType::Numeric(_)
    )
}

/// A number without what does not count: leading and trailing zeros, the way in which it is written.
fn number(text: &str, scalar: &ScalarType) -> String {
    match scalar {
        ScalarType::Real => text.parse::<f32>().map_or_else(|_| text.to_owned(), |it| format!("{:e}", f64::from(it))),
        ScalarType::Double => text.parse::<f64>().map_or_else(|_| text.to_owned(), |it| format!("{it:e}")),
        ScalarType::Boolean => i32::from(text == "true").to_string(),
        _ => {
            let (sign, digits) = text.strip_prefix('-').map_or(("", text), |it| ("-", it));
            let digits = digits.trim_start_matches('0');
            let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
            let digits =
                if digits.is_empty() || digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() };
            if digits == "0" { digits } else { format!("{sign}{digits}") }
        }
    }
}

impl Contents {
    /// Says what is otherwise than it was.
    pub(crate) fn compare(&self, now: &Self) -> Result<(), String> {
        let mut lines = Vec::new();
        for (table, rows) in &self.0 {
            let others = now.0.get(table).map(Vec::as_slice).unwrap_or_default();
            lines.extend(rows.iter().filter(|it| !others.contains(it)).map(|it| format!("{table} lost    {it}")));
            lines.extend(others.iter().filter(|it| !rows.contains(it)).map(|it| format!("{table} instead {it}")));
            if lines.is_empty() && rows != others {
                lines.push(format!("{table} has {} rows instead of {}", others.len(), rows.len()));
            }
        }
        if lines.is_empty() { Ok(()) } else { Err(lines.join("\n")) }
    }
}
