//! The next migration file, from the schema. A pure function: no disk, no clock.

use chrono::{DateTime, Utc};
use orm_model::{Column, Dialect, Renames, Schema, Table, Targets};

use super::{
    file::Direction,
    name::MigrationName,
    problem::FileProblem,
    render::{Draft, Section, render},
    set::Migrations,
};
use crate::{
    diff::{Change, diff},
    plan::{Plan, plan, plan_back},
};

/// How many changes are told; all of them stand in the file.
const MAXIMUM_TOLD: usize = 50;

/// The answer where [nothing](Creation::NothingChanged) is to be written.
pub const NOTHING_CHANGED: &str = "nothing changed";

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The schema as it shall be, checked.
    pub schema: &'a Schema,
    /// The databases to write SQL for.
    pub targets: &'a Targets,
    /// What the migration is called.
    pub title: &'a str,
    /// Whether it may throw data away.
    pub accept_data_loss: bool,
    /// Whether it is for SQL by hand: it gets empty sections, and leaves the model as it is.
    pub empty: bool,
    /// The time.
    pub now: DateTime<Utc>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Creation {
    /// The migrations make this schema already; there is nothing to write.
    NothingChanged,
    /// It would throw away data, and nobody said that it may: a line each, ordered; then which of it looks like a rename,
    /// and how to say so.
    DataLoss(Vec<String>),
    /// A file to write.
    New(NewMigration),
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMigration {
    /// Its name.
    pub name: MigrationName,
    /// Its text.
    pub text: String,
    /// What it does to the model, a line each.
    pub changes: Vec<String>,
    /// What it throws away, a line each.
    pub data_loss: Vec<String>,
    /// What a person must fill in before it can run.
    pub unsupported: Vec<Gap>,
}

impl NewMigration {
    /// What a person is told of it: its changes, what it loses, what is to be filled in, a line each.
    pub fn notes(&self) -> Vec<String> {
        let changes = self.changes.iter().take(MAXIMUM_TOLD).map(|it| format!("  {it}"));
        let untold = self.changes.len().saturating_sub(MAXIMUM_TOLD);
        let rest = (untold > 0).then(|| format!("  and {untold} more changes"));
        let losses = self.data_loss.iter().map(|loss| format!("Loses data: {loss}"));
        let gaps = self.unsupported.iter();
        let gaps = gaps.map(|gap| format!("To fill in ({} {}): {}", gap.dialect, gap.direction.name(), gap.reason));
        changes.chain(rest).chain(losses).chain(gaps).collect()
    }
}

/// Why nothing was written that loses data.
pub fn data_loss_message(losses: &[String]) -> String {
    let lines: String = losses.iter().map(|loss| format!("\n  {loss}")).collect();
    format!("this migration would lose data:{lines}")
}

/// What a person is told of orders `@was(…)` in `schema` that rename nothing, a line each.
pub fn stale_orders(migrations: &Migrations, schema: &Schema) -> Vec<String> {
    let replayed = migrations.replay().unwrap_or_default();
    let told = |order| format!("{order} renames nothing, as no migration made that name: it can be removed");
    Renames::stale(&replayed, schema).into_iter().map(told).collect()
}

/// What a person must fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The dialect of the section.
    pub dialect: Dialect,
    /// Its direction.
    pub direction: Direction,
    /// What cannot be done, why, and what to do instead.
    pub reason: String,
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// The title makes no file name.
    #[error("`{0}` makes no name of a migration: it needs a letter or a digit (a-z, 0-9)")]
    Title(String),
    /// The migrations do not fit together.
    #[error(transparent)]
    Replay(#[from] FileProblem),
    /// A change that cannot be written; a defect of this crate.
    #[error("a change cannot be written as JSON: {0}")]
    Json(String),
}

/// The migration that leads from the state of `migrations` to the requested schema.
pub fn create(migrations: &Migrations, request: &Request<'_>) -> Result<Creation, CreateError> {
    let before = migrations.replay()?;
    let after = if request.empty { &before } else { request.schema };
    let changes = diff(&before, after);
    let plans = plans(&before, after, request.targets);
    if !request.empty && plans.iter().all(|it| it.plan.is_empty()) {
        return Ok(Creation::NothingChanged);
    }
    let data_loss = data_loss(&plans);
    if !data_loss.is_empty() && !request.accept_data_loss {
        let offers = offers(&before, after);
        return Ok(Creation::DataLoss(data_loss.into_iter().chain(offers).collect()));
    }
    let last = migrations.iter().last().map(|it| &it.name);
    let name = MigrationName::new(request.title, request.now, last)
        .ok_or_else(|| CreateError::Title(request.title.to_owned()))?;
    let draft = Draft {
        parents: migrations.heads().iter().map(|it| (it.name.to_string(), it.content.clone())).collect(),
        data_loss: data_loss.clone(),
        sections: plans.iter().map(|it| it.section(request.empty)).collect(),
        changes: changes.iter().map(line).collect::<Result<_, _>>()?,
    };
    Ok(Creation::New(NewMigration {
        name,
        text: render(&draft),
        changes: changes.iter().map(ToString::to_string).collect(),
        data_loss,
        unsupported: plans.iter().flat_map(SectionPlan::gaps).collect(),
    }))
}

/// A section's plan.
struct SectionPlan {
    dialect: Dialect,
    direction: Direction,
    plan: Plan,
}

fn plans(before: &Schema, after: &Schema, targets: &Targets) -> Vec<SectionPlan> {
    let of = |dialect| {
        let up = SectionPlan { dialect, direction: Direction::Up, plan: plan(before, after, targets, dialect) };
        let down =
            SectionPlan { dialect, direction: Direction::Down, plan: plan_back(before, after, targets, dialect) };
        [up, down]
    };
    targets.dialects().flat_map(of).collect()
}

/// What the `up` sections throw away, in any database. That `down` throws away what `up` brought is its purpose.
fn data_loss(plans: &[SectionPlan]) -> Vec<String> {
    let ups = plans.iter().filter(|it| it.direction == Direction::Up);
    let mut losses: Vec<_> = ups.flat_map(|it| &it.plan.data_loss).map(ToString::to_string).collect();
    losses.sort();
    losses.dedup();
    losses
}

/// What looks like a rename: a table or column that goes, and one that comes and could be the same.
fn offers(before: &Schema, after: &Schema) -> Vec<String> {
    let (tables, new_tables) = (&before.tables, &after.tables);
    let mut offers = Vec::new();
    for old in tables.values().filter(|it| !new_tables.contains_key(&it.name)) {
        let fresh = new_tables.values().filter(|it| it.was.is_none() && !tables.contains_key(&it.name));
        offers.extend(fresh.filter(|new| look_alike(old, new)).map(|new| {
            format!("if table {} was {} before, write `@was({})` behind its name", new.name, old.name, declared(old))
        }));
    }
    for (old, new) in tables.values().filter_map(|it| Some((it, new_tables.get(&it.name)?))) {
        for gone in old.columns.iter().filter(|it| new.column(&it.name).is_none()) {
            let fresh = new.columns.iter().filter(|it| it.was.is_none() && old.column(&it.name).is_none());
            offers.extend(fresh.filter(|it| it.column_type == gone.column_type).map(|it| {
                let (column, was) = (&it.name, gone.declared_name());
                format!(
                    "if column {column} of table {} was {} before, write `@was({was})` behind it",
                    new.name, gone.name
                )
            }));
        }
    }
    offers
}

/// Whether two tables share most of their columns.
fn look_alike(old: &Table, new: &Table) -> bool {
    let is_shared = |it: &&Column| new.column(&it.name).is_some_and(|other| other.column_type == it.column_type);
    old.columns.iter().filter(is_shared).count() * 2 > old.columns.len().max(new.columns.len())
}

fn declared(table: &Table) -> String {
    table.declared_name.clone().unwrap_or_else(|| table.name.to_string())
}

impl SectionPlan {
    fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
        let (dialect, direction) = (self.dialect, self.direction);
        self.plan.unsupported.iter().map(move |it| Gap { dialect, direction, reason: it.to_string() })
    }

    fn section(&self, empty: bool) -> Section {
        let note = match (empty, self.direction) {
            (true, Direction::Up) => "Write the SQL here, each statement ending in `;`.",
            (true, Direction::Down) => "Write here the SQL that takes it back.",
            (false, _) => "Nothing to do.",
        };
        Section {
            dialect: self.dialect,
            direction: self.direction,
            statements: self.plan.statements.iter().map(|it| (it.sql.clone(), it.note.clone())).collect(),
            unsupported: self.plan.unsupported.iter().map(ToString::to_string).collect(),
            note,
        }
    }
}

fn line(change: &Change) -> Result<String, CreateError> {
    serde_json::to_string(change).map_err(|error| CreateError::Json(error.to_string()))
}
