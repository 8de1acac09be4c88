//! The documentation of a rule in parts: prose and examples.

use chrono::NaiveDate;
use orm_model::{Dialect, Targets};

use super::{Oracle, Rule, Severities, Severity};
use crate::{Workspace, workspace::FileFix};

/// What the file of an example is called.
const EXAMPLE: &str = "schema.orm";

/// A part of the documentation of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Paragraphs of Markdown.
    Prose(String),
    /// A schema.
    Example(Example),
    /// What stands for the bad example above it: SQL that its database refuses.
    Refused(Statements),
}

/// The SQL that a bad example would be, where the SQL that is made of it leaves out what the database does not have, or
/// none is made. Tests execute it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements {
    /// The database that refuses one of them.
    pub dialect: Dialect,
    /// The statements, with `;` at the ends of lines between them.
    pub text: String,
}

impl Statements {
    /// Each statement.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.text.split(";\n").map(str::trim).filter(|it| !it.is_empty())
    }
}

/// A schema in the documentation of a rule. Tests execute it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule has nothing to say about it.
    pub is_good: bool,
    /// The version of PostgreSQL that it is for, if that matters: `postgres-14` behind `orm,bad`.
    pub postgres: Option<u32>,
    /// Whether it is for PostgreSQL alone: `only-postgres` behind `orm,bad`.
    pub only_postgres: bool,
    /// The text, with a line end.
    pub text: String,
}

impl Example {
    /// What it is for behind its heading, where that is not both databases in the version that is assumed.
    pub fn targets_title(&self) -> String {
        let parts = match (self.only_postgres, self.postgres) {
            (false, None) => return String::new(),
            (false, Some(version)) => format!("PostgreSQL {version}"),
            (true, None) => "PostgreSQL alone".to_owned(),
            (true, Some(version)) => format!("PostgreSQL {version} alone"),
        };
        format!(" ({parts})")
    }

    /// The databases that it is for.
    pub fn targets(&self) -> Targets {
        let mut targets = Targets::default();
        if let (Some(version), Some(postgres)) = (self.postgres, &mut targets.postgres) {
            postgres.version = version;
        }
        if self.only_postgres {
            targets.spanner = None;
        }
        targets
    }
}

