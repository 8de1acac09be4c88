//! Spreads mixins where they stand.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    MAXIMUM_MEMBERS, MAXIMUM_MIXINS,
    database::{AnalysisDatabase, Declaration, Project, resolve},
    diagnostics::{Diagnostic, Location, rules},
    item::{Anchor, ColumnItem, DeclarationKind, Item, Member},
};

/// Where a member of a table was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Members in order, and where the columns of each name stand.
#[derive(Default)]
struct Members {
    list: Vec<ExpandedMember>,
    columns: HashMap<Arc<str>, Named>,
}

/// Where the columns of a name stand.
#[derive(Default)]
struct Named {
    first: Option<usize>,
    /// The first that a spread brought.
    spread: Option<usize>,
}

/// The members of a table or mixin in order, every `...Mixin` replaced by the members of the mixin; and whether every
/// mixin was found.
pub(crate) fn expand(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<ExpandedMember>, bool) {
    let (stack, visited) = (vec![declaration], HashSet::new());
    let mut expansion = Expansion { db, project, home: declaration, stack, visited, is_complete: true, is_cut: false };
    let members = expansion.members(declaration, None, Some(diagnostics));
    (members, expansion.is_complete)
}

struct Expansion<'db> {
    db: &'db dyn AnalysisDatabase,
    project: Project,
    home: Declaration,
    /// The mixins that are being spread, outermost first, to stop at a cycle.
    stack: Vec<Declaration>,
    /// The mixins that were looked into for a way back.
    visited: HashSet<Declaration>,
    /// Whether every mixin was found, however far down.
    is_complete: bool,
    /// Whether mixins stand too deep in one another below the spread at hand.
    is_cut: bool,
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
        let mut members = Members::default();
        for (index, member) in item.members.iter().enumerate() {
            let Member::Spread(it) = member else {
                let origin = Origin { declaration, spread };
                members.place_own(ExpandedMember { origin, item: item.clone(), index });
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
                && self.reaches(mixin)
            {
                diagnostics.push(rules::mixin_cycle::report(self.here(it.anchor), self.home.name(self.db), &name.text));
            }
            if self.stack.contains(&mixin) {
                continue;
            }
            if self.stack.len() > MAXIMUM_MIXINS {
                (self.is_complete, self.is_cut) = (false, true);
                continue;
            }
            self.stack.push(mixin);
            let brought = self.members(mixin, spread.or(Some(it.anchor)), None);
            self.stack.pop();
            if let Some(diagnostics) = diagnostics.as_deref_mut()
                && std::mem::take(&mut self.is_cut)
            {
                diagnostics.push(rules::syntax::too_deep(self.here(it.anchor)));
            }
            for member in brought {
                if members.list.len() == MAXIMUM_MEMBERS {
                    self.is_complete = false;
                    diagnostics.iter_mut().for_each(|all| all.push(rules::syntax::too_many(self.here(it.anchor))));
                    break;
                }
                let Some(conflict) = members.place_spread(member) else { continue };
                // What the declaration itself says below takes the place of both.
                let is_settled = item.members[index..].iter().any(|it| it.declares(&conflict.name));
                if let Some(diagnostics) = diagnostics.as_deref_mut().filter(|_| !is_settled) {
                    let spread = (self.here(it.anchor), &*name.text);
                    diagnostics.push(rules::mixin_conflict::report(spread, self.owner(&conflict), &conflict));
                }
            }
        }
        members.list
    }

    /// Whether `mixin` is the declaration at hand or spreads it, however far down.
    fn reaches(&mut self, mixin: Declaration) -> bool {
        self.visited.clear();
        let mut next = vec![mixin];
        while let Some(mixin) = next.pop() {
            if mixin == self.home {
                return true;
            }
            if !self.visited.insert(mixin) {
                continue;
            }
            let spreads = mixin.item(self.db).members.iter().filter_map(|it| match it {
                Member::Spread(it) => it.name.as_ref(),
                Member::Column(_) | Member::Item(_) => None,
            });
            next.extend(spreads.filter_map(|it| resolve(self.db, self.project, &it.text, &[DeclarationKind::Mixin])));
        }
        false
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

impl Members {
    /// A column that is declared after a spread brought one of its name takes that one's place.
    fn place_own(&mut self, member: ExpandedMember) {
        let Some(name) = member.column().map(|it| it.name.text.clone()) else { return self.list.push(member) };
        let named = self.columns.entry(name).or_default();
        match named.spread.take() {
            Some(place) => self.list[place] = member,
            None => {
                named.first.get_or_insert(self.list.len());
                self.list.push(member);
            }
        }
    }

    /// Adds what a spread brought. A column whose name is taken stays out.
    fn place_spread(&mut self, member: ExpandedMember) -> Option<Conflict> {
        if let Some(column) = member.column() {
            let named = self.columns.entry(column.name.text.clone()).or_default();
            if let Some(first) = named.first.map(|it| &self.list[it])
                && let Some(first_column) = first.column()
            {
                let of = |it: &ExpandedMember, anchor| Location { declaration: it.origin.declaration, anchor };
                return Some(Conflict {
                    name: column.name.text.clone(),
                    first_name: of(first, first_column.name.anchor),
                    first: of(first, first_column.anchor),
                    second: of(&member, column.anchor),
                });
            }
            (named.first, named.spread) = (Some(self.list.len()), Some(self.list.len()));
        }
        self.list.push(member);
        None
    }
}
