//! Spreads mixins where they stand.

use std::sync::Arc;

use crate::{
    database::{AnalysisDatabase, Declaration, Project, resolve},
    diagnostics::{Diagnostic, Location, rules},
    item::{Anchor, ColumnItem, DeclarationKind, Item, Member},
};

/// Where a member of a table was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The declaration that it is written in: the table itself, or a mixin.
    pub declaration: Declaration,
    /// The `...Mixin` in the table that brought it; `None` if it is written in the table itself.
    pub spread: Option<Anchor>,
}

impl Origin {
    /// What is written in the declaration itself.
    pub(crate) fn of(declaration: Declaration) -> Self {
        Origin { declaration, spread: None }
    }
}

/// A member of a table after its mixins were spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpandedMember {
    /// Where it was written.
    pub origin: Origin,
    item: Arc<Item>,
    index: usize,
}

impl ExpandedMember {
    /// The member.
    pub fn member(&self) -> &Member {
        &self.item.members[self.index]
    }

    /// The column, if it is one.
    pub fn column(&self) -> Option<&ColumnItem> {
        match self.member() {
            Member::Column(column) => Some(column),
            Member::Spread(_) | Member::Item(_) => None,
        }
    }
}

/// The members of a table or mixin in order, every `...Mixin` replaced by the members of the mixin; and whether every
/// mixin was found.
pub(crate) fn expand(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<ExpandedMember>, bool) {
    let mut expansion = Expansion { db, project, home: declaration, stack: vec![declaration], is_complete: true };
    let members = expansion.members(declaration, None, Some(diagnostics));
    (members, expansion.is_complete)
}

struct Expansion<'db> {
    db: &'db dyn AnalysisDatabase,
    project: Project,
    home: Declaration,
    /// The mixins that are being spread, outermost first, to stop at a cycle.
    stack: Vec<Declaration>,
    /// Whether every mixin was found, however far down.
    is_complete: bool,
}

impl<'db> Expansion<'db> {
    /// `spread` is the spread of the outermost declaration that leads here; findings are kept for that one only.
    fn members(
        &mut self,
        declaration: Declaration,
        spread: Option<Anchor>,
        mut diagnostics: Option<&mut Vec<Diagnostic>>,
    ) -> Vec<ExpandedMember> {
        let item = declaration.item(self.db);
        let mut members: Vec<(ExpandedMember, bool)> = Vec::new();
        for (index, member) in item.members.iter().enumerate() {
            let Member::Spread(it) = member else {
                let origin = Origin { declaration, spread };
                place_own(&mut members, ExpandedMember { origin, item: item.clone(), index });
                continue;
            };
            let Some(name) = &it.name else {
                self.is_complete = false;
                continue;
            };
            let Some(mixin) = resolve(self.db, self.project, &name.text, &[DeclarationKind::Mixin]) else {
                self.is_complete = false;
                if let Some(diagnostics) = diagnostics.as_deref_mut() {
                    diagnostics.push(rules::unknown_mixin::report(
                        self.db,
                        self.project,
                        self.here(name.anchor),
                        &name.text,
                    ));
                }
                continue;
            };
            if let Some(diagnostics) = diagnostics.as_deref_mut()
                && self.reaches(mixin, &mut Vec::new())
            {
                diagnostics.push(rules::mixin_cycle::report(self.here(it.anchor), self.home.name(self.db), &name.text));
            }
            if self.stack.contains(&mixin) {
                continue;
            }
            self.stack.push(mixin);
            let brought = self.members(mixin, spread.or(Some(it.anchor)), None);
            self.stack.pop();
            for member in brought {
                let Some(conflict) = place_spread(&mut members, member) else { continue };
                // What the declaration itself says below takes the place of both.
                let is_settled = item.members[index..].iter().any(|it| it.declares(&conflict.name));
                if let Some(diagnostics) = diagnostics.as_deref_mut().filter(|_| !is_settled) {
                    let spread = (self.here(it.anchor), &*name.text);
                    diagnostics.push(rules::mixin_conflict::report(spread, self.owner(&conflict), &conflict));
                }
            }
        }
        members.into_iter().map(|(member, _)| member).collect()
    }

    /// Whether `mixin` is the declaration at hand or spreads it, however far down.
    fn reaches(&self, mixin: Declaration, visited: &mut Vec<Declaration>) -> bool {
        if mixin == self.home {
            return true;
        }
        if visited.contains(&mixin) {
            return false;
        }
        visited.push(mixin);
        let item = mixin.item(self.db);
        item.members.iter().any(|member| match member {
            Member::Spread(it) => it
                .name
                .as_ref()
                .and_then(|name| resolve(self.db, self.project, &name.text, &[DeclarationKind::Mixin]))
                .is_some_and(|next| self.reaches(next, visited)),
            Member::Column(_) | Member::Item(_) => false,
        })
    }

    /// The mixin whose column was there first; `None` where the declaration itself has it.
    fn owner(&self, conflict: &Conflict) -> Option<&str> {
        let declared = conflict.first.declaration;
        (declared != self.home).then(|| &**declared.name(self.db))
    }

    fn here(&self, anchor: Anchor) -> Location {
        Location { declaration: self.home, anchor }
    }
}

/// A column that is declared after a spread brought one of its name takes that one's place.
fn place_own(members: &mut Vec<(ExpandedMember, bool)>, member: ExpandedMember) {
    let place = member.column().and_then(|column| {
        members.iter().position(|(it, is_spread)| {
            *is_spread && it.column().is_some_and(|other| other.name.text == column.name.text)
        })
    });
    match place {
        Some(place) => members[place] = (member, false),
        None => members.push((member, false)),
    }
}

/// A column that two bring.
pub(crate) struct Conflict {
    /// What it is called.
    pub(crate) name: Arc<str>,
    /// The name of the first.
    pub(crate) first_name: Location,
    /// The whole of the first.
    pub(crate) first: Location,
    /// The whole of the second.
    pub(crate) second: Location,
}

/// Adds what a spread brought. A column whose name is taken stays out.
fn place_spread(members: &mut Vec<(ExpandedMember, bool)>, member: ExpandedMember) -> Option<Conflict> {
    if let Some(column) = member.column()
        && let Some((first, first_column)) = members.iter().find_map(|(it, _)| {
            let other = it.column().filter(|other| other.name.text == column.name.text)?;
            Some((it, other))
        })
    {
        let of = |it: &ExpandedMember, anchor| Location { declaration: it.origin.declaration, anchor };
        return Some(Conflict {
            name: column.name.text.clone(),
            first_name: of(first, first_column.name.anchor),
            first: of(first, first_column.anchor),
            second: of(&member, column.anchor),
        });
    }
    members.push((member, true));
    None
}