impl Rule {
    /// The documentation below its title.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut prose = String::new();
        let refused = |line: &str| line.strip_prefix("```sql,").and_then(|name| name.parse::<Dialect>().ok());
        let mut lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).skip(1);
        while let Some(line) = lines.next() {
            if let Some(dialect) = refused(line) {
                push_prose(&mut parts, &mut prose);
                let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
                parts.push(Part::Refused(Statements { dialect, text }));
                continue;
            }
            match line.strip_prefix("```orm,") {
                Some(marks) => {
                    push_prose(&mut parts, &mut prose);
                    let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n"));
                    parts.push(Part::Example(example(marks, text.collect())));
                }
                None => {
                    prose += line;
                    prose += "\n";
                }
            }
        }
        push_prose(&mut parts, &mut prose);
        parts
    }

    /// The examples, in order.
    pub fn examples(&self) -> impl Iterator<Item = Example> {
        self.parts().into_iter().filter_map(|part| match part {
            Part::Example(example) => Some(example),
            Part::Prose(_) | Part::Refused(_) => None,
        })
    }

    /// The bad examples, each with the SQL that stands for it.
    pub fn bad_examples(&self) -> Vec<(Example, Vec<Statements>)> {
        let mut examples: Vec<(Example, Vec<Statements>)> = Vec::new();
        for part in self.parts() {
            match (part, examples.last_mut()) {
                (Part::Example(example), _) => examples.push((example, Vec::new())),
                (Part::Refused(statements), Some((_, of))) => of.push(statements),
                _ => {}
            }
        }
        examples.retain(|(example, _)| !example.is_good);
        examples
    }

    /// Its page as Markdown; `docs` is where the other pages of the documentation are.
    pub fn markdown(&self, docs: &str) -> String {
        let mut page = format!("# {} {}\n\n{}.\n\n", self.code, self.slug, self.title());
        page += &format!("Severity: {}. {}\n", self.severity.name(), self.oracle_sentence());
        for part in self.parts() {
            match part {
                Part::Prose(text) => page += &format!("\n{text}"),
                Part::Example(example) => {
                    let (heading, mark) = if example.is_good { ("Right", "good") } else { ("Wrong", "bad") };
                    let mut marks = mark.to_owned();
                    marks.extend(example.postgres.map(|it| format!(",postgres-{it}")));
                    if example.only_postgres {
                        marks += ",only-postgres";
                    }
                    let targets = example.targets_title();
                    page += &format!("\n{heading}{targets}:\n\n```orm,{marks}\n{}```\n", example.text);
                }
                Part::Refused(statements) => {
                    page += &format!("\n{} refuses:\n\n```sql\n{}```\n", statements.dialect.title(), statements.text);
                }
            }
        }
        page + &format!("\n{}\n\n{}\n", self.quick_fixes(), self.how_to_silence(docs))
    }

    /// The edits that are offered for its examples, each title once.
    pub fn fixes(&self) -> Vec<FileFix> {
        let mut fixes: Vec<FileFix> = Vec::new();
        for example in self.examples().filter(|it| !it.is_good) {
            let mut workspace = Workspace::new(example.targets(), Severities::new());
            // After every day that an example names.
            workspace.set_today(Some(NaiveDate::MAX));
            workspace.open(EXAMPLE, example.text.as_str());
            let found = workspace.diagnostics(EXAMPLE).into_iter().filter(|it| it.rule == self);
            for fix in found.flat_map(|it| it.fixes) {
                if fixes.iter().all(|it| it.title != fix.title) {
                    fixes.push(fix);
                }
            }
        }
        fixes
    }

    /// What an editor offers, told by its examples.
    fn quick_fixes(&self) -> String {
        let title = |it: &FileFix| match it.is_safe {
            true => format!("{} (so does `orm check --fix`)", it.title),
            false => it.title.clone(),
        };
        match self.fixes().as_slice() {
            [] => "No edit is offered for the examples: only the writer knows what is meant.".to_owned(),
            [fix] => format!("Quick fix of the example: {}.", title(fix)),
            fixes => format!(
                "Quick fixes of the examples:\n\n- {}",
                fixes.iter().map(title).collect::<Vec<_>>().join("\n- ")
            ),
        }
    }

    fn how_to_silence(&self, docs: &str) -> String {
        let page = format!("{docs}/checking.md#accepting-a-finding");
        if self.severity == Severity::Error {
            return format!("It is always an error: neither `[lint]` nor a [comment]({page}) silences it.");
        }
        format!(
            "To accept one place: `// orm-allow {}: REASON` ([how]({page})). To set it for the project: `{} = \"off\"` in \
             `[lint]` of `orm.toml`.",
            self.code, self.slug
        )
    }

    /// Who says that it is wrong, in a sentence.
    pub fn oracle_sentence(&self) -> String {
        match self.oracle {
            Oracle::Language => "What it finds has no meaning, so no SQL can be made of it.".to_owned(),
            Oracle::Databases([only]) => format!("{} refuses what it finds.", only.title()),
            Oracle::Databases(databases) => {
                let titles: Vec<_> = databases.iter().map(|it| it.title()).collect();
                format!("{} refuses what it finds.", titles.join(" or "))
            }
            Oracle::Policy => "It is a policy: databases take what it finds, and somebody may regret it.".to_owned(),
        }
    }
}

fn push_prose(parts: &mut Vec<Part>, prose: &mut String) {
    let text = std::mem::take(prose);
    if !text.trim().is_empty() {
        parts.push(Part::Prose(text.trim().to_owned() + "\n"));
    }
}

fn example(marks: &str, text: String) -> Example {
    let postgres = marks.split(',').find_map(|mark| mark.strip_prefix("postgres-")?.parse().ok());
    let only_postgres = marks.split(',').any(|mark| mark == "only-postgres");
    Example { is_good: marks.starts_with("good"), postgres, only_postgres, text }
}
