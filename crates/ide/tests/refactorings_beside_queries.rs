//! Refactorings and renames of random schemas beside random queries: no query gets an error, and where a refactoring promises
//! that the schema stays what it is, each query is the same SQL in both databases.

use std::{collections::BTreeMap, ops::Range};

use orm_engine::query::{Given, render};
use orm_ide::{AnalysisHost, Severities, Severity};
use orm_model::{Dialect, Table, Targets};
use orm_schema_lang::{
    Source, Workspace,
    item::{DeclarationKind, Member},
};
use orm_testkit::{
    generator::query::{self, Ground, Sample, rng},
    words::words,
};
use proptest::prelude::Rng;

const SCHEMA: &str = "schema.orm";
const QUERIES: &str = "queries.orm";

/// So many schemas are drawn, queries beside each, and places in it.
const SCHEMAS: u64 = 20;
const DRAWN: u64 = 24;
const PLACES: usize = 12;

/// So many have fixes tried, which takes longer.
const FIXED_SCHEMAS: u64 = 3;

/// A schema and queries, each without an error.
struct Drawn {
    schema: String,
    queries: String,
}

impl Drawn {
    fn of_seed(seed: u64) -> Self {
        let sample = if seed.is_multiple_of(4) { Sample::fixed() } else { Sample::random(seed) };
        let mut workspace = Workspace::new(Targets::default(), Severities::new());
        let schema = sample.text.clone();
        workspace.open(SCHEMA, schema.as_str());
        let ground = sample.ground(workspace.schema(), seed);
        let mut queries = String::new();
        for number in 0..DRAWN {
            let text = one(&ground, seed * DRAWN + number, number);
            workspace.open(QUERIES, text.as_str());
            let found = workspace.diagnostics(QUERIES);
            if found.iter().all(|it| it.severity != Severity::Error) {
                queries += &text;
            }
        }
        Drawn { schema, queries }
    }

    fn host(&self) -> AnalysisHost {
        let mut host = AnalysisHost::new(Targets::default(), Severities::new());
        host.workspace_mut().open(SCHEMA, self.schema.as_str());
        host.workspace_mut().open(QUERIES, self.queries.as_str());
        host
    }

    /// With edits, which stand in the order of files and places.
    fn with<'e>(&self, edits: impl DoubleEndedIterator<Item = (&'e str, Range<usize>, &'e str)>) -> Drawn {
        let (mut schema, mut queries) = (self.schema.clone(), self.queries.clone());
        for (path, range, replacement) in edits.rev() {
            let text = if path == SCHEMA { &mut schema } else { &mut queries };
            text.replace_range(range, replacement);
        }
        Drawn { schema, queries }
    }

    fn errors(&self) -> Vec<String> {
        let host = self.host();
        let analysis = host.analysis();
        let found = [SCHEMA, QUERIES].into_iter().flat_map(|path| {
            let found = analysis.diagnostics(path).expect("nobody edits");
            let errors = found.iter().filter(|it| it.severity == Severity::Error);
            errors.map(|it| format!("{path}: {} {}", it.rule().code, it.message())).collect::<Vec<_>>()
        });
        found.collect()
    }

    /// The columns of each table in their order.
    fn columns(&self) -> Vec<Vec<String>> {
        let schema = self.host().workspace().schema();
        let columns = |table: &Table| table.columns.iter().map(|it| it.name.clone()).collect();
        schema.tables.values().map(columns).collect()
    }

    /// The SQL of every query in both databases, by its name.
    fn sql(&self) -> BTreeMap<String, Sql> {
        let host = self.host();
        let (schema, targets) = (host.workspace().schema(), Targets::default());
        let queries = host.workspace().queries();
        let sql = queries.values().map(|query| {
            let text = |dialect: Dialect| match render(query, &schema, &targets, dialect) {
                Ok(rendered) => {
                    let bound = rendered.bind(orm_engine::dialect::of(dialect), &Given::default());
                    bound.iter().map(|it| it.sql.clone()).collect::<Vec<_>>().join("\n")
                }
                Err(error) => error.to_string(),
            };
            (query.name.clone(), Sql { texts: Dialect::ALL.map(text) })
        });
        sql.collect()
    }
}

/// The SQL of a query in each database.
#[derive(Debug, PartialEq, Eq)]
struct Sql {
    texts: [String; 2],
}

impl Sql {
    /// The words, in any order.
    fn words(&self) -> Vec<&str> {
        let separators = |it: char| it.is_whitespace() || ",()".contains(it);
        let mut words: Vec<_> =
            self.texts.iter().flat_map(|it| it.split(separators)).filter(|it| !it.is_empty()).collect();
        words.sort_unstable();
        words
    }
}

