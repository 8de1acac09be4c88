//! Random queries as `.orm` text, for a schema.
//!
//! A query is drawn as clauses that are texts, so that it shrinks by leaving some of them out. Most of what comes out
//! passes `orm check`, not all.
//!
//! Not drawn: `for share`, `skip_locked` and `nowait`, which Spanner has not; `app.NAME()` and columns that an insert leaves
//! out although their default is another one each time, whose values databases cannot have in common; two rows of one
//! statement with the same key.
//!
//! | file | subject |
//! |---|---|
//! | `body` | the clauses of a query, and queries with some of them left out |
//! | `condition` | conditions on rows |
//! | `ground` | what queries are drawn for |
//! | `group` | groups and aggregates |
//! | `mutation` | mutations |
//! | `names` | sources, columns and relations |
//! | `output` | what is selected |
//! | `relation` | relations that are nested, counted, asked for |
//! | `rows` | rows that keep the keys of a schema |
//! | `sample` | the fixed schema |
//! | `schema` | random schemas |
//! | `select` | whole queries |
//! | `value` | values of every type |

mod body;
mod condition;
mod ground;
mod group;
mod mutation;
mod names;
mod output;
mod relation;
mod rows;
mod sample;
mod schema;
mod select;
mod value;

use std::collections::BTreeMap;

use orm_model::{ColumnType, Targets, registry};
use proptest::{
    prelude::RngExt,
    test_runner::{RngAlgorithm, TestRng},
};
use serde_json::Value;

use super::{
    column::Kind,
    expression::{self, Choices, Scope},
};
use body::Body;
use mutation::Write;
use names::{Col, Src};

pub use ground::{Ground, Sample};
pub use rows::{Rows, TableRows};

/// A query that was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    parameters: Vec<Parameter>,
    body: Clauses,
    /// How often each construct was drawn.
    pub constructs: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Clone)]
enum Clauses {
    Read(Body),
    Write(Write),
    Raw { row: String, text: String },
}

impl Clauses {
    fn lines(&self) -> String {
        match self {
            Clauses::Read(it) => it.lines(),
            Clauses::Write(it) => it.lines(),
            Clauses::Raw { text, .. } => text.clone(),
        }
    }
}

/// A parameter and what it is given.
#[derive(Debug, Clone)]
struct Parameter {
    name: String,
    declared: String,
    /// `None`: it is absent.
    value: Option<Value>,
}

impl Drawn {
    /// The declaration, without the parameters that nothing uses.
    pub fn text(&self, name: &str) -> String {
        let parameters: Vec<_> = self.used().map(|it| format!("{}: {}", it.name, it.declared)).collect();
        let signature = if parameters.is_empty() { String::new() } else { format!("({})", parameters.join(", ")) };
        let lines = self.body.lines();
        match &self.body {
            Clauses::Read(it) => {
                let result = it.cardinality.map(|it| format!(" : {it}")).unwrap_or_default();
                format!("query {name}{signature}{result} {{\n{lines}}}\n")
            }
            Clauses::Write(it) => {
                let result = if it.is_exec() { " : exec" } else { "" };
                format!("mutation {name}{signature}{result} {{\n{lines}}}\n")
            }
            Clauses::Raw { row, text } => format!("query {name}{signature} : many({row}) = sql(\"{text}\")\n"),
        }
    }

    /// The values that it is run with.
    pub fn values(&self) -> BTreeMap<String, Value> {
        self.used().filter_map(|it| Some((it.name.clone(), it.value.clone()?))).collect()
    }

    /// Whether no two rows that differ may change places.
    pub fn is_ordered(&self) -> bool {
        matches!(&self.body, Clauses::Read(it) if it.is_ordered())
    }

    /// Whether SQL leaves open which of its expressions are evaluated for which rows.
    pub fn leaves_evaluation_open(&self) -> bool {
        match &self.body {
            Clauses::Read(it) => it.leaves_evaluation_open(),
            Clauses::Write(_) => true,
            Clauses::Raw { .. } => false,
        }
    }

    /// Whether it has functions whose last digits are those of the machine's library.
    pub fn is_approximate(&self) -> bool {
        self.functions().iter().any(|it| APPROXIMATE.contains(it))
    }

    /// The functions of the registry that it calls.
    pub fn functions(&self) -> Vec<&'static str> {
        let text = self.body.lines();
        let is_name = |it: char| it.is_alphanumeric() || it == '_';
        let calls = |name: &str| {
            let call = format!("{name}(");
            let mut places = text.match_indices(&call).map(|(at, _)| &text[..at]);
            places.any(|before| !before.ends_with(is_name) && !before.ends_with('.'))
        };
        registry::functions().map(|it| it.name).filter(|it| calls(it)).collect()
    }

    /// The same query with one thing left out, each.
    pub fn smaller(&self) -> Vec<Drawn> {
        let bodies: Vec<_> = match &self.body {
            Clauses::Read(it) => it.smaller().into_iter().map(Clauses::Read).collect(),
            Clauses::Write(it) => it.smaller().into_iter().map(Clauses::Write).collect(),
            Clauses::Raw { .. } => Vec::new(),
        };
        bodies.into_iter().map(|body| Drawn { body, ..self.clone() }).collect()
    }

    fn used(&self) -> impl Iterator<Item = &Parameter> {
        let text = self.body.lines();
        self.parameters.iter().filter(move |it| uses(&text, &it.name))
    }
}

