//! From a use of a name to where it is declared.

use std::{ops::Range, sync::Arc};

use orm_schema_lang::{
    Database, File,
    item::{Anchor, Item},
};

use crate::{
    symbol::{Definition, Symbol, source_of},
    symbol_at::symbol_at,
};

/// A place to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationTarget {
    /// The bytes that the way starts from: the name under the cursor.
    pub origin: Range<usize>,
    /// The file.
    pub path: Arc<str>,
    /// Bytes of the whole declaration, column or value.
    pub full_range: Range<usize>,
    /// Bytes of its name.
    pub name_range: Range<usize>,
}

/// Where the name at `offset` is declared; at a declaration, the declaration itself. Words of the language are declared
/// nowhere.
pub(crate) fn goto_definition(db: &Database, file: File, offset: usize) -> Option<NavigationTarget> {
    let here = symbol_at(db, file, offset)?;
    let place = place_of(db, &here.symbol)?;
    Some(NavigationTarget { origin: here.range, ..place })
}

/// Where something is declared; a relation where the table is that it leads to. `origin` is empty.
pub(crate) fn place_of(db: &Database, symbol: &Symbol<'_>) -> Option<NavigationTarget> {
    let (declaration, full, name) = match *symbol {
        Symbol::Declaration(it) => (it, None, declared_name(it.item(db))?),
        Symbol::Relation(it) => (it.target?, None, declared_name(it.target?.item(db))?),
        Symbol::Column(it) => (it.written_in, Some(it.item.anchor), it.item.name.anchor),
        Symbol::Parameter { declaration, item } => (declaration, Some(item.anchor), item.name.anchor),
        Symbol::EnumValue { .. } | Symbol::Local(_) => match symbol.definition(db)? {
            Definition::Member(declaration, name) => (declaration, Some(name), name),
            _ => return None,
        },
        Symbol::Word(_) => return None,
    };
    let source = source_of(db, declaration)?;
    Some(NavigationTarget {
        origin: 0..0,
        path: declaration.file(db).path(db).clone(),
        full_range: full.map_or(source.range(), |anchor: Anchor| source.span(anchor)),
        name_range: source.span(name),
    })
}

