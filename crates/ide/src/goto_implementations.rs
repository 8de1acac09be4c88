//! From a mixin to the declarations that spread it.

use orm_schema_lang::{Database, File, item::DeclarationKind};

use crate::{
    goto_definition::NavigationTarget,
    names::Access,
    search::{Found, Sought},
    symbol::{Symbol, source_of},
    symbol_at::symbol_at,
};

/// Where what the name at `offset` means becomes part of other declarations: the spreads of a mixin, or of the one that a
/// column stands in.
pub(crate) fn goto_implementations(db: &Database, file: File, offset: usize) -> Vec<NavigationTarget> {
    let Some(here) = symbol_at(db, file, offset) else { return Vec::new() };
    let mixin = match here.symbol {
        Symbol::Declaration(it) => it,
        Symbol::Column(column) => column.written_in,
        _ => return Vec::new(),
    };
    if mixin.kind(db) != DeclarationKind::Mixin {
        return Vec::new();
    }
    let Some(sought) = Sought::new(db, &Symbol::Declaration(mixin), mixin.name(db)) else { return Vec::new() };
    let found = sought.everywhere(db).into_iter().filter(|it| it.occurrence.access != Access::Declaration);
    found.filter_map(|it| target(db, &it, &here.range)).collect()
}

/// A spread, and around it the declaration that it stands in.
fn target(db: &Database, found: &Found<'_>, origin: &std::ops::Range<usize>) -> Option<NavigationTarget> {
    let name = found.occurrence.range.clone();
    let (index, _) = found.file.source(db).declaration_at(name.start)?;
    let around = *orm_schema_lang::database::item_tree(db, found.file).get(index)?;
    Some(NavigationTarget {
        origin: origin.clone(),
        path: found.file.path(db).clone(),
        full_range: source_of(db, around)?.range(),
        name_range: name,
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[track_caller]
    fn check(fixture: &str, expected: &[&str]) {
        let (analysis, fixture) = analysis(fixture);
        let cursor = fixture.cursor();
        let found = analysis.goto_implementations(&cursor.path, cursor.offset).unwrap();
        let header = |range: std::ops::Range<usize>, path: &str| fixture.text(path)[range].lines().next().unwrap_or("");
        let shown: Vec<_> =
            found.iter().map(|it| format!("{}: {}", it.path, header(it.full_range.clone(), &it.path))).collect();
        assert_eq!(shown, expected);
    }

    const MIXINS: &str = "//- a.orm\nmixin Base {\n  id  uuid  @primary_key\n}\nmixin Named {\n  ...Base\n  name  text\n}\n\
                          //- b.orm\ntable users {\n  ...Named\n}\ntable teams {\n  ...Base\n}\n";

    #[test]
    fn a_mixin_leads_to_its_spreads() {
        let all = ["a.orm: mixin Named {", "b.orm: table teams {"];
        check(&MIXINS.replace("mixin Base", "mixin Ba$0se"), &all);
        check(&MIXINS.replace("teams {\n  ...Base", "teams {\n  ...Ba$0se"), &all);
        check(&MIXINS.replace("  id  uuid", "  i$0d  uuid"), &all);
        check(&MIXINS.replace("mixin Named", "mixin Na$0med"), &["b.orm: table users {"]);
    }

    #[test]
    fn what_is_no_part_of_a_mixin_has_none() {
        check(&MIXINS.replace("table users", "table us$0ers"), &[]);
    }
}