/// Functions that are only nearly the same on every machine.
const APPROXIMATE: &[&str] = &["exp", "ln", "log10"];

/// Whether `$name` stands in the text.
fn uses(text: &str, name: &str) -> bool {
    let rest = text.split('$').skip(1);
    rest.into_iter().any(|it| it.split(|it: char| !it.is_alphanumeric()).next() == Some(name))
}

/// The random numbers of a seed.
pub fn rng(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// The query of a seed.
pub fn query(ground: &Ground, seed: u64) -> Drawn {
    drawn(ground, seed, |draw| match draw.one_in(40).then(|| draw.raw()).flatten() {
        Some(raw) => raw,
        None => Clauses::Read(draw.top()),
    })
}

/// The mutation of a seed.
pub fn mutation(ground: &Ground, seed: u64) -> Drawn {
    drawn(ground, seed, |draw| Clauses::Write(draw.write()))
}

fn drawn(ground: &Ground, seed: u64, body: impl FnOnce(&mut Draw<'_>) -> Clauses) -> Drawn {
    let mut draw = Draw {
        ground,
        rng: rng(seed),
        parameters: Vec::new(),
        constructs: BTreeMap::new(),
        sources: 0,
        common: Vec::new(),
    };
    let body = body(&mut draw);
    Drawn { parameters: draw.parameters, body, constructs: draw.constructs }
}

/// A query that is being drawn.
struct Draw<'a> {
    ground: &'a Ground,
    rng: TestRng,
    parameters: Vec<Parameter>,
    constructs: BTreeMap<&'static str, usize>,
    /// How many sources have a name already.
    sources: usize,
    /// What `with` has given a name.
    common: Vec<Src>,
}

impl Draw<'_> {
    fn note(&mut self, construct: &'static str) {
        *self.constructs.entry(construct).or_default() += 1;
    }

    /// Once in `of` times.
    fn one_in(&mut self, of: u32) -> bool {
        self.rng.random_ratio(1, of)
    }

    fn below(&mut self, count: usize) -> usize {
        self.rng.random_range(0..count.max(1))
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn some<'c>(&mut self, columns: &'c [Col], fits: impl Fn(&Col) -> bool) -> Option<&'c Col> {
        let fitting: Vec<_> = columns.iter().filter(|it| fits(it)).collect();
        (!fitting.is_empty()).then(|| fitting[self.below(fitting.len())])
    }

    /// A parameter of the type with a value; the text that stands for it.
    fn parameter(&mut self, column_type: &ColumnType) -> String {
        let value = value::value(&self.ground.schema, column_type, &mut self.rng);
        if self.one_in(8)
            && let Some(default) = value::written(column_type, &value)
        {
            self.note("parameter with a default");
            return self.declare(format!("{column_type} = {default}"), None);
        }
        self.declare(column_type.to_string(), Some(value))
    }

    /// A parameter that may be absent.
    fn optional_parameter(&mut self, column_type: &ColumnType) -> String {
        let value = (!self.one_in(2)).then(|| value::value(&self.ground.schema, column_type, &mut self.rng));
        self.note(if value.is_some() { "parameter present" } else { "parameter absent" });
        self.declare(format!("{column_type}?"), value)
    }

    fn declare(&mut self, declared: String, value: Option<Value>) -> String {
        self.note("parameter");
        let name = format!("p{}", self.parameters.len());
        let text = format!("${name}");
        self.parameters.push(Parameter { name, declared, value });
        text
    }

    /// A query of raw SQL that both databases understand.
    fn raw(&mut self) -> Option<Clauses> {
        let tables = self.ground.tables();
        let table = self.pick(&tables);
        let column = table.columns.iter().find(|it| names::kind(&it.column_type) == Kind::Integer)?;
        self.note("query of sql(…)");
        let (name, path) = (&table.name, format!("{}.{}", table.name, column.name.trim_matches('`')));
        let parameter = self.parameter(&orm_model::ScalarType::Bigint.into());
        let text = format!(
            "SELECT COUNT(*) AS n, MAX(${{{path}}}) AS high, {parameter} AS given FROM ${{{name}}} WHERE ${{{path}}} > {parameter}"
        );
        let row = format!("n: bigint, high: {}?, given: bigint", column.column_type);
        Some(Clauses::Raw { row, text })
    }

    /// An expression of the kind with functions and operators over the columns, which gives the same value whenever it is
    /// asked for, so that databases can be compared.
    fn expression(&mut self, kind: Kind, columns: &[Col]) -> Option<String> {
        let count = self.rng.random_range(1..12_usize);
        let choices = Choices::of((0..count).map(|_| self.rng.random()).collect());
        let (columns, targets) = (names::named(columns), Targets::default());
        let scope = Scope { columns: &columns, place: None, targets: &targets };
        expression::write(&choices, kind, &scope)
    }
}
