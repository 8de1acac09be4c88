//! `orm explain`.

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use orm_schema_lang::diagnostics::{Example, Oracle, Part, rules};
use orm_schema_lang::{Rule, Severity};
use serde::Serialize;

use crate::analysis::find_rule;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::to_json;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  orm explain ORM010                  what the diagnostic means, with examples and what to do
  orm explain unknown-type            the same, by its name
  orm explain --list                  every diagnostic: code, name, severity, title
  orm explain --list --format json    for programs";

/// Explain a diagnostic.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArguments {
    /// The code or name of a diagnostic.
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    code: Option<String>,

    /// List every diagnostic, one a line.
    #[arg(long)]
    list: bool,

    /// Text for people, or JSON for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A rule as `--format json` gives it.
#[derive(Serialize)]
struct Entry {
    code: &'static str,
    slug: &'static str,
    severity: &'static str,
    title: &'static str,
    category: &'static str,
    /// `language`, `policy`, or the databases that refuse what it finds.
    oracle: Vec<&'static str>,
    url: String,
    /// Markdown.
    docs: String,
}

pub(crate) fn run(session: &Session, arguments: &ExplainArguments) -> Result<Exit, Failure> {
    let text = match (&arguments.code, arguments.format) {
        (Some(code), Format::Text) => page(find_rule(code)?),
        (Some(code), Format::Json) => to_json(&entry(find_rule(code)?))?,
        (None, Format::Text) => list(),
        (None, Format::Json) => to_json(&rules::all().into_iter().map(entry).collect::<Vec<_>>())?,
    };
    session.output.result(&text)?;
    Ok(Exit::Fine)
}

fn entry(rule: &'static Rule) -> Entry {
    Entry {
        code: rule.code,
        slug: rule.slug,
        severity: rule.severity.name(),
        title: rule.title(),
        category: rule.category().title(),
        oracle: match rule.oracle {
            Oracle::Language => vec!["language"],
            Oracle::Policy => vec!["policy"],
            Oracle::Databases(databases) => databases.iter().map(|it| it.name()).collect(),
        },
        url: rule.documentation_url(),
        docs: rule.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n").collect(),
    }
}

fn list() -> String {
    let rules = rules::all();
    let width = |of: fn(&Rule) -> usize| rules.iter().map(|rule| of(rule)).max().unwrap_or_default();
    let (code, slug) = (width(|it| it.code.len()), width(|it| it.slug.len()));
    let line = |rule: &&Rule| {
        let severity = rule.severity.name();
        format!("{:code$}  {:slug$}  {severity:7}  {}\n", rule.code, rule.slug, rule.title())
    };
    rules.iter().map(line).collect()
}

const TITLE: Style = Style::new().bold();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();

fn page(rule: &Rule) -> String {
    let severity = rule.severity.name();
    let mut page = format!("{TITLE}{} {}{TITLE:#} ({severity})\n\n{}.\n", rule.code, rule.slug, rule.title());
    for part in rule.parts() {
        match part {
            Part::Prose(text) => page += &format!("\n{text}"),
            Part::Example(example) => page += &shown(&example),
            Part::Refused(statements) => {
                page += &block(&format!("{} refuses", statements.dialect.title()), &statements.text);
            }
        }
    }
    page + &format!("\n{}\n{}\n\n{}\n", rule.oracle_sentence(), how_to_silence(rule), rule.documentation_url())
}

fn shown(example: &Example) -> String {
    let heading = if example.is_good { "Right" } else { "Wrong" };
    block(&format!("{heading}{}", example.targets_title()), &example.text)
}

fn block(heading: &str, text: &str) -> String {
    let lines = text.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n");
    format!("\n{HEADING}{heading}:{HEADING:#}\n{}", lines.collect::<String>())
}

fn how_to_silence(rule: &Rule) -> String {
    if rule.severity == Severity::Error {
        return "It is always an error: neither `[lint]` of orm.toml nor a comment silences it.".to_owned();
    }
    format!(
        "To accept one place, write `// orm-allow {}: REASON` above the line or at its end.\n\
         To set it for the project, write `{} = \"off\"` in `[lint]` of orm.toml, or \"hint\", \"warning\", \"error\".",
        rule.code, rule.slug
    )
}