fn one(ground: &Ground, seed: u64, number: u64) -> String {
    let draw = if number % 4 == 3 { query::mutation } else { query::query };
    draw(ground, seed).text(&format!("q{number}"))
}

/// Places of the schema: members and names of tables and mixins.
fn places(text: &str, random: &mut impl Rng) -> Vec<Range<usize>> {
    let source = Source::parse(text);
    let mut places = Vec::new();
    for declaration in source.declarations() {
        if !matches!(declaration.item().kind, DeclarationKind::Table | DeclarationKind::Mixin) {
            continue;
        }
        let members = &declaration.item().members;
        let spans: Vec<_> = members.iter().map(|it| declaration.span(it.anchor())).collect();
        places
            .extend(declaration.item().name.iter().map(|it| declaration.span(it.anchor)).map(|it| it.start..it.start));
        places.extend(spans.iter().map(|it| it.start..it.start));
        places.extend(spans.windows(2).map(|it| it[0].start..it[1].end));
    }
    (0..PLACES).map(|_| places[(random.next_u64() % places.len() as u64) as usize].clone()).collect()
}

/// What is offered so that the schema stays what it is.
fn keeps_meaning(id: &str) -> bool {
    ["extract_mixin", "inline_mixin", "sort_members", "split_suppression"].iter().any(|it| id.starts_with(it))
}

#[test]
fn refactorings_keep_queries() {
    let mut done: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 1..=SCHEMAS {
        let drawn = Drawn::of_seed(seed);
        let before = drawn.sql();
        assert!(before.len() as u64 > DRAWN / 2, "few queries are accepted: {}", before.len());
        let host = drawn.host();
        let analysis = host.analysis();
        for place in places(&drawn.schema, &mut rng(seed)) {
            for offered in analysis.refactorings(SCHEMA, place.clone()).expect("nobody edits") {
                let edits = analysis.refactoring_edits(SCHEMA, place.clone(), &offered.id).expect("nobody edits");
                assert_eq!(edits.is_none(), offered.disabled.is_some(), "{offered:?} at {place:?} of seed {seed}");
                let Some(edits) = edits else {
                    *done.entry("refused".to_owned()).or_default() += 1;
                    continue;
                };
                assert!(!edits.is_empty(), "{offered:?} at {place:?} of seed {seed}");
                let after = drawn.with(edits.iter().map(|it| (&*it.path, it.range.clone(), it.replacement.as_str())));
                let context =
                    || format!("{} at {place:?} of seed {seed}:\n{}{}", offered.id, after.schema, after.queries);
                assert_eq!(after.errors(), Vec::<String>::new(), "{}", context());
                if keeps_meaning(&offered.id) {
                    let moves = drawn.columns() != after.columns();
                    compare(&before, &after.sql(), moves, context);
                }
                *done.entry(offered.id.split('.').next().unwrap_or_default().to_owned()).or_default() += 1;
            }
        }
    }
    for id in ["extract_mixin", "sort_members", "make_nullable", "make_not_null", "refused"] {
        assert!(done.contains_key(id), "{id} was never offered: {done:#?}");
    }
}

/// The SQL is the same; where columns changed places, which some queries tell them in, its words of the SQL are the same.
fn compare(before: &BTreeMap<String, Sql>, after: &BTreeMap<String, Sql>, moves: bool, context: impl Fn() -> String) {
    assert_eq!(before.len(), after.len(), "{}", context());
    for (name, old) in before {
        let new = &after[name];
        assert_eq!(old.words(), new.words(), "{name}: {}\n{old:#?}\n{new:#?}", context());
        assert!(moves || old == new, "{name}: {}\n{old:#?}\n{new:#?}", context());
    }
}

#[test]
fn renames_keep_queries() {
    let mut renamed = 0;
    for seed in 1..=SCHEMAS {
        let drawn = Drawn::of_seed(seed);
        let before = drawn.sql();
        let host = drawn.host();
        let analysis = host.analysis();
        let random = &mut rng(seed);
        let in_schema = names(&drawn.schema, random).into_iter().map(|it| (SCHEMA, it));
        let in_queries = names_in_queries(&drawn.queries, random).into_iter().map(|it| (QUERIES, it));
        for (path, offset) in in_schema.chain(in_queries) {
            // Nothing is called so.
            let edits = analysis.rename(path, offset, "renamed").expect("nobody edits");
            let edits = edits.unwrap_or_else(|why| {
                let text = if path == SCHEMA { &drawn.schema } else { &drawn.queries };
                panic!("seed {seed}: {why}: {}«{}", &text[..offset], &text[offset..])
            });
            let edits = edits.iter().map(|it| (&*it.edit.path, it.edit.range.clone(), it.edit.replacement.as_str()));
            let after = drawn.with(edits);
            let context = || format!("offset {offset} of {path} of seed {seed}:\n{}{}", after.schema, after.queries);
            let errors = after.errors();
            assert_eq!(errors, Vec::<String>::new(), "{}", context());
            let sql = after.sql();
            assert_eq!(before.len(), sql.len(), "{}", context());
            for (name, old) in &before {
                let new = &sql[name];
                assert_eq!(old.words().len(), new.words().len(), "{name}: {}\n{old:#?}\n{new:#?}", context());
            }
            renamed += 1;
        }
    }
    assert!(renamed as u64 > SCHEMAS * PLACES as u64, "few things can be renamed: {renamed}");
}

