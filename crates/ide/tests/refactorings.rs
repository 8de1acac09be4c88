//! Refactorings of random schemas: whatever is offered at a random place makes no error, keeps the format of a file, and,
//! where it only says the same otherwise, the DDL of both databases.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use orm_engine::ddl;
use orm_ide::{Analysis, AnalysisHost, FileEdit, Severities, Severity};
use orm_model::{Dialect, Targets};
use orm_schema_lang::{Source, format::format_text, item::DeclarationKind};
use orm_testkit::generator::{self, query::rng};
use proptest::{
    prelude::Rng,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, TestRunner},
};

const PATH: &str = "schema.orm";

/// So many schemas are drawn, and places in each.
const SCHEMAS: u64 = 60;
const PLACES: usize = 6;

fn host(text: &str, targets: &Targets) -> AnalysisHost {
    let mut host = AnalysisHost::new(targets.clone(), Severities::new());
    host.workspace_mut().open(PATH, text);
    host
}

/// The codes of the errors.
fn errors(analysis: &Analysis) -> BTreeSet<&'static str> {
    let found = analysis.diagnostics(PATH).expect("nobody edits");
    found.iter().filter(|it| it.severity == Severity::Error).map(|it| it.rule().code).collect()
}

fn applied(text: &str, edits: &[FileEdit]) -> String {
    let mut text = text.to_owned();
    let mut end = text.len();
    for it in edits.iter().rev() {
        assert!(it.range.end <= end, "edits overlap: {edits:#?}");
        end = it.range.start;
        text.replace_range(it.range.clone(), &it.replacement);
    }
    text
}

/// The DDL of a dialect, line by line in any order: where an index stands among the others says nothing.
fn ddl_lines(host: &AnalysisHost, targets: &Targets, dialect: Dialect) -> Vec<String> {
    let text = ddl::text(&ddl::create(&host.workspace().schema(), targets, dialect));
    let mut lines: Vec<_> = text.lines().map(|it| it.trim_end_matches(',').to_owned()).collect();
    lines.sort_unstable();
    lines
}

/// What is offered so that the schema stays what it is.
fn keeps_meaning(id: &str) -> bool {
    ["extract_mixin", "inline_mixin", "sort_members", "split_suppression"].iter().any(|it| id.starts_with(it))
}

#[track_caller]
fn check(text: &str, targets: &Targets, range: &Range<usize>, done: &mut BTreeMap<String, usize>) {
    let host = host(text, targets);
    let analysis = host.analysis();
    let before = errors(&analysis);
    for offered in analysis.refactorings(PATH, range.clone()).expect("nobody edits") {
        let edits = analysis.refactoring_edits(PATH, range.clone(), &offered.id).expect("nobody edits");
        assert_eq!(edits.is_none(), offered.disabled.is_some(), "{offered:?} at {range:?} of\n{text}");
        let Some(edits) = edits else { continue };
        assert!(!edits.is_empty(), "{offered:?} at {range:?} of\n{text}");
        let after = applied(text, &edits);
        let context = || format!("{} at {range:?} of\n{text}\n--- gives\n{after}", offered.id);
        let changed = self::host(&after, targets);
        let found = errors(&changed.analysis());
        // What a mixin gets wrong is told in each table once it stands there.
        let new = found.difference(&before).next();
        assert!(new.is_none(), "{new:?}: {}", context());
        let formatted = format_text(&after);
        assert_eq!(format_text(&formatted), formatted, "{}", context());
        if format_text(text) == text {
            assert_eq!(formatted, after, "{}", context());
        }
        if keeps_meaning(&offered.id) && before.is_empty() {
            for dialect in targets.dialects() {
                let (old, new) = (ddl_lines(&host, targets, dialect), ddl_lines(&changed, targets, dialect));
                assert_eq!(old, new, "{dialect}: {}", context());
            }
        }
        *done.entry(offered.id.split('.').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
}

/// A place in a text: mostly in a declaration with members, half of them selections.
fn place(text: &str, random: &mut impl Rng) -> Range<usize> {
    let mut number = |most: usize| (random.next_u64() % most.max(1) as u64) as usize;
    let source = Source::parse(text);
    let declarations: Vec<_> = source
        .declarations()
        .iter()
        .filter(|it| matches!(it.item().kind, DeclarationKind::Table | DeclarationKind::Mixin))
        .collect();
    let Some(declaration) = declarations.get(number(declarations.len())) else { return 0..0 };
    let members = &declaration.item().members;
    if members.is_empty() || number(6) == 0 {
        let start = declaration.item().name.as_ref().map_or(0, |it| declaration.span(it.anchor).start);
        return start..start;
    }
    let first = number(members.len());
    let start = declaration.span(members[first].anchor()).start;
    if number(2) == 0 {
        return start..start;
    }
    let last = first + number(members.len() - first);
    start..declaration.span(members[last].anchor()).end
}

#[test]
fn refactorings_of_random_schemas_make_no_error() {
    let mut done = BTreeMap::new();
    for seed in 1..=SCHEMAS {
        let mut random = rng(seed);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng(seed));
        let pair = generator::pair().new_tree(&mut runner).expect("a schema").current();
        let text = if seed % 3 == 0 { pair.before } else { format_text(&pair.before) };
        for _ in 0..PLACES {
            check(&text, &pair.targets, &place(&text, &mut random), &mut done);
        }
    }
    for id in ["extract_mixin", "inline_mixin", "sort_members", "make_nullable", "make_not_null", "generate_query"] {
        assert!(done.contains_key(id), "{id} was never offered: {done:#?}");
    }
}
