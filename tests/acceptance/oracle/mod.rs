//! What a database is the oracle of is asked of that database: a schema that a rule rejects for it is applied anyway.
//!
//! - Every bad example of such a rule is refused by one of the rule's databases, or the SQL that stands for it is by its own;
//!   every good example of every rule is taken by all of its targets.
//! - Random schemas around what each rule looks at, rejected by exactly one finding, of that rule: of each rule less than one
//!   in a hundred may be taken. As many as fit into the time: a minute with `CI=true`, else 15 seconds, or
//!   `ORM_FALSE_ALARM_SECONDS` (`cargo xtask false-alarms` sets it, and `ORM_FALSE_ALARM_REPORT`, the file of the table).
//!   Every ten seconds a line says how far it is.
//!
//! What no database of the tests can answer for is in `declared`, with the reason, and has to stay true.

mod declared;
mod site;

use std::{
    collections::BTreeMap,
    env, fs,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use declared::{DECLARED, Declared, Reason, declared_of};
use orm_model::{Dialect, Schema, Targets};
use orm_schema_lang::{
    FileDiagnostic, Rule, Severity, Workspace,
    diagnostics::{Example, Oracle, Severities, rules::RULES},
};
use orm_testkit::{databases, generator};
use proptest::strategy::{Strategy, ValueTree};
use site::Site;
pub(crate) use site::empty_again;

use crate::properties::{runner, seed};

/// The errors of a schema, and what it becomes nevertheless.
fn check(text: &str, targets: &Targets) -> (Vec<FileDiagnostic>, Schema) {
    let mut workspace = Workspace::new(targets.clone(), Severities::default());
    workspace.open("schema.orm", text);
    let mut errors = workspace.diagnostics("schema.orm");
    errors.retain(|it| it.severity == Severity::Error);
    (errors, workspace.schema())
}

const fn oracles(rule: &Rule) -> &'static [Dialect] {
    match rule.oracle {
        Oracle::Databases(dialects) => dialects,
        Oracle::Language | Oracle::Policy => &[],
    }
}

fn rules_with_oracles() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| !oracles(rule).is_empty())
}

/// PostgreSQL and Spanner; PGlite is a PostgreSQL.
fn sites() -> Option<[Site; 2]> {
    Some([Site::new(databases::postgres)?, Site::new(databases::spanner)?])
}

#[test]
fn refuses_every_bad_example() {
    let Some(mut sites) = sites() else { return };
    let mut complaints = Vec::new();
    for rule in rules_with_oracles() {
        for (example, refused) in rule.bad_examples() {
            let mut complain = |what: &str| {
                complaints.push(format!("{} {}: {what}:\n{}", rule.code, rule.slug, example.text));
            };
            for statements in &refused {
                let mut asked = sites.iter_mut().filter(|site| site.dialect() == statements.dialect);
                if asked.any(|site| site.send(statements).is_ok()) {
                    complain(&format!("{} takes the SQL:\n{}\nof", statements.dialect, statements.text));
                }
            }
            let declared = declared_in(rule, &example);
            let must_be_shown = matches!(declared.map(|it| it.reason), Some(Reason::NotWritten | Reason::EmulatorEnds));
            if must_be_shown && refused.is_empty() {
                complain("no SQL stands for it");
            }
            let is_taken = match declared.map(|it| it.reason) {
                Some(Reason::EmulatorEnds | Reason::OtherVersion) => continue,
                _ => is_taken(rule, &example, &mut sites),
            };
            match declared {
                None if is_taken && refused.is_empty() => complain("every oracle takes it"),
                Some(_) if !is_taken => complain("it is declared that no database refuses it, and one does"),
                _ => {}
            }
        }
    }
    assert!(complaints.is_empty(), "{}\n\n{}", complaints.len(), complaints.join("\n"));
}

/// What is declared of the finding that the example is there for.
fn declared_in(rule: &Rule, example: &Example) -> Option<&'static Declared> {
    let (errors, _) = check(&example.text, &example.targets());
    let found = errors.iter().filter(|it| it.rule.slug == rule.slug);
    found.filter_map(|it| declared_of(rule, &it.message)).next()
}

/// Whether no database refuses it that the rule says would.
fn is_taken(rule: &Rule, example: &Example, sites: &mut [Site; 2]) -> bool {
    let targets = example.targets();
    let (_, schema) = check(&example.text, &targets);
    let is_asked = |site: &&mut Site| oracles(rule).contains(&site.dialect()) && targets.includes(site.dialect());
    !sites.iter_mut().filter(is_asked).any(|site| site.apply(&schema, &targets).is_err())
}

