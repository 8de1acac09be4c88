//! Random schemas of what queries look at: columns of every portable type, keys of several kinds, relations, views.
//!
//! They are plainer than those of the generator of schemas: every one is accepted, has rows, and has relations to follow.

use orm_model::{ColumnType, ScalarType, Schema};
use proptest::{prelude::RngExt, test_runner::TestRng};

use super::{
    ground::{Link, Sample, written},
    value,
};

/// Names of tables; the second part is what the database calls it.
const TABLES: &[(&str, &str)] = &[
    ("owners", ""),
    ("Pets", ""),
    ("shop.wares", ""),
    ("shop.parts", " @db(\"Parts\")"),
    ("order", ""),
    ("group_", " @db(\"Groups\")"),
    ("t", ""),
    ("users", ""),
];

/// Names of columns; the second part is what the database calls it.
const COLUMNS: &[(&str, &str)] = &[
    ("name", ""),
    ("order", ""),
    ("limit", ""),
    ("end", " @db(\"TheEnd\")"),
    ("desc", ""),
    ("userName", ""),
    ("value", " @db(\"some_value\")"),
    ("count", ""),
    ("lower", ""),
    ("note", ""),
    ("kind", ""),
    ("at", ""),
    ("state", ""),
    ("x", ""),
    ("y", ""),
    ("t", ""),
    ("key", ""),
    ("group", ""),
    ("size", ""),
    ("default", ""),
];

/// Types of columns, each as often as it is here.
const TYPES: &[&str] = &[
    "boolean",
    "smallint",
    "integer",
    "integer",
    "bigint",
    "bigint",
    "real",
    "double",
    "double",
    "numeric",
    "numeric",
    "numeric(10, 2)",
    "text",
    "text",
    "text",
    "varchar(20)",
    "varchar",
    "char(3)",
    "bytes",
    "bytes(4)",
    "uuid",
    "date",
    "date",
    "timestamptz",
    "timestamptz",
    "timestamp_local",
    "jsonb",
    "json",
    "text[]",
    "bigint[]",
    "date[]",
    "numeric[]",
    "boolean[]",
    "State",
    "Mood",
    "State[]",
];

/// Enums: stored as text, with other texts, and as a type of PostgreSQL.
const ENUMS: &str =
    "enum State : varchar(10) { v0, v1, v2 = \"old\" }\n\nenum Mood @postgres(native: true) { v0, happy, sad }\n";

/// Columns that change by themselves, and a key of them.
const MIXIN: &str = "mixin Stamped {\n  created  timestamptz = now()\n  changed  timestamptz = now()  @on_update(now())\n  remark   text?\n  index(created desc)\n}\n";

/// A table that was drawn: what others need to know to refer to it.
#[derive(Clone)]
struct Made {
    name: String,
    /// The primary key, and the types of its columns.
    key: Vec<(String, String)>,
    /// A unique column that is never NULL, and its type.
    unique: Option<(String, String)>,
    /// The names of its relations, which are its own.
    relations: Vec<String>,
    /// Its columns with their types, NULL or not: for views.
    columns: Vec<(String, String, bool)>,
}

struct Maker {
    rng: TestRng,
    made: Vec<Made>,
    links: Vec<Link>,
    text: String,
}

/// A table that is being drawn.
struct Table {
    name: String,
    lines: Vec<String>,
    columns: Vec<(String, String, bool)>,
    /// The names of columns that are left.
    names: Vec<(&'static str, &'static str)>,
    key: Vec<(String, String)>,
    unique: Option<(String, String)>,
}

/// A schema.
pub(super) fn sample(rng: TestRng) -> Sample {
    let mut maker = Maker { rng, made: Vec::new(), links: Vec::new(), text: format!("{ENUMS}\n{MIXIN}\n") };
    let mut names = TABLES.to_vec();
    for _ in 0..maker.rng.random_range(3..=5_u32) {
        let name = maker.take(&mut names);
        maker.table(name);
    }
    let mut view_keys = Vec::new();
    for number in 0..maker.rng.random_range(1..=2_u32) {
        view_keys.push(maker.view(number));
    }
    Sample { text: maker.text, links: maker.links, view_keys }
}

