//! Links between documents lead to a file, and to a heading where they name one.

use std::{
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::workspace;

/// The extensions of Markdown that the documents use.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Checks every Markdown file that git knows.
pub(super) fn check(root: &Path) -> Result<()> {
    let known = workspace::output("git", &["ls-files", "--cached", "--others", "--exclude-standard", "*.md"])?;
    let mut documents = HashMap::new();
    for path in known.lines().filter(|path| root.join(path).is_file()) {
        let text = fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))?;
        documents.insert(PathBuf::from(path), text);
    }
    let mut dead: Vec<_> = documents.iter().flat_map(|(path, text)| dead_links(root, &documents, path, text)).collect();
    dead.sort();
    if !dead.is_empty() {
        bail!("links that lead nowhere:\n{}", dead.join("\n"));
    }
    Ok(())
}

fn dead_links(root: &Path, documents: &HashMap<PathBuf, String>, path: &Path, text: &str) -> Vec<String> {
    let leads_somewhere = |link: &str| {
        let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
        let target = if file.is_empty() { path.to_owned() } else { resolve(path, file) };
        let has_heading =
            |heading| documents.get(&target).is_none_or(|text| headings(text).iter().any(|it| it == heading));
        (documents.contains_key(&target) || root.join(&target).exists()) && heading.is_none_or(has_heading)
    };
    let is_dead = |link: &String| !link.contains("://") && !link.starts_with("mailto:") && !leads_somewhere(link);
    links(text).into_iter().filter(is_dead).map(|link| format!("{}: {link}", path.display())).collect()
}

/// A relative link as a path of the repository.
fn resolve(from: &Path, link: &str) -> PathBuf {
    let mut target = from.parent().map(Path::to_owned).unwrap_or_default();
    for component in Path::new(link).components() {
        match component {
            Component::ParentDir => _ = target.pop(),
            Component::Normal(name) => target.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    target
}

fn links(text: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    Parser::new_ext(text, OPTIONS).filter_map(link).collect()
}

/// What a link can name after `#`, as GitHub and mdBook make it of headings.
fn headings(text: &str) -> Vec<String> {
    let (mut headings, mut open) = (Vec::new(), None::<String>);
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(open) = &mut open {
                    *open += &text;
                }
            }
            Event::End(TagEnd::Heading(_)) => headings.extend(open.take().map(|it| anchor(&it))),
            _ => {}
        }
    }
    headings
}

/// The anchor of a heading.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    kept.map(|it| if it == ' ' { '-' } else { it.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(text: &str) -> Vec<String> {
        let path = PathBuf::from("docs/a.md");
        let other = "# One `two`\n\n## Accepting a finding\n";
        let documents =
            HashMap::from([(path.clone(), text.to_owned()), (PathBuf::from("Cargo.toml"), other.to_owned())]);
        dead_links(&workspace::root(), &documents, &path, text)
    }

    #[test]
    fn only_links_that_lead_somewhere_pass() {
        assert_eq!(dead("[x](../Cargo.toml) [x](https://example.org) `[x](none.md)`"), [] as [&str; 0]);
        assert_eq!(dead("[x](../Cargo.toml#one-two) [x](../Cargo.toml#accepting-a-finding)"), [] as [&str; 0]);
        assert_eq!(dead("[x](none.md)"), ["docs/a.md: none.md"]);
        assert_eq!(dead("[x](../Cargo.toml#three)"), ["docs/a.md: ../Cargo.toml#three"]);
        assert_eq!(dead("# Here\n[x](#here) [x](#there)"), ["docs/a.md: #there"]);
    }
}
