//! From a name to what its type is: the enum of a column, or the table that its values come from.

use orm_schema_lang::{
    Database, File, Project,
    database::Declaration,
    item::{Anchor, DeclarationKind},
    lower::query::relation::{RelationKind, relations},
};

use crate::{
    goto_definition::{NavigationTarget, place_of},
    names::{Names, Wanted},
    symbol::{ColumnSymbol, Symbol, source_of},
    symbol_at::symbol_at,
};

/// Where the type of what the name at `offset` means is declared. A type of the language is declared nowhere.
pub(crate) fn goto_type_definition(db: &Database, file: File, offset: usize) -> Option<NavigationTarget> {
    let here = symbol_at(db, file, offset)?;
    let found = type_of(db, &here.symbol)?;
    Some(NavigationTarget { origin: here.range, ..place_of(db, &Symbol::Declaration(found))? })
}

fn type_of(db: &Database, symbol: &Symbol<'_>) -> Option<Declaration> {
    match *symbol {
        Symbol::Column(column) => named_in(db, column.written_in, column.item.anchor, DeclarationKind::Enum)
            .or_else(|| referred_by(db, &column))
            .or_else(|| named_in(db, column.written_in, column.item.anchor, DeclarationKind::Table)),
        Symbol::Parameter { declaration, item } => named_in(db, declaration, item.anchor, DeclarationKind::Enum),
        Symbol::EnumValue { declaration, .. } => Some(declaration),
        Symbol::Relation(relation) => relation.target,
        Symbol::Local(local) => local.of,
        _ => None,
    }
}

/// The table that a foreign key of this column alone refers to.
fn referred_by(db: &Database, column: &ColumnSymbol<'_>) -> Option<Declaration> {
    let is_own = |columns: &[(String, String)]| matches!(columns, [(own, _)] if *own == column.shape.column.name);
    let mut relations = relations(db, Project::get(db), column.owner).iter();
    let relation = relations.find(|it| matches!(it.kind, RelationKind::One { .. }) && is_own(&it.columns))?;
    Some(relation.target)
}

/// The first declaration of a kind that a line names.
fn named_in(db: &Database, declaration: Declaration, line: Anchor, kind: DeclarationKind) -> Option<Declaration> {
    let source = source_of(db, declaration)?;
    let line = source.span(line);
    let mut names = Names::new(db, declaration, source, Wanted::All).find();
    names.sort_by_key(|it| it.range.start);
    names.into_iter().filter(|it| line.start <= it.range.start && it.range.end <= line.end).find_map(|it| {
        match it.symbol {
            Symbol::Declaration(found) if found.kind(db) == kind => Some(found),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    /// Checks which declaration the name under the cursor is of the type of.
    #[track_caller]
    fn check(cursor: &str, expected: Option<&str>) {
        let text = "enum State { open, done }\ntable users {\n  id  uuid  @primary_key\n}\nmixin Owned {\n  owner_id  uuid  \
                    @references(users.id)\n}\ntable tasks {\n  ...Owned\n  id  uuid  @primary_key\n  state  State = \
                    open\n  user_id  uuid\n  foreign_key(user_id, references: users(id))\n}\nquery q(wanted: State) {\n  \
                    from tasks as t\n  where t.state = $wanted\n  select id, user { id }\n}\n";
        let plain = cursor.replace("$0", "");
        assert_eq!(text.matches(&plain).count(), 1, "{plain} stands once");
        let (analysis, fixture) = analysis(&text.replace(&plain, cursor));
        let cursor = fixture.cursor();
        let found = analysis.goto_type_definition(&cursor.path, cursor.offset).unwrap();
        assert_eq!(found.map(|it| &fixture.text(&it.path)[it.name_range]), expected);
    }

    #[test]
    fn a_column_leads_to_its_enum_or_to_the_table_of_its_values() {
        check("  sta$0te  State", Some("State"));
        check("t.sta$0te", Some("State"));
        check("  user$0_id  uuid", Some("users"));
        check("  owner$0_id  uuid", Some("users"));
        check("  id  uuid  @primary_key\n  sta$0te  State", Some("State"));
    }

    #[test]
    fn what_a_query_names_leads_to_what_it_is() {
        check("$wan$0ted\n", Some("State"));
        check("us$0er {", Some("users"));
        check("where $0t.", Some("tasks"));
        check("= op$0en", Some("State"));
    }

    #[test]
    fn types_of_the_language_are_declared_nowhere() {
        check("select i$0d, user", None);
        check("mixin Ow$0ned", None);
    }
}
