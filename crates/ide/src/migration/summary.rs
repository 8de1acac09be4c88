//! What statements do and cost, in a line.

use orm_engine::plan::{Action, Cost, DatabaseObject, PartKind, Statement, Subject};

use super::statements::PlanPart;

/// As many things are named; of more they are counted.
const NAMED: usize = 3;

/// Something with what becomes of it.
struct Fate<'p> {
    /// The whole stands before its parts, columns before what is made of them, and views behind what they read.
    rank: (bool, Option<PartKind>),
    kind: &'static str,
    name: &'p str,
    action: Action,
    /// Whether it goes and comes back.
    is_rebuilt: bool,
}

/// `+column nickname, rebuilds index by_name, instant`
pub(super) fn of_declaration(part: &PlanPart<'_>) -> String {
    // A part that can't go so that another one comes should become that one.
    let replaced = |it: &Subject| it.part.is_some() && it.action == Action::Drop;
    let wanted = |it: &Subject| Subject { action: if replaced(it) { Action::Change } else { it.action }, ..it.clone() };
    let impossible = part.unsupported.iter().filter_map(|it| it.about.as_deref()).map(wanted);
    let subjects: Vec<_> = part.statements.iter().filter_map(|it| it.about.clone()).chain(impossible).collect();
    let names: Vec<_> = subjects.iter().map(|it| it.object.name()).collect();
    let fates = fates(&subjects, &names);
    let mut told = if fates.len() <= NAMED { named(&fates) } else { counted(&fates) };
    told.extend(verdict(part));
    if told.is_empty() { "no statement".to_owned() } else { told.join(", ") }
}

/// `5 statements, rewrites the table, blocks reads and writes`
pub(super) fn of_whole(part: &PlanPart<'_>) -> String {
    let mut told = match part.statements.len() {
        0 => Vec::new(),
        1 => vec!["1 statement".to_owned()],
        count => vec![format!("{count} statements")],
    };
    told.extend(verdict(part));
    if told.is_empty() { "no statement".to_owned() } else { told.join(", ") }
}

/// What it costs, what it loses, and what is not possible.
fn verdict(part: &PlanPart<'_>) -> Vec<String> {
    let mut told = Vec::new();
    if !part.statements.is_empty() {
        let cost = part.statements.iter().map(|it| it.cost).fold(Cost::INSTANT, Cost::max);
        // What is not possible is not instant, whatever is done beside it.
        if cost != Cost::INSTANT || part.unsupported.is_empty() {
            told.push(cost.to_string());
        }
    }
    if part.statements.iter().any(|it| may_fail(it)) {
        told.push("may fail".to_owned());
    }
    if !part.data_loss.is_empty() {
        told.push("loses data".to_owned());
    }
    if !part.unsupported.is_empty() {
        told.push("not possible in place".to_owned());
    }
    told
}

/// Whether the rows that are there can make a statement fail: its note says when.
fn may_fail(statement: &Statement) -> bool {
    statement.note.as_ref().is_some_and(|note| note.split("; ").any(|it| it.starts_with("fails ")))
}

/// What becomes of each thing. Comments go without saying, beside anything else.
fn fates<'p>(subjects: &'p [Subject], objects: &'p [String]) -> Vec<Fate<'p>> {
    let mut fates: Vec<Fate<'p>> = Vec::new();
    let is_comment = |it: &Subject| it.part.as_ref().is_some_and(|it| it.kind == PartKind::Comment);
    let has_other = subjects.iter().any(|it| !is_comment(it));
    for (subject, object) in subjects.iter().zip(objects).filter(|(it, _)| !has_other || !is_comment(it)) {
        let (kind, name) = match &subject.part {
            Some(part) => (part.kind.title(), part.name.as_str()),
            None => (subject.object.kind(), object.as_str()),
        };
        match fates.iter_mut().find(|it| (it.kind, it.name) == (kind, name)) {
            None => {
                let is_view = matches!(subject.object, DatabaseObject::View(_));
                let rank = (is_view, subject.part.as_ref().map(|it| it.kind));
                fates.push(Fate { rank, kind, name, action: subject.action, is_rebuilt: false });
            }
            Some(known) if known.action == Action::Drop && subject.action == Action::Add => known.is_rebuilt = true,
            Some(_) => {}
        }
    }
    fates.sort_by_key(|it| it.rank);
    fates
}

fn named(fates: &[Fate<'_>]) -> Vec<String> {
    let named = fates.iter().map(|it| {
        let name = if it.name.is_empty() { String::new() } else { format!(" {}", it.name) };
        format!("{}{}{name}", word(it), it.kind)
    });
    named.collect()
}

/// `+4 columns`
fn counted(fates: &[Fate<'_>]) -> Vec<String> {
    let mut counts: Vec<(&'static str, &'static str, usize)> = Vec::new();
    for it in fates {
        let word = word(it);
        match counts.iter_mut().find(|(other, kind, _)| (*other, *kind) == (word, it.kind)) {
            Some((.., count)) => *count += 1,
            None => counts.push((word, it.kind, 1)),
        }
    }
    let counted = counts.into_iter().map(|(word, kind, count)| match count {
        1 => format!("{word}1 {kind}"),
        _ => format!("{word}{count} {}", plural(kind)),
    });
    counted.collect()
}

const fn word(fate: &Fate<'_>) -> &'static str {
    match (fate.is_rebuilt, fate.action) {
        (true, _) => "rebuilds ",
        (false, Action::Add) => "+",
        (false, Action::Drop) => "-",
        (false, Action::Change) => "changes ",
        (false, Action::Rename) => "renames ",
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "index" => "indexes".to_owned(),
        "row deletion" | "interleaving" => kind.to_owned(),
        _ => format!("{kind}s"),
    }
}
