//! Plain data of `orm-ide` to protocol types.

use std::path::{Component, Path, PathBuf, Prefix};

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Documentation,
    Location, MarkupContent, MarkupKind, NumberOrString, SymbolInformation, SymbolKind, TextEdit, Uri,
};
use orm_ide::{
    DocumentSymbol, Severity,
    diagnostics::{Rule, Tag},
};
use tower_lsp::UriExt;

use crate::{kinds::Kinds, line_index::LineIndex, support::ClientSupport};

/// What stands beside every diagnostic, to tell it from those of other servers.
pub(crate) const SOURCE: &str = "orm";

/// What tells documents apart, however a client spells their URIs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DocumentKey {
    File(PathBuf),
    /// What is no file has one spelling.
    Other(String),
}

impl From<&Uri> for DocumentKey {
    fn from(uri: &Uri) -> Self {
        file_path(uri).map_or_else(|| DocumentKey::Other(uri.as_str().to_owned()), DocumentKey::File)
    }
}

/// The path that a URI names, if it names one: the same for each of its spellings.
pub(crate) fn file_path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().is_some_and(|scheme| scheme.as_str().eq_ignore_ascii_case("file"));
    let is_here = uri.authority().is_some_and(|it| it.as_str().eq_ignore_ascii_case("localhost"));
    let local = is_here.then(|| format!("file://{}", uri.path()).parse::<Uri>().ok()).flatten();
    let path = local.as_ref().unwrap_or(uri).to_file_path().filter(|_| is_file)?;
    Some(normal(&path))
}

/// A path without `.`, `..` and doubled slashes, as the URI means it: nothing is asked of the disk. A drive of Windows has a
/// capital letter.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            Component::Prefix(prefix) if matches!(prefix.kind(), Prefix::Disk(_)) => {
                normal.push(prefix.as_os_str().to_ascii_uppercase());
            }
            component => normal.push(component),
        }
    }
    normal
}

/// The URI of a path; `None` if the path is relative and leads nowhere.
pub(crate) fn file_uri(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}

pub(crate) const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Hint | Severity::Off => DiagnosticSeverity::HINT,
    }
}

/// The tag of a rule, if the client shows it.
pub(crate) fn diagnostic_tag(rule: &Rule, support: ClientSupport) -> Option<DiagnosticTag> {
    match orm_ide::diagnostics::tag(rule)? {
        Tag::Unnecessary => support.unnecessary_tag.then_some(DiagnosticTag::UNNECESSARY),
        Tag::Deprecated => support.deprecated_tag.then_some(DiagnosticTag::DEPRECATED),
    }
}

/// `related`: the further places, if the client shows them.
pub(crate) fn diagnostic(
    diagnostic: &orm_ide::Diagnostic<'_>,
    index: &LineIndex,
    related: Option<Vec<DiagnosticRelatedInformation>>,
    support: ClientSupport,
) -> Diagnostic {
    let help = diagnostic.help().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: index.range(diagnostic.range.clone()),
        severity: Some(severity(diagnostic.severity)),
        code: Some(NumberOrString::String(diagnostic.rule().code.to_owned())),
        code_description: support
            .code_descriptions
            .then(|| diagnostic.rule().documentation_url().parse().ok())
            .flatten()
            .map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: format!("{}{help}", diagnostic.message()),
        related_information: related.filter(|it| !it.is_empty()),
        tags: diagnostic_tag(diagnostic.rule(), support).map(|it| vec![it]),
        ..Diagnostic::default()
    }
}

/// Markdown where the client shows it. A client that names no format gets a text, which every client shows.
pub(crate) fn documentation(value: String, markdown: bool) -> Documentation {
    match markdown {
        true => Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        false => Documentation::String(value),
    }
}

pub(crate) fn text_edit(edit: orm_ide::TextEdit, index: &LineIndex) -> TextEdit {
    TextEdit { range: index.range(edit.range), new_text: index.with_line_ends(&edit.replacement) }
}

