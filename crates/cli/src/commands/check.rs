//! `orm check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use orm_project::Project;
use orm_schema_lang::Severity;

use crate::analysis::{Analysis, find_rule, is_in};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::findings::{self, Finding};
use crate::output::to_json;
use crate::session::Session;

mod fix;
mod github;
mod json;
mod sarif;
mod unchecked;

const EXAMPLES: &str = "\
Examples:
  orm check                     the whole project
  orm check schema/users.orm    show what is wrong in this file; the project is read all the same
  orm check --deny warnings     for CI: a warning fails too
  orm check --deny SP012        so does this diagnostic, whatever its severity
  orm check --fix               apply the fixes that nobody needs to look at, and say which
  orm check --format json       for programs; docs/cli.md says what it holds
  orm check --format sarif      SARIF 2.1.0, for code scanning
  orm check --format github     annotations of a GitHub workflow

`orm explain CODE` says more about a diagnostic.

Exit code 1 says that there is an error.";

/// Check the schema. No database is needed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArguments {
    /// Show what is wrong in these files or folders only.
    files: Vec<PathBuf>,

    /// Apply the safe fixes to the files that are checked, and show what is left.
    ///
    /// Safe: nothing else can have been meant, and neither DDL, queries nor stubs of what works change.
    #[arg(long)]
    fix: bool,

    /// Text for people, or what a program reads.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Take `warnings`, or the diagnostic with this code or name, for errors.
    #[arg(long, value_name = "WHAT")]
    deny: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Source lines with what is wrong.
    Text,
    /// An object that docs/cli.md describes.
    Json,
    /// Static Analysis Results Interchange Format 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

pub(crate) fn run(session: &Session, arguments: &CheckArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    tell_assumed_version(session, &project);
    let denied = Denied::read(&arguments.deny)?;
    let mut analysis = Analysis::of(&project)?;
    if arguments.fix {
        analysis = fix::apply(session, &project, analysis, &arguments.files)?;
    }
    let wanted = wanted(session, &project, &analysis, &arguments.files)?;
    let mut findings = findings::of(&analysis, |file| wanted.contains(&file.file.name.as_str()));
    findings.iter_mut().for_each(|finding| denied.apply(finding));
    let unchecked = unchecked::of(&analysis, |file| wanted.contains(&file.file.name.as_str()));
    match arguments.format {
        Format::Text => session.output.result(&findings::render(&findings, session.output.has_colors()))?,
        Format::Json => session.output.result(&to_json(&json::report(&findings, &unchecked, wanted.len()))?)?,
        Format::Sarif => session.output.result(&to_json(&sarif::log(&findings))?)?,
        Format::Github => session.output.result(&github::commands(&findings))?,
    }
    session.output.note(&summary(&findings, wanted.len()));
    if let Some(note) = unchecked::note(&unchecked) {
        session.output.note(&note);
    }
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if has_errors { Exit::Findings } else { Exit::Fine })
}

/// Says which version of PostgreSQL the schema is held to, where nobody has stated one.
fn tell_assumed_version(session: &Session, project: &Project) {
    if let Some(target) = project.config.targets.postgres.as_ref().filter(|it| !it.version_is_stated) {
        session.output.detail(&format!(
            "PostgreSQL {} is assumed, since `[targets] postgres` of orm.toml states no version; the embedded one is newer",
            target.version
        ));
    }
}

fn summary(findings: &[Finding<'_>], files: usize) -> String {
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    match findings::count(findings) {
        none if none.is_empty() => format!("{files} checked, nothing to say."),
        some => format!("{files} checked: {some}."),
    }
}

/// The names of the files to report: all of them, or those that are named.
fn wanted<'a>(
    session: &Session,
    project: &Project,
    analysis: &'a Analysis,
    paths: &[PathBuf],
) -> Result<Vec<&'a str>, Failure> {
    if paths.is_empty() {
        return Ok(analysis.files.iter().map(|file| file.file.name.as_str()).collect());
    }
    let mut wanted = Vec::new();
    for path in paths {
        let absolute = session.folder()?.join(path);
        let absolute = absolute.canonicalize().map_err(|error| Failure::file("read", path, &error))?;
        let before = wanted.len();
        wanted
            .extend(analysis.files.iter().filter(|it| is_in(&it.file.path, &absolute)).map(|it| it.file.name.as_str()));
        if wanted.len() == before {
            return Err(Failure::usage(format!("{} is no schema file of this project", path.display())).with_help(format!(
                "its files match `{}`; what .gitignore leaves out and folders with their own orm.toml are not part of it",
                project.config.schema_files.join("`, `")
            )));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    Ok(wanted)
}

/// What `--deny` says.
struct Denied {
    warnings: bool,
    codes: Vec<&'static str>,
}

impl Denied {
    fn read(texts: &[String]) -> Result<Self, Failure> {
        let is_warnings = |text: &&String| text.as_str() == "warnings";
        let rules = texts.iter().filter(|text| !is_warnings(text)).map(|text| find_rule(text).map(|rule| rule.code));
        Ok(Denied { warnings: texts.iter().any(|text| is_warnings(&text)), codes: rules.collect::<Result<_, _>>()? })
    }

    fn apply(&self, finding: &mut Finding<'_>) {
        if self.codes.contains(&finding.rule.code) || (self.warnings && finding.severity == Severity::Warning) {
            finding.severity = Severity::Error;
        }
    }
}
