//! The page docs/benchmarks.md: a section for each subject, which is written anew when the subject is measured.

use std::fs;

use anyhow::{Context, Result};

use crate::workspace;

/// Puts what was measured into the section with this title, or at the end of the page.
pub(super) fn replace(title: &str, body: &str) -> Result<()> {
    let path = workspace::root().join("docs/benchmarks.md");
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    fs::write(path, with_section(&page, title, body))?;
    Ok(())
}

fn with_section(page: &str, title: &str, body: &str) -> String {
    let section = format!("## {title}\n\n{}\n", body.trim());
    let Some(start) = page.find(&format!("## {title}\n")) else {
        return format!("{}\n\n{section}", page.trim_end());
    };
    let rest = page[start + 3..].find("\n## ").map(|at| &page[start + 3 + at..]);
    page[..start].to_owned() + &section + rest.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::with_section;

    const PAGE: &str = "# Page\n\n## A\n\nold\n\n## B\n\nb\n";

    #[test]
    fn a_section_is_written_anew_where_it_stands() {
        assert_eq!(with_section(PAGE, "A", "new\n"), "# Page\n\n## A\n\nnew\n\n## B\n\nb\n");
        assert_eq!(with_section(PAGE, "B", "new"), "# Page\n\n## A\n\nold\n\n## B\n\nnew\n");
        assert_eq!(with_section(PAGE, "C", "new"), PAGE.to_owned() + "\n## C\n\nnew\n");
    }
}
