//! From a name to other places: where it is declared, what it is of, what is made of it.

use lsp_types::{GotoDefinitionResponse, Location, LocationLink, Position};
use orm_ide::{Cancelled, NavigationTarget};

use super::DocumentSnapshot;
use crate::line_index::LineIndex;

impl DocumentSnapshot {
    /// Where the name at a position is declared.
    pub(crate) fn definition(&self, position: Position) -> Result<Option<GotoDefinitionResponse>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let target = self.project.analysis.goto_definition(&self.path, lines.offset(position))?;
        self.one_target(&lines, target, self.project.support.definition_links)
    }

    /// The enum or table that the name at a position is of.
    pub(crate) fn type_definition(&self, position: Position) -> Result<Option<GotoDefinitionResponse>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let target = self.project.analysis.goto_type_definition(&self.path, lines.offset(position))?;
        self.one_target(&lines, target, self.project.support.type_definition_links)
    }

    /// The declarations that spread the mixin at a position.
    pub(crate) fn implementations(&self, position: Position) -> Result<Option<GotoDefinitionResponse>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let targets = self.project.analysis.goto_implementations(&self.path, lines.offset(position))?;
        let mut links = Vec::with_capacity(targets.len());
        for target in targets {
            links.extend(self.link(&lines, target)?);
        }
        Ok(Some(match self.project.support.implementation_links {
            true => GotoDefinitionResponse::Link(links),
            false => GotoDefinitionResponse::Array(links.into_iter().map(location).collect()),
        }))
    }

    fn one_target(
        &self,
        lines: &LineIndex,
        target: Option<NavigationTarget>,
        as_link: bool,
    ) -> Result<Option<GotoDefinitionResponse>, Cancelled> {
        let Some(target) = target else { return Ok(None) };
        Ok(self.link(lines, target)?.map(|link| match as_link {
            true => GotoDefinitionResponse::Link(vec![link]),
            false => GotoDefinitionResponse::Scalar(location(link)),
        }))
    }

    fn link(&self, lines: &LineIndex, target: NavigationTarget) -> Result<Option<LocationLink>, Cancelled> {
        let Some(target_lines) = self.project.lines(&target.path)? else { return Ok(None) };
        Ok(self.project.locations.uri(&target.path).map(|target_uri| LocationLink {
            origin_selection_range: Some(lines.range(target.origin)),
            target_uri,
            target_range: target_lines.range(target.full_range),
            target_selection_range: target_lines.range(target.name_range),
        }))
    }
}

fn location(link: LocationLink) -> Location {
    Location { uri: link.target_uri, range: link.target_selection_range }
}