/// The name of a declaration; a raw block has that of its database.
fn declared_name(item: &Item) -> Option<Anchor> {
    let name = item.name.as_ref().or_else(|| item.raw.as_ref()?.dialect.as_ref())?;
    Some(name.anchor)
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    /// Checks that the name under the cursor leads to `expected`: `path: the line that declares it`, the name in `«»`.
    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let (analysis, fixture) = analysis(fixture);
        let cursor = fixture.cursor();
        let found = match analysis.goto_definition(&cursor.path, cursor.offset).unwrap() {
            None => "nowhere".to_owned(),
            Some(target) => {
                let text = fixture.text(&target.path);
                let name = target.name_range;
                assert!(target.full_range.start <= name.start && name.end <= target.full_range.end);
                let start = text[..name.start].rfind('\n').map_or(0, |it| it + 1);
                let end = text[name.end..].find('\n').map_or(text.len(), |it| name.end + it);
                let (before, after) = (&text[start..name.start], &text[name.end..end]);
                format!("{}: {}", target.path, format!("{before}«{}»{after}", &text[name.clone()]).trim())
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_type_leads_to_its_enum() {
        check(
            "enum Visibility { private }\ntable posts {\n  id uuid @primary_key\n  seen Visi$0bility\n}\n",
            "schema.orm: enum «Visibility» { private }",
        );
    }

    #[test]
    fn a_spread_leads_to_its_mixin_in_another_file() {
        check(
            "//- a.orm\nmixin Base {\n  id uuid @primary_key\n}\n//- b.orm\ntable posts {\n  ...Ba$0se\n}\n",
            "a.orm: mixin «Base» {",
        );
    }

    #[test]
    fn a_reference_leads_to_the_table_and_to_the_column() {
        let text = |reference: &str| {
            format!(
                "//- b.orm\ntable users {{\n  id  uuid  @primary_key\n}}\n//- a.orm\ntable posts {{\n  author uuid \
                 @references({reference}, on_delete: cascade)\n}}\n"
            )
        };
        check(&text("us$0ers.id"), "b.orm: table «users» {");
        check(&text("users.i$0d"), "b.orm: «id»  uuid  @primary_key");
        check(&text("users.$0id"), "b.orm: «id»  uuid  @primary_key");
        check(&text("us$0ers"), "b.orm: table «users» {");
    }

    #[test]
    fn a_path_by_way_of_relations_leads_to_tables_and_to_the_column() {
        let text = |path: &str| {
            format!(
                "//- a.orm\ntable teams {{\n  id  uuid  @primary_key\n}}\ntable users {{\n  id  uuid  @primary_key\n  \
                 team_id  uuid  @references(teams.id)\n}}\ntable posts {{\n  id  uuid  @primary_key\n  author_id  uuid  \
                 @references(users.id)\n}}\n//- b.orm\nquery q {{\n  from posts\n  select {path}\n}}\n"
            )
        };
        check(&text("auth$0or.team.id"), "a.orm: table «users» {");
        check(&text("author.te$0am.id"), "a.orm: table «teams» {");
        check(&text("author.tea$0m_id"), "a.orm: «team_id»  uuid  @references(teams.id)");
        check(&text("posts.author.team.i$0d"), "a.orm: «id»  uuid  @primary_key");
    }

    #[test]
    fn a_reference_leads_into_the_mixin_that_brings_the_column() {
        check(
            "mixin Base {\n  id uuid @primary_key\n}\ntable users {\n  ...Base\n}\ntable posts {\n  author uuid \
             @references(users.$0id)\n}\n",
            "schema.orm: «id» uuid @primary_key",
        );
    }

    #[test]
    fn the_columns_of_items_lead_to_their_declarations() {
        let text = |item: &str| {
            format!("mixin Named {{\n  name text\n}}\ntable users {{\n  ...Named\n  id bigint\n  {item}\n}}\n")
        };
        check(&text("primary_key($0id)"), "schema.orm: «id» bigint");
        check(&text("index(id, na$0me desc)"), "schema.orm: «name» text");
        check(&text("index(id, storing: [na$0me])"), "schema.orm: «name» text");
        check(&text("check(char_length(na$0me) > 3)"), "schema.orm: «name» text");
    }

    #[test]
    fn a_foreign_key_item_leads_to_both_sides() {
        let text = |item: &str| {
            format!(
                "table orders {{\n  tenant bigint\n  number bigint\n  primary_key(tenant, number)\n}}\ntable lines {{\n  \
                 t bigint\n  o bigint\n  {item}\n}}\n"
            )
        };
        check(&text("foreign_key(t$0, o, references: orders(tenant, number))"), "schema.orm: «t» bigint");
        check(&text("foreign_key(t, o, references: ord$0ers(tenant, number))"), "schema.orm: table «orders» {");
        check(&text("foreign_key(t, o, references: orders(tenant, numb$0er))"), "schema.orm: «number» bigint");
        check(&text("interleave(ord$0ers)"), "schema.orm: table «orders» {");
    }

    #[test]
    fn an_enum_value_leads_to_its_line() {
        let text = |column: &str| {
            format!("enum State {{\n  open\n  done\n}}\ntable tasks {{\n  id uuid @primary_key\n  {column}\n}}\n")
        };
        check(&text("state State = do$0ne"), "schema.orm: «done»");
        check(&text("state State @check(state != do$0ne)"), "schema.orm: «done»");
        check(&text("state State @check(state in (open, do$0ne))"), "schema.orm: «done»");
    }

    #[test]
    fn a_default_leads_to_its_sequence_and_a_sequence_to_its_owner() {
        let text = |owner: &str, name: &str| {
            format!(
                "sequence shop.numbers(owned_by: {owner})\ntable shop.orders {{\n  id uuid @primary_key\n  number bigint = \
                 nextval({name})\n}}\n"
            )
        };
        let sequence = "schema.orm: sequence «shop.numbers»(owned_by: shop.orders.number)";
        check(&text("shop.orders.number", "shop.num$0bers"), sequence);
        check(&text("shop.orders.num$0ber", "shop.numbers"), "schema.orm: «number» bigint = nextval(shop.numbers)");
    }

    #[test]
    fn a_declaration_leads_to_itself() {
        check("table us$0ers {\n}\n", "schema.orm: table «users» {");
    }

    #[test]
    fn words_of_the_language_and_unknown_names_lead_nowhere() {
        check("table users {\n  id uu$0id\n}\n", "nowhere");
        check("table users {\n  id uuid @prim$0ary_key\n}\n", "nowhere");
        check("table users {\n  id uuid @references(pe$0ople.id)\n}\n", "nowhere");
        check("$0", "nowhere");
    }
}
