//! What is told while migrations run: a bar for a person who watches, lines for a log.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use orm_engine::migrate::{Direction, Event};

use crate::output::Output;

/// The display of one run.
pub(crate) struct Progress {
    output: Output,
    bar: Option<ProgressBar>,
    finished: Vec<String>,
}

impl Progress {
    pub(crate) fn new(output: Output) -> Self {
        Progress { output, bar: output.is_watched().then(bar), finished: Vec::new() }
    }

    /// The migrations that came to their end, also when a later one failed.
    pub(crate) fn into_finished(self) -> Vec<String> {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.finished
    }

    /// Shows an event.
    pub(crate) fn show(&mut self, event: &Event<'_>) {
        match event {
            Event::WaitingForLock { holder, waited } => self.say(&waiting(*holder, *waited)),
            Event::Started { migration, direction, statements, already_done, late } => {
                self.say(&started(migration, *direction, *statements, *already_done, *late));
                self.advance(*already_done, *statements);
            }
            Event::Running { number, total, statement, .. } => self.running(*number, *total, statement),
            Event::Progress { done, total, .. } => self.advance(*done, *total),
            Event::Finished { migration, duration, .. } => {
                self.finished.push((*migration).to_owned());
                self.detail(&format!("  {migration} took {}", seconds(*duration)));
            }
            Event::Notice { severity, message } => self.say(&format!("  {severity}: {message}")),
            // Events are told, never acted upon, so one that is new here may go untold.
            _ => {}
        }
    }

    fn running(&self, number: usize, total: usize, statement: &str) {
        let line = statement.lines().next().unwrap_or_default();
        match &self.bar {
            Some(bar) => bar.set_message(line.to_owned()),
            None => self.output.detail(&format!("  {number}/{total} {line}")),
        }
    }

    fn advance(&self, done: usize, total: usize) {
        if let Some(bar) = &self.bar {
            bar.set_style(style("{spinner} {pos}/{len} {wide_msg}"));
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    }

    fn say(&self, text: &str) {
        self.above(|| self.output.note(text));
    }

    fn detail(&self, text: &str) {
        self.above(|| self.output.detail(text));
    }

    /// Writes where the bar does not overwrite it.
    fn above(&self, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// Before there is anything to count, it says what it waits for.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_style(style("{spinner} {wide_msg}")).with_message("Connecting");
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

fn started(migration: &str, direction: Direction, statements: usize, already_done: usize, late: bool) -> String {
    let verb = match (direction, already_done) {
        (Direction::Up, 0) => "Applying",
        (Direction::Down, 0) => "Taking back",
        (Direction::Up, _) => "Going on with applying",
        (Direction::Down, _) => "Going on with taking back",
    };
    let plural = if statements == 1 { "statement" } else { "statements" };
    let done = if already_done == 0 { String::new() } else { format!(", {already_done} done in an earlier run") };
    let late = if late { ", late: newer ones were applied before" } else { "" };
    format!("{verb} {migration} ({statements} {plural}{done}{late})")
}

fn waiting(holder: Option<&str>, waited: Duration) -> String {
    let holder = holder.map(|it| format!(" ({it})")).unwrap_or_default();
    format!("Waiting for another run{holder}, {} so far", seconds(waited))
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_says_what_is_left_of_it() {
        assert_eq!(started("1-a", Direction::Up, 1, 0, false), "Applying 1-a (1 statement)");
        assert_eq!(
            started("1-a", Direction::Up, 5, 2, true),
            "Going on with applying 1-a (5 statements, 2 done in an earlier run, late: newer ones were applied before)"
        );
    }

    #[test]
    fn waiting_names_who_holds_the_lock() {
        let text = waiting(Some("ann@laptop"), Duration::from_secs(5));
        assert_eq!(text, "Waiting for another run (ann@laptop), 5.0 s so far");
    }
}