/// Names of parameters, of `with`, of aliases and outputs.
fn names_in_queries(text: &str, random: &mut impl Rng) -> Vec<usize> {
    let mut names = Vec::new();
    for (colon, _) in text.match_indices(": ") {
        let start = text[..colon].rfind(|it: char| !it.is_alphanumeric() && it != '_').map_or(0, |it| it + 1);
        names.push(start);
    }
    for word in [" as ", "with "] {
        names.extend(text.match_indices(word).map(|(at, _)| at + word.len()));
    }
    // What else stands before a colon or behind `as` is a word of the language, or a type.
    let words = ["where", "order_by", "limit", "offset", "many", "one", "optional", "exec"];
    let is_name = |at: &usize| {
        let word = text[*at..].split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default();
        !word.is_empty() && !words.contains(&word) && orm_model::registry::find_type(word).is_none()
    };
    names.retain(is_name);
    (0..PLACES).map(|_| names[(random.next_u64() % names.len() as u64) as usize]).collect()
}

/// Each so manieth word of the queries is changed.
const STEP: usize = 7;

#[test]
fn fixes_take_away_what_they_are_for() {
    let mut fixed: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=FIXED_SCHEMAS {
        let drawn = Drawn::of_seed(seed);
        let all = words(&drawn.queries);
        for (index, (at, word)) in all.iter().enumerate().step_by(STEP) {
            let other = all[(index * 31 + 17) % all.len()].1;
            for replacement in [format!("{word}x"), other.to_owned()] {
                let mut queries = drawn.queries.clone();
                queries.replace_range(*at..at + word.len(), &replacement);
                let broken = Drawn { schema: drawn.schema.clone(), queries };
                let host = broken.host();
                let before = found_in_queries(&host);
                if before.iter().any(|(code, _)| *code == "ORM001") {
                    continue;
                }
                let analysis = host.analysis();
                let fixes = analysis.quick_fixes(QUERIES, 0..broken.queries.len()).expect("nobody edits");
                for fix in fixes.into_iter().filter(|it| it.diagnostic.severity == Severity::Error) {
                    let finding = (fix.diagnostic.rule().code, fix.diagnostic.message().to_owned());
                    let mut edits = fix.fix.edits.clone();
                    edits.sort_by_key(|it| (it.path.clone(), it.range.start));
                    let after =
                        broken.with(edits.iter().map(|it| (&*it.path, it.range.clone(), it.replacement.as_str())));
                    let left = found_in_queries(&after.host());
                    let count = |all: &[_]| all.iter().filter(|it| **it == finding).count();
                    let context = || format!("{finding:?}: {}, seed {seed}:\n{}", fix.fix.title, after.queries);
                    assert!(count(&left) < count(&before), "{}", context());
                    assert!(left.iter().all(|(code, _)| *code != "ORM001"), "{}", context());
                    *fixed.entry(finding.0).or_default() += 1;
                }
            }
        }
    }
    assert!(fixed.len() > 10, "few rules were fixed: {fixed:?}");
}

/// The code of each rule that finds something in the queries, and what it says; without what only costs speed.
fn found_in_queries(host: &AnalysisHost) -> Vec<(&'static str, String)> {
    let found = host.workspace().findings(QUERIES);
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| (it.rule().code, it.message().to_owned())).collect()
}

/// Names of tables, columns and values of enums.
fn names(text: &str, random: &mut impl Rng) -> Vec<usize> {
    let source = Source::parse(text);
    let mut names = Vec::new();
    for declaration in source.declarations() {
        let item = declaration.item();
        names.extend(item.name.iter().map(|it| declaration.span(it.anchor).start));
        names.extend(item.values.iter().map(|it| declaration.span(it.name.anchor).start));
        names.extend(item.members.iter().filter_map(|it| match it {
            Member::Column(it) => Some(declaration.span(it.name.anchor).start),
            Member::Spread(_) | Member::Item(_) => None,
        }));
    }
    (0..PLACES).map(|_| names[(random.next_u64() % names.len() as u64) as usize]).collect()
}