#[test]
fn takes_every_good_example() {
    let Some([postgres, spanner]) = sites() else { return };
    let Some(pglite) = Site::new(databases::pglite) else { return };
    let mut sites = [postgres, pglite, spanner];
    let mut refused = Vec::new();
    for rule in RULES {
        for example in rule.examples().filter(|it| it.is_good) {
            let targets = example.targets();
            let (errors, schema) = check(&example.text, &targets);
            assert!(errors.is_empty(), "{}: {errors:?}", rule.code);
            for site in asked(&mut sites, &targets) {
                if let Err(failure) = site.apply(&schema, &targets) {
                    let (code, slug, dialect) = (rule.code, rule.slug, site.dialect());
                    refused.push(format!("{code} {slug}, {dialect}: {failure}\n{}", example.text));
                }
            }
        }
    }
    assert!(refused.is_empty(), "{} good examples are refused\n\n{}", refused.len(), refused.join("\n"));
}

/// Of each target the first database that is new enough. Of a PostgreSQL that none of them is there is nobody to ask.
fn asked<'a>(sites: &'a mut [Site; 3], targets: &Targets) -> Vec<&'a mut Site> {
    let wanted = targets.postgres.as_ref().map_or(0, |it| it.version);
    let mut asked: Vec<&mut Site> = Vec::new();
    for site in sites {
        let is_new = site.version.is_none_or(|version| version >= wanted);
        let is_first = asked.iter().all(|it| it.dialect() != site.dialect());
        if is_new && is_first && targets.includes(site.dialect()) {
            asked.push(site);
        }
    }
    asked
}

/// What no database can be asked about is provoked by no random schema; everything else is.
#[test]
fn every_rule_with_an_oracle_is_provoked_or_declared() {
    for rule in rules_with_oracles() {
        let is_declared = declared_of(rule, "").is_some();
        let is_provoked = generator::provoking(rule.slug).is_some();
        assert!(is_declared != is_provoked, "{} {}: {is_declared}, {is_provoked}", rule.code, rule.slug);
    }
    for it in DECLARED {
        assert!(rules_with_oracles().any(|rule| rule.slug == it.rule), "no database is the oracle of `{}`", it.rule);
    }
}

/// How often a rule's findings were tried, and how often no oracle of it refused the schema.
#[derive(Default)]
struct Count {
    tried: usize,
    taken: Vec<(u64, String)>,
}

type Counts = BTreeMap<&'static str, Count>;

/// Turns of each rule in CI: about a minute.
const TURNS: u64 = 24;

/// Draws for a rule in one turn, until one is rejected by it alone.
const DRAWS: u64 = 200;

#[test]
fn random_schemas_that_are_rejected_are_refused() {
    let (time, first) = (time(), seed());
    let progress = &Progress::new(time);
    let counts: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|lane| scope.spawn(move || lane_of(lane, first, progress))).collect();
        threads.into_iter().filter_map(|it| it.join().unwrap()).collect()
    });
    if counts.is_empty() {
        return;
    }
    let mut all = Counts::new();
    for (slug, count) in counts.into_iter().flatten() {
        let sum = all.entry(slug).or_default();
        sum.tried += count.tried;
        sum.taken.extend(count.taken);
    }
    report(&all);
    for (slug, (seed, text)) in all.iter().flat_map(|(slug, it)| it.taken.iter().map(move |it| (slug, it))) {
        eprintln!("{slug} is a false alarm with ORM_PROPERTY_SEED={seed}:\n{text}");
    }
    let alarms = all.iter().filter(|(_, it)| it.taken.len() * 100 > it.tried);
    let alarms: Vec<_> = alarms.map(|(slug, it)| format!("{slug}: {} of {}", it.taken.len(), it.tried)).collect();
    assert!(alarms.is_empty(), "more than one in a hundred rejected schemas are taken: {}", alarms.join(", "));
}

/// The share of each rule, as a table.
fn report(counts: &Counts) {
    let mut table = String::from("| Rule | Oracle | Rejected by it alone | Taken by the oracle | Share | Note |\n");
    table += "|---|---|---|---|---|---|\n";
    for rule in rules_with_oracles() {
        let (tried, taken) = counts.get(rule.slug).map_or((0, 0), |it| (it.tried, it.taken.len()));
        let names: Vec<_> = oracles(rule).iter().map(|it| it.title()).collect();
        let notes = DECLARED.iter().filter(|it| it.rule == rule.slug).map(|it| {
            let part = if it.message.is_empty() { String::new() } else { format!("“… {} …”: ", it.message) };
            part + &it.reason.title(it.note)
        });
        let share = match tried {
            0 => "–".to_owned(),
            _ => format!("{:.1} %", taken as f64 * 100.0 / tried as f64),
        };
        let (code, slug, oracles) = (rule.code, rule.slug, names.join(", "));
        let note = notes.collect::<Vec<_>>().join("; ");
        table += &format!("| {code} {slug} | {oracles} | {tried} | {taken} | {share} | {note} |\n");
    }
    eprintln!("{table}");
    if let Ok(path) = env::var("ORM_FALSE_ALARM_REPORT") {
        fs::write(path, table).expect("the table can be written");
    }
}

