//! What was written of findings, kept from one keystroke to the next: of the thousands in a large file an edit changes few,
//! besides the lines that they stand in.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use orm_ide::{CheckFindings, Diagnostic, Severity};
use rustc_hash::FxHashMap;

/// What was written of the findings of each file, in the way of one client.
#[derive(Debug, Default)]
pub(crate) struct WrittenDiagnostics(Mutex<HashMap<Arc<str>, WrittenFile>>);

/// What was written of the findings of a file: by the address of the list that a check found. A keystroke looks each of them
/// up, and no address is made up by anybody: the hash is a quick one.
#[derive(Debug, Default)]
pub(super) struct WrittenFile(FxHashMap<usize, WrittenCheck>);

/// What was written of the findings of one check.
#[derive(Debug)]
struct WrittenCheck {
    /// Kept so that no other list gets its address.
    _findings: CheckFindings,
    texts: Vec<Option<Written>>,
}

/// What was written of a finding, with the severity that it had.
#[derive(Debug)]
struct Written {
    severity: Severity,
    text: String,
}

impl WrittenDiagnostics {
    /// Takes out what was written of a file. Who writes the same file at the same time writes all of it.
    pub(super) fn take(&self, path: &str) -> WrittenFile {
        self.files().remove(path).unwrap_or_default()
    }

    /// Keeps what was written of a file.
    pub(super) fn keep(&self, path: &str, written: WrittenFile) {
        if !written.0.is_empty() {
            self.files().insert(Arc::from(path), written);
        }
    }

    /// Files are gone: those that are not `there`.
    pub(crate) fn retain(&self, there: impl Fn(&str) -> bool) {
        self.files().retain(|path, _| there(path));
    }

    /// Of how many files something is kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.files().len()
    }

    fn files(&self) -> MutexGuard<'_, HashMap<Arc<str>, WrittenFile>> {
        // Nothing that is done under the lock panics halfway.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WrittenFile {
    /// Nothing yet, with room for what there probably is.
    pub(super) fn like(before: &WrittenFile) -> Self {
        WrittenFile(FxHashMap::with_capacity_and_hasher(before.0.len(), Default::default()))
    }

    /// What `before` has of a finding, or else what `write` writes.
    pub(super) fn text<'a, E>(
        &'a mut self,
        before: &mut WrittenFile,
        finding: &Diagnostic<'_>,
        (findings, number): (&CheckFindings, usize),
        write: impl FnOnce() -> Result<String, E>,
    ) -> Result<&'a str, E> {
        let address = Arc::as_ptr(findings).addr();
        let new = || WrittenCheck { _findings: findings.clone(), texts: Vec::new() };
        let check = self.0.entry(address).or_insert_with(|| before.0.remove(&address).unwrap_or_else(new));
        if check.texts.len() <= number {
            check.texts.resize_with(number + 1, || None);
        }
        let place = &mut check.texts[number];
        if let Some(known) = place.take_if(|it| it.severity == finding.severity) {
            return Ok(&place.insert(known).text);
        }
        Ok(&place.insert(Written { severity: finding.severity, text: write()? }).text)
    }
}
