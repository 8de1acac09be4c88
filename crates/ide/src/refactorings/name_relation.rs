//! Names for the two ways of a foreign key, where another one has them as well.

use orm_schema_lang::{
    item::{DeclarationKind, Member, argument, attribute},
    lower::query::relation::{TableRelation, own_name, relation_key, relations},
};

use super::{Context, Offers, RefactoringKind};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let (here, member) = context.member()?;
    if here.item.kind != DeclarationKind::Table {
        return None;
    }
    let (anchor, arguments) = match member {
        Member::Column(column) => {
            let reference = attribute(&column.attributes, "references")?;
            (reference.anchor, &reference.arguments)
        }
        Member::Item(item) if &*item.name.text == "foreign_key" => (item.anchor, &item.arguments),
        Member::Item(_) | Member::Spread(_) => return None,
    };
    let last = here.source.span(arguments.last()?.anchor).end;
    let (db, project) = (context.db, context.project);
    let of_this_key = |from, relation: &TableRelation, is_back: bool| {
        relation_key(db, project, from, relation)
            .is_some_and(|it| it.written_in == here.declaration && it.anchor == anchor && it.is_back == is_back)
    };
    let own = relations(db, project, here.declaration);
    let forward = own.iter().find(|it| of_this_key(here.declaration, it, false))?;
    let other = relations(db, project, forward.target);
    let back = other.iter().find(|it| it.target == here.declaration && of_this_key(forward.target, it, true));
    let is_shared =
        |all: &[TableRelation], one: &TableRelation| all.iter().filter(|it| it.name == one.name).count() > 1;
    let mut names = Vec::new();
    if argument(arguments, "as").is_none() && is_shared(own, forward) {
        names.push(format!("as: {}", own_name(db, project, here.declaration, forward)));
    }
    if let Some(back) = back.filter(|it| argument(arguments, "back").is_none() && is_shared(other, it)) {
        names.push(format!("back: {}", own_name(db, project, forward.target, back)));
    }
    if names.is_empty() {
        return None;
    }
    let text = names.join(", ");
    offers.add("name_relation", RefactoringKind::Rewrite, format!("Tell relations apart: `{text}`"), || {
        vec![context.edit(last..last, format!(", {text}"))]
    });
    Some(())
}