/// How far the lanes are, which share it.
struct Progress {
    start: Instant,
    /// How long; `None` for a number of turns.
    time: Option<Duration>,
    tried: AtomicUsize,
    taken: AtomicUsize,
    /// How many lines were written.
    lines: AtomicU64,
}

impl Progress {
    /// Seconds between two lines.
    const PERIOD: u64 = 10;

    fn new(time: Option<Duration>) -> Self {
        let [tried, taken] = [0, 0].map(AtomicUsize::new);
        Progress { start: Instant::now(), time, tried, taken, lines: AtomicU64::new(0) }
    }

    fn is_over(&self) -> bool {
        self.time.is_some_and(|it| self.start.elapsed() > it)
    }

    /// A schema was put to the databases.
    fn tell(&self, is_taken: bool) {
        let tried = self.tried.fetch_add(1, Relaxed) + 1;
        let taken = self.taken.fetch_add(is_taken.into(), Relaxed) + usize::from(is_taken);
        let seconds = self.start.elapsed().as_secs();
        if self.lines.fetch_max(seconds / Self::PERIOD, Relaxed) < seconds / Self::PERIOD {
            let of = self.time.map_or_else(String::new, |it| format!(" of {}", it.as_secs()));
            eprintln!("false alarms: {seconds}{of} seconds, {tried} schemas rejected, {taken} of them taken");
        }
    }
}

/// The seeds of one of two lanes, on databases of its own; the rules take turns.
fn lane_of(lane: u64, first: u64, progress: &Progress) -> Option<Counts> {
    let mut sites = sites()?;
    let mut counts = Counts::new();
    let rules: Vec<_> = rules_with_oracles().filter(|rule| generator::provoking(rule.slug).is_some()).collect();
    for turn in (lane..if progress.time.is_some() { u64::MAX } else { TURNS }).step_by(2) {
        for (number, rule) in (0..).zip(&rules) {
            let first = first.wrapping_add((turn * rules.len() as u64 + number) * DRAWS);
            let mut seeds = (first..).take(DRAWS as usize).take_while(|_| !progress.is_over());
            if let Some((seed, text, targets, message)) = seeds.find_map(|it| rejected(rule, it)) {
                let count = counts.entry(rule.slug).or_default();
                count.tried += 1;
                let (_, schema) = check(&text, &targets);
                let is_asked = |it: &&mut Site| oracles(rule).contains(&it.dialect()) && targets.includes(it.dialect());
                let is_taken = !sites.iter_mut().filter(is_asked).any(|site| site.apply(&schema, &targets).is_err());
                progress.tell(is_taken);
                if is_taken {
                    count.taken.push((seed, format!("{message}\n{text}")));
                }
            }
            if progress.is_over() {
                return Some(counts);
            }
        }
    }
    Some(counts)
}

/// The random schema of a seed, if a finding of the rule is its only error and a database can be asked about it. With one
/// finding it is known which rule has to answer for the rejection.
fn rejected(rule: &'static Rule, seed: u64) -> Option<(u64, String, Targets, String)> {
    let text = generator::provoking(rule.slug)?.new_tree(&mut runner(seed)).ok()?.current();
    let mut targets = Targets::default();
    // What one database alone refuses is mostly tried for it alone, where nothing else is against it.
    if !seed.is_multiple_of(4) {
        let is_oracle = |dialect| oracles(rule).contains(&dialect);
        targets.postgres = targets.postgres.filter(|_| is_oracle(Dialect::Postgres));
        targets.spanner = targets.spanner.filter(|_| is_oracle(Dialect::Spanner));
    }
    let (errors, _) = check(&text, &targets);
    let [error] = errors.as_slice() else { return None };
    let is_judged = error.rule.slug == rule.slug && declared_of(rule, &error.message).is_none();
    is_judged.then(|| (seed, text, targets, error.message.clone()))
}

/// How long; `None` in CI, where each rule has the same number of turns on any machine.
fn time() -> Option<Duration> {
    let seconds = env::var("ORM_FALSE_ALARM_SECONDS").map(|it| it.parse().expect("a number of seconds"));
    let is_ci = env::var("CI").is_ok_and(|it| it == "true");
    seconds.ok().or((!is_ci).then_some(15)).map(Duration::from_secs)
}