impl Maker {
    fn one_in(&mut self, of: u32) -> bool {
        self.rng.random_ratio(1, of)
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.rng.random_range(0..from.len())].clone()
    }

    fn take<T>(&mut self, from: &mut Vec<T>) -> T {
        let at = self.rng.random_range(0..from.len());
        from.remove(at)
    }

    fn table(&mut self, (name, physical): (&str, &str)) {
        let mut table = Table {
            name: name.to_owned(),
            lines: Vec::new(),
            columns: Vec::new(),
            names: COLUMNS.to_vec(),
            key: Vec::new(),
            unique: None,
        };
        self.key(&mut table);
        for _ in 0..self.rng.random_range(3..=7_u32) {
            self.column(&mut table);
        }
        for _ in 0..self.rng.random_range(0..=2_u32) {
            self.reference(&mut table);
        }
        self.extras(&mut table);
        let lines: String = table.lines.iter().map(|it| format!("  {it}\n")).collect();
        self.text += &format!("table {name}{physical} {{\n{lines}}}\n\n");
        let Table { name, columns, key, unique, .. } = table;
        self.made.push(Made { name, key, unique, relations: Vec::new(), columns });
    }

    /// The primary key: of one column or several, of the table's own columns or of those that refer to others.
    fn key(&mut self, table: &mut Table) {
        let parents: Vec<_> = self.made.iter().filter(|it| it.key.len() == 1).cloned().collect();
        let choice = self.rng.random_range(0..10_u32);
        match choice {
            0 | 1 if !parents.is_empty() => {
                let parent = self.pick(&parents);
                self.refer_by_key(table, &parent);
                table.add("number", "integer", false, "");
                table.key.push(("number".to_owned(), "integer".to_owned()));
            }
            2 if parents.len() > 1 => {
                let mut parents = parents;
                for _ in 0..2 {
                    let parent = self.take(&mut parents);
                    self.refer_by_key(table, &parent);
                }
            }
            3 if !parents.is_empty() => {
                let parent = self.pick(&parents);
                let (name, column_type) = parent.key[0].clone();
                table.add(&name, &column_type, false, "");
                table.key.push((name, column_type));
                table.add("line", "smallint", false, "");
                table.key.push(("line".to_owned(), "smallint".to_owned()));
                table.lines.push(format!("interleave({})", parent.name));
                let forward = last_part(&parent.name).to_owned();
                self.link(&table.name, &forward, &parent.name, false);
                self.link(&parent.name, last_part(&table.name), &table.name, true);
                self.take_names(&parent.name, last_part(&table.name));
            }
            4 => {
                for (name, column_type) in [("day", "date"), ("code", "text")] {
                    table.add(name, column_type, false, "");
                    table.key.push((name.to_owned(), column_type.to_owned()));
                }
            }
            other => {
                let column_type = ["bigint", "uuid", "text", "integer", "varchar(20)"][other as usize % 5];
                table.add("id", column_type, false, "@primary_key");
                table.key.push(("id".to_owned(), column_type.to_owned()));
                return;
            }
        }
        let columns: Vec<_> = table.key.iter().map(|(name, _)| name.clone()).collect();
        table.lines.push(format!("primary_key({})", columns.join(", ")));
    }

    /// A column of the key that refers to another table by its only key.
    fn refer_by_key(&mut self, table: &mut Table, parent: &Made) {
        let stem = format!("p{}", table.key.len());
        let name = format!("{stem}_id");
        let (referenced, column_type) = &parent.key[0];
        let action = self.pick(&["", ", on_delete: cascade"]);
        let back = format!("of_{}_{stem}", last_part(&table.name).to_lowercase());
        let attribute = format!("@references({}.{referenced}, back: {back}{action})", parent.name);
        table.add(&name, column_type, false, &attribute);
        table.key.push((name, column_type.clone()));
        self.link(&table.name, &stem, &parent.name, false);
        self.link(&parent.name, &back, &table.name, true);
    }

    fn link(&mut self, of: &str, name: &str, target: &str, many: bool) {
        let link = Link { of: of.to_owned(), name: name.to_owned(), target: target.to_owned(), many };
        self.links.push(link);
    }

    fn take_names(&mut self, table: &str, relation: &str) {
        let made = self.made.iter_mut().find(|it| it.name == table);
        made.into_iter().for_each(|it| it.relations.push(relation.to_owned()));
    }

    fn column(&mut self, table: &mut Table) {
        let ((name, physical), column_type) = (self.take(&mut table.names), self.pick(TYPES));
        let nullable = self.one_in(2);
        let default = if self.one_in(4) { self.default(column_type) } else { String::new() };
        let is_unique = self.one_in(6) && matches!(column_type, "text" | "bigint" | "integer" | "uuid" | "varchar(20)");
        if is_unique && !nullable {
            table.unique = Some((written(name), column_type.to_owned()));
        }
        let attributes = format!("{}{physical}", if is_unique { "@unique" } else { "" });
        let default = if is_unique { String::new() } else { default };
        table.add(name, column_type, nullable, &format!("{default}{attributes}"));
    }

    /// `= 7 `
    fn default(&mut self, column_type: &str) -> String {
        let constant = |scalar: ScalarType, rng: &mut TestRng| {
            value::literal(&Schema::default(), &ColumnType::scalar(scalar), rng)
        };
        let value = match column_type {
            "boolean" => constant(ScalarType::Boolean, &mut self.rng),
            "smallint" | "integer" | "bigint" => constant(ScalarType::Smallint, &mut self.rng),
            "numeric" => constant(ScalarType::Numeric(None), &mut self.rng),
            "double" => constant(ScalarType::Double, &mut self.rng),
            "text" | "varchar" => constant(ScalarType::Text, &mut self.rng),
            "date" => constant(ScalarType::Date, &mut self.rng),
            "timestamptz" => Some("now()".to_owned()),
            "uuid" => Some("uuid()".to_owned()),
            "jsonb" => Some("{}".to_owned()),
            "text[]" | "bigint[]" => Some("[]".to_owned()),
            "State" | "Mood" => Some("v0".to_owned()),
            _ => None,
        };
        value.map(|it| format!("= {it} ")).unwrap_or_default()
    }

    /// Columns that refer to an earlier table, or to the table itself.
    fn reference(&mut self, table: &mut Table) {
        let number = table.lines.len();
        let (forward, back) = (format!("f{number}"), format!("b{number}_{}", last_part(&table.name).to_lowercase()));
        let nullable = self.one_in(2);
        let is_own = table.key.len() == 1 && (self.made.is_empty() || self.one_in(4));
        if is_own {
            let (key, column_type) = table.key[0].clone();
            let attribute = format!("@references({}.{key}, as: {forward}, back: {back})", table.name);
            table.add(&format!("own{number}_id"), &column_type, true, &attribute);
            let name = table.name.clone();
            self.link(&name, &forward, &name, false);
            self.link(&name, &back, &name, true);
            return;
        }
        if self.made.is_empty() {
            return;
        }
        let made = self.made.clone();
        let parent = self.pick(&made);
        let action = self.pick(&["", ", on_delete: cascade"]);
        if parent.key.len() > 1 {
            let mut columns = Vec::new();
            for (at, (_, column_type)) in parent.key.iter().enumerate() {
                let name = format!("r{number}_{at}");
                table.add(&name, column_type, nullable, "");
                columns.push(name);
            }
            let referenced: Vec<_> = parent.key.iter().map(|(name, _)| name.as_str()).collect();
            table.lines.push(format!(
                "foreign_key({}, references: {}({}), as: {forward}, back: {back}{action})",
                columns.join(", "),
                parent.name,
                referenced.join(", ")
            ));
            self.link(&table.name, &forward, &parent.name, false);
            self.link(&parent.name, &back, &table.name, true);
            return;
        }
        let own = (parent.key[0].clone(), false);
        let (referenced, column_type) = match parent.unique.clone().filter(|_| self.one_in(2)) {
            Some(unique) => unique,
            None => own.0,
        };
        // What only one row can refer to leads back to one row.
        let is_unique = self.one_in(4);
        let unique = if is_unique { " @unique" } else { "" };
        let is_default = self.one_in(2) && !parent.relations.contains(&last_part(&table.name).to_owned());
        let names = if is_default { String::new() } else { format!(", as: {forward}, back: {back}") };
        let attribute = format!("@references({}.{referenced}{names}{action}){unique}", parent.name);
        let back = if is_default { last_part(&table.name).to_owned() } else { back };
        self.take_names(&parent.name, &back);
        table.add(&format!("{forward}_id"), &column_type, nullable, &attribute);
        self.link(&table.name, &forward, &parent.name, false);
        self.link(&parent.name, &back, &table.name, !is_unique);
    }

    /// The mixin, what the database computes, and keys of several columns.
    fn extras(&mut self, table: &mut Table) {
        if self.one_in(3) {
            table.lines.push("...Stamped".to_owned());
            table.columns.push(("created".to_owned(), "timestamptz".to_owned(), false));
            table.columns.push(("changed".to_owned(), "timestamptz".to_owned(), false));
            table.columns.push(("remark".to_owned(), "text".to_owned(), true));
        }
        let columns = table.columns.clone();
        let of = |wanted: &[&str]| columns.iter().find(|(_, it, _)| wanted.contains(&it.as_str())).cloned();
        let computed = match self.rng.random_range(0..8_u32) {
            0 => of(&["text", "varchar(20)"]).map(|(name, _, nullable)| (format!("{name} || \"é\""), "text", nullable)),
            1 => of(&["smallint"]).map(|(name, _, nullable)| (format!("{name} * 2 + 1"), "bigint", nullable)),
            2 => of(&["date"]).map(|(name, _, nullable)| (format!("year({name})"), "bigint", nullable)),
            3 => of(&["text[]"]).map(|(name, _, nullable)| (format!("array_length({name})"), "bigint", nullable)),
            _ => None,
        };
        if let Some((value, column_type, nullable)) = computed {
            table.add("computed", column_type, nullable, &format!("@generated({value})"));
        }
        let keyed =
            |it: &&(String, String, bool)| matches!(it.1.as_str(), "text" | "bigint" | "integer" | "date" | "uuid");
        let keys: Vec<_> = columns.iter().filter(keyed).map(|(name, _, _)| name.clone()).collect();
        if keys.len() > 2 && self.one_in(2) {
            let mut keys = keys;
            let (one, two) = (self.take(&mut keys), self.take(&mut keys));
            let word = self.pick(&["unique", "index", "index"]);
            let descending = if word == "index" { self.pick(&["", " desc"]) } else { "" };
            let storing = match word == "index" && self.one_in(2) {
                true => format!(", storing: [{}]", self.take(&mut keys)),
                false => String::new(),
            };
            let is_key = |it: &str| table.key.iter().any(|(name, _)| name == it);
            let storing = if storing.is_empty() || table.key.iter().any(|(name, _)| storing.contains(name.as_str())) {
                String::new()
            } else {
                storing
            };
            if !(is_key(&one) && is_key(&two)) {
                table.lines.push(format!("{word}({one}, {two}{descending}{storing})"));
            }
        }
    }

    /// A view of clauses; the columns that tell its rows apart.
    fn view(&mut self, number: u32) -> (String, Vec<String>) {
        let made = self.made.clone();
        let table = self.pick(&made);
        let name = format!("view{number}");
        let mut clauses = vec![format!("from {} as v", table.name)];
        let orderly = |it: &&(String, String, bool)| !it.1.contains('[') && !matches!(it.1.as_str(), "json" | "jsonb");
        if let Some((column, _, _)) = table.columns.iter().find(|it| it.2).filter(|_| self.one_in(2)) {
            clauses.push(format!("where v.{column} is not null"));
        }
        if self.one_in(3) {
            let columns: Vec<_> = table.columns.iter().filter(orderly).cloned().collect();
            let column = self.pick(&columns).0;
            clauses.push(format!("group_by v.{column}"));
            clauses.push(format!("select one: v.{column}, total: count()"));
            self.text += &format!("view {name} {{\n  {}\n}}\n\n", clauses.join("\n  "));
            // NULL is one group, too, which `=` does not find.
            return (name, vec!["one".to_owned()]);
        }
        let mut outputs: Vec<_> =
            table.key.iter().enumerate().map(|(at, (key, _))| format!("k{at}: v.{key}")).collect();
        for (at, (column, _, _)) in table.columns.iter().enumerate() {
            if self.one_in(2) {
                outputs.push(format!("c{at}: v.{column}"));
            }
        }
        clauses.push(format!("select {}", outputs.join(", ")));
        self.text += &format!("view {name} {{\n  {}\n}}\n\n", clauses.join("\n  "));
        (name, (0..table.key.len()).map(|at| format!("k{at}")).collect())
    }
}

impl Table {
    fn add(&mut self, name: &str, column_type: &str, nullable: bool, attributes: &str) {
        let question = if nullable { "?" } else { "" };
        let line = format!("{}  {column_type}{question}  {attributes}", written(name));
        self.lines.push(line.trim_end().to_owned());
        self.columns.push((written(name), column_type.to_owned(), nullable));
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
