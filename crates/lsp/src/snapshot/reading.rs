//! What is shown around the text: folding, selections, hints, signatures, lenses, links.

use lsp_types::{
    CodeLens, Command, DocumentLink, FoldingRange, FoldingRangeKind, InlayHint, InlayHintLabel, ParameterInformation,
    ParameterLabel, Position, SelectionRange, SignatureHelp, SignatureInformation,
};
use orm_ide::{Cancelled, FoldingKind, InlayHintKind};
use serde_json::json;

use super::DocumentSnapshot;
use crate::to_protocol::documentation;

/// The command of a lens that shows places, for clients that say they have it.
pub(crate) const SHOW_REFERENCES: &str = "orm.showReferences";

impl DocumentSnapshot {
    /// What can be folded.
    pub(crate) fn folding_ranges(&self) -> Result<Option<Vec<FoldingRange>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let found = self.project.analysis.folding_ranges(&self.path)?.into_iter();
        let folding = found.map(|it| {
            let range = lines.range(it.range);
            FoldingRange {
                start_line: range.start.line,
                start_character: Some(range.start.character),
                end_line: range.end.line,
                end_character: Some(range.end.character),
                kind: match it.kind {
                    FoldingKind::Code => None,
                    FoldingKind::Comment => Some(FoldingRangeKind::Comment),
                    FoldingKind::Region => Some(FoldingRangeKind::Region),
                },
                collapsed_text: None,
            }
        });
        Ok(Some(folding.collect()))
    }

    /// What is selected around each position when a selection grows.
    pub(crate) fn selection_ranges(&self, positions: &[Position]) -> Result<Option<Vec<SelectionRange>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let mut selections = Vec::new();
        for position in positions {
            let ranges = self.project.analysis.selection_ranges(&self.path, lines.offset(*position))?;
            let around = ranges.into_iter().rev().fold(None, |parent, range| {
                Some(SelectionRange { range: lines.range(range), parent: parent.map(Box::new) })
            });
            selections.extend(around);
        }
        Ok(Some(selections))
    }

    /// What lines do not say.
    pub(crate) fn inlay_hints(&self, range: lsp_types::Range) -> Result<Option<Vec<InlayHint>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let wanted = self.project.support.hints;
        let is_wanted = |it: &orm_ide::InlayHint| match it.kind {
            InlayHintKind::PhysicalType => wanted.physical_types,
            InlayHintKind::MixinColumns => wanted.mixin_columns,
            InlayHintKind::Nullability => wanted.nullability,
        };
        let found = self.project.analysis.inlay_hints(&self.path, lines.byte_range(range))?;
        let hint = |it: orm_ide::InlayHint| InlayHint {
            position: lines.position(it.offset),
            label: InlayHintLabel::String(it.label),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        Ok(Some(found.into_iter().filter(is_wanted).map(hint).collect()))
    }

    /// What the brackets around a position take.
    pub(crate) fn signature_help(&self, position: Position) -> Result<Option<SignatureHelp>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let Some(help) = self.project.analysis.signature_help(&self.path, lines.offset(position))? else {
            return Ok(None);
        };
        let support = self.project.support;
        let markup = |value: String| documentation(value, support.signature_markdown);
        let parameters = help.parameters.into_iter().map(|(range, docs)| {
            let label = &help.label;
            let label = match support.label_offsets {
                true => ParameterLabel::LabelOffsets([range.start, range.end].map(|it| utf16(&label[..it]))),
                false => ParameterLabel::Simple(label[range].to_owned()),
            };
            ParameterInformation { label, documentation: docs.map(markup) }
        });
        let active = help.active.map(|it| it as u32);
        let signature = SignatureInformation {
            parameters: Some(parameters.collect()),
            documentation: Some(markup(help.documentation)),
            label: help.label,
            active_parameter: active,
        };
        Ok(Some(SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter: active }))
    }

    /// Above each declaration a lens, which is counted when it is looked at.
    pub(crate) fn code_lenses(&self) -> Result<Option<Vec<CodeLens>>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else { return Ok(None) };
        let lens = |range: std::ops::Range<usize>| {
            let range = lines.range(range);
            CodeLens { range, command: None, data: Some(json!({ "uri": uri.as_str() })) }
        };
        let wanted = self.project.support.lenses;
        let mut lenses = if wanted.migrations { self.migration_lenses()? } else { Vec::new() };
        if wanted.references {
            lenses.extend(self.project.analysis.code_lenses(&self.path)?.into_iter().map(lens));
        }
        Ok(Some(lenses))
    }

    /// How often the declaration at a position is named, with the places for a client that shows them.
    pub(crate) fn code_lens_command(&self, position: Position) -> Result<Option<Command>, Cancelled> {
        let (found, uri) = (self.references(position, false)?, self.project.locations.uri(&self.path));
        let (Some(found), Some(uri)) = (found, uri) else { return Ok(None) };
        let title = match found.len() {
            1 => "1 reference".to_owned(),
            count => format!("{count} references"),
        };
        if !self.project.support.shows_references {
            return Ok(Some(Command { title, command: String::new(), arguments: None }));
        }
        let arguments = vec![json!(uri.as_str()), json!(position), json!(found)];
        Ok(Some(Command { title, command: SHOW_REFERENCES.to_owned(), arguments: Some(arguments) }))
    }

    /// Codes that lead to their pages.
    pub(crate) fn document_links(&self) -> Result<Option<Vec<DocumentLink>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let link = |it: orm_ide::DocumentLink| DocumentLink {
            range: lines.range(it.range),
            target: it.url.parse().ok(),
            tooltip: Some(it.title.to_owned()),
            data: None,
        };
        Ok(Some(self.project.analysis.document_links(&self.path)?.into_iter().map(link).collect()))
    }
}

/// Offsets in a label are of UTF-16, whatever was negotiated for documents.
fn utf16(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}
