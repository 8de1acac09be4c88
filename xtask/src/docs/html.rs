//! The book as HTML: one page for each entry of the summary.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html::push_html};

use super::{links, write};

const STYLE: &str = include_str!("style.css");

/// Builds the book into `target/book` and returns its first page.
pub(super) fn build(root: &Path) -> Result<PathBuf> {
    let (source, target) = (root.join("docs"), root.join("target/book"));
    let summary = fs::read_to_string(source.join("SUMMARY.md")).context("cannot read docs/SUMMARY.md")?;
    write(&target.join("style.css"), STYLE)?;
    for path in pages(&summary) {
        let text = fs::read_to_string(source.join(&path)).with_context(|| format!("cannot read docs/{path}"))?;
        let up = "../".repeat(path.matches('/').count());
        write(&target.join(html_path(&path)), &page(&text, &summary, &up))?;
    }
    for entry in fs::read_dir(source.join("images"))? {
        let entry = entry?;
        fs::create_dir_all(target.join("images"))?;
        fs::copy(entry.path(), target.join("images").join(entry.file_name()))?;
    }
    let index = target.join("README.html");
    if !index.is_file() {
        bail!("docs/SUMMARY.md does not name README.md");
    }
    Ok(index)
}

/// The pages that the summary names, in order.
fn pages(summary: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    Parser::new(summary).filter_map(link).collect()
}

fn page(text: &str, summary: &str, up: &str) -> String {
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("orm").replace('`', "");
    let (navigation, body) = (html(summary, up), html(text, ""));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{up}style.css\">\n<nav>\n{navigation}</nav>\n<main>\n{body}</main>\n</html>\n"
    )
}

/// Markdown to HTML; links to pages begin with `up` and lead to the built ones, headings can be linked to.
fn html(text: &str, up: &str) -> String {
    let events: Vec<_> = Parser::new_ext(text, links::OPTIONS).collect();
    let heading_text = |from: usize| {
        let inside = events[from + 1..].iter().take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))));
        let texts = inside.filter_map(|it| match it {
            Event::Text(text) | Event::Code(text) => Some(&**text),
            _ => None,
        });
        texts.collect::<String>()
    };
    let changed = events.iter().enumerate().map(|(index, event)| match event.clone() {
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = Some(CowStr::from(links::anchor(&heading_text(index))));
            Event::Start(Tag::Heading { level, id, classes, attrs })
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: built(&dest_url, up).into(), title, id })
        }
        other => other,
    });
    let mut html = String::new();
    push_html(&mut html, changed);
    html
}

/// Where a link leads in the book. Documents beside the book are read in the repository.
fn built(link: &str, up: &str) -> String {
    if link.contains("://") || link.starts_with('#') {
        return link.to_owned();
    }
    let (file, heading) = link.split_once('#').map_or((link, String::new()), |(file, it)| (file, format!("#{it}")));
    format!("{up}{}{heading}", html_path(file))
}

fn html_path(path: &str) -> String {
    path.strip_suffix(".md").map_or_else(|| path.to_owned(), |it| format!("{it}.html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_built_pages_and_headings_can_be_linked_to() {
        let page = html("# One `two`\n\n[x](a/b.md#c) [y](https://example.org/z.md)\n", "../");
        assert!(page.contains("<h1 id=\"one-two\">One <code>two</code></h1>"), "{page}");
        assert!(
            page.contains("href=\"../a/b.html#c\"") && page.contains("href=\"https://example.org/z.md\""),
            "{page}"
        );
    }
}