pub(crate) fn symbol_kind(kind: orm_ide::SymbolKind, known: Kinds) -> SymbolKind {
    match kind {
        orm_ide::SymbolKind::Table => known.or(SymbolKind::STRUCT, SymbolKind::CLASS),
        orm_ide::SymbolKind::Mixin | orm_ide::SymbolKind::Spread => SymbolKind::INTERFACE,
        orm_ide::SymbolKind::Enum => SymbolKind::ENUM,
        orm_ide::SymbolKind::Query => SymbolKind::FUNCTION,
        orm_ide::SymbolKind::View => SymbolKind::CLASS,
        orm_ide::SymbolKind::Other => known.or(SymbolKind::OBJECT, SymbolKind::VARIABLE),
        orm_ide::SymbolKind::Column => SymbolKind::FIELD,
        orm_ide::SymbolKind::Item => known.or(SymbolKind::KEY, SymbolKind::PROPERTY),
        orm_ide::SymbolKind::EnumValue => known.or(SymbolKind::ENUM_MEMBER, SymbolKind::CONSTANT),
    }
}

#[expect(deprecated, reason = "the field `deprecated` has no default")]
pub(crate) fn nested_symbol(symbol: DocumentSymbol, known: Kinds, index: &LineIndex) -> lsp_types::DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|it| nested_symbol(it, known, index)).collect();
    lsp_types::DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: symbol_kind(symbol.kind, known),
        tags: None,
        deprecated: None,
        range: index.range(symbol.full_range),
        selection_range: index.range(symbol.name_range),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The symbols one after the other, for clients that show no tree.
#[expect(deprecated, reason = "the field `deprecated` has no default")]
pub(crate) fn flat_symbols(
    symbols: Vec<DocumentSymbol>,
    container: Option<&str>,
    uri: &Uri,
    known: Kinds,
    index: &LineIndex,
) -> Vec<SymbolInformation> {
    let mut flat = Vec::new();
    for symbol in symbols {
        flat.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol_kind(symbol.kind, known),
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: index.range(symbol.full_range) },
            container_name: container.map(str::to_owned),
        });
        flat.extend(flat_symbols(symbol.children, Some(&symbol.name), uri, known, index));
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_uri() {
        for path in ["/a b/schéma #1 語.orm", "/a%20b/100%.orm", "/[x]/a+b&c?d.orm", "/c:/windows.orm"] {
            let uri = file_uri(Path::new(path)).unwrap_or_else(|| panic!("{path} has a URI"));
            assert!(uri.as_str().is_ascii() && !uri.as_str().contains([' ', '#', '?']), "{}", uri.as_str());
            assert_eq!(file_path(&uri).as_deref(), Some(Path::new(path)));
        }
    }

    #[test]
    fn a_uri_may_be_spelled_in_several_ways() {
        for (uri, path) in [
            ("file:///a%20b/%C3%A9.orm", "/a b/é.orm"),
            ("FILE:///a/b.orm", "/a/b.orm"),
            ("file://localhost/a/b.orm", "/a/b.orm"),
            #[cfg(not(windows))]
            ("file:///c%3A/a.orm", "/c:/a.orm"),
            #[cfg(windows)]
            ("file:///c%3A/a.orm", "C:/a.orm"),
            #[cfg(windows)]
            ("file://localhost/C:/a.orm", "C:/a.orm"),
            ("file:///a//b/./c/../d.orm", "/a/b/d.orm"),
            ("file:///a/%62.orm", "/a/b.orm"),
            ("file:///../a.orm", "/a.orm"),
        ] {
            let uri: Uri = uri.parse().unwrap_or_else(|_| panic!("{uri} is a URI"));
            assert_eq!(file_path(&uri).as_deref(), Some(Path::new(path)));
        }
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for uri in ["untitled:Untitled-1", "git:/a/b.orm?ref=HEAD", "vscode-vfs://github/a/b.orm", "file:"] {
            assert_eq!(uri.parse::<Uri>().ok().as_ref().and_then(file_path), None, "{uri}");
        }
    }
}
