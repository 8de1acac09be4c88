//! Keys of a table, which are its primary key, unique constraints and indexes: their DDL, how long they can get, and which
//! queries find rows by them.

use orm_model::{Dialect, Table, schema::Index};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, item_tree},
    diagnostics::{FoundBy, table_accesses},
    item::DeclarationKind,
    lower::{shape::Place, table::LoweredTable, table::lower_table},
    source::SourceDeclaration,
};

use super::{
    comparison::{Comparison, link},
    is_written_at,
    limits::{grouped, key_bytes},
    sql_block,
};
use crate::ddl::TableSchema;

/// As many queries are named.
const NAMED_QUERIES: usize = 20;

/// Something that rows are found by.
pub(super) struct Key<'t> {
    /// The name of a unique constraint or index; `None` for the primary key.
    name: Option<&'t str>,
    /// Its columns; `None` for one that is an expression.
    columns: Vec<Option<&'t str>>,
    only: Option<Dialect>,
    /// Whether a tree sorts it: other access methods have no limit of their own.
    is_sorted: bool,
}

impl<'t> Key<'t> {
    /// Every key of a table, the primary key first.
    pub(super) fn all(table: &'t Table) -> Vec<Key<'t>> {
        let primary = table.primary_key.iter().map(|it| Key {
            name: None,
            columns: it.columns.iter().map(|it| Some(it.name.as_str())).collect(),
            only: None,
            is_sorted: true,
        });
        let uniques = table.uniques.iter().map(|it| Key {
            name: Some(&it.name),
            columns: it.columns.iter().map(|it| Some(it.as_str())).collect(),
            only: it.only,
            is_sorted: true,
        });
        primary.chain(uniques).chain(table.indexes.iter().map(Key::of_index)).collect()
    }

    fn of_index(index: &'t Index) -> Self {
        Key {
            name: Some(&index.name),
            columns: index.keys.iter().map(|it| it.column_name()).collect(),
            only: index.only,
            is_sorted: index.using.as_deref().is_none_or(|it| it == "btree"),
        }
    }

    /// Whether a column is part of it.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.contains(&Some(column))
    }

    /// ``Key of `by_name` ``
    pub(super) fn title(&self) -> String {
        self.name.map_or_else(|| "Primary key".to_owned(), |name| format!("Key of `{name}`"))
    }

    /// How long it can get, and what a database takes.
    pub(super) fn limit(&self, db: &Database, table: &Table, dialect: Dialect) -> Option<String> {
        if !self.is_sorted || self.only.is_some_and(|only| only != dialect) {
            return None;
        }
        let capabilities = dialect.capabilities();
        let mut columns = self.columns.clone();
        if capabilities.index_holds_primary_key {
            let primary = table.primary_key.iter().flat_map(|it| &it.columns).map(|it| Some(it.name.as_str()));
            let further: Vec<_> = primary.filter(|it| !columns.contains(it)).collect();
            columns.extend(further);
        }
        let bytes = columns.iter().map(|name| key_bytes(db, table.column((*name)?)?, dialect));
        let (most, taken) = (bytes.sum::<Option<u64>>(), capabilities.key_bytes);
        Some(match most {
            None => format!("as long as its values, up to {} bytes", grouped(taken)),
            Some(most) if most > taken => {
                format!("{} bytes, of which {} are taken ({})", grouped(most), grouped(taken), link("PERF022"))
            }
            Some(most) => format!("at most {} of {} bytes", grouped(most), grouped(taken)),
        })
    }

    fn finds(&self, way: Option<&FoundBy>) -> bool {
        match (way, self.name) {
            (Some(FoundBy::PrimaryKey), None) => true,
            (Some(FoundBy::Index(it)), Some(name)) => it == name,
            _ => false,
        }
    }
}

/// What is to be said of the key that is written at `offset` of a table.
pub(super) fn describe(
    db: &Database,
    declaration: Declaration,
    source: &SourceDeclaration,
    offset: usize,
) -> Vec<String> {
    let lowered = lower_table(db, Project::get(db), declaration);
    let is_here = |place: &Place| is_written_at(place, source, offset);
    let places = places(lowered);
    let keys = Key::all(&lowered.table);
    let Some((key, _)) = keys.iter().zip(places).find(|(_, place)| place.is_some_and(is_here)) else {
        return Vec::new();
    };
    let schema = TableSchema::new(db, declaration);
    let mut sections = Vec::new();
    for dialect in schema.dialects() {
        sections.extend(
            key.name.and_then(|name| schema.statement_of(dialect, name)).map(|it| sql_block(dialect.title(), &it)),
        );
    }
    let mut limits = Comparison::new(schema.dialects());
    limits.row(key.title(), |it| key.limit(db, &lowered.table, it));
    sections.extend(limits.markdown());
    sections.push(users_text(db, &lowered.table, key));
    sections
}

/// Where the keys are written, in the order of [`Key::all`].
fn places(lowered: &LoweredTable) -> impl Iterator<Item = Option<&Place>> {
    let primary = lowered.table.primary_key.iter().map(|_| lowered.primary_key.as_ref());
    primary.chain(lowered.uniques.iter().map(Some)).chain(lowered.indexes.iter().map(Some))
}

fn users_text(db: &Database, table: &Table, key: &Key<'_>) -> String {
    let project = Project::get(db);
    let is_query = |it: &Declaration| matches!(it.kind(db), DeclarationKind::Query | DeclarationKind::Mutation);
    let all = project.files(db).into_iter().flat_map(|file| item_tree(db, file).iter().copied());
    let uses = |it: &Declaration| {
        let accesses = table_accesses(db, project, *it);
        let mut ways = accesses.iter().filter(|it| it.table == table.name).flat_map(|it| &it.found_by);
        ways.any(|(_, way)| key.finds(way.as_ref()))
    };
    let found: Vec<_> = all.filter(is_query).filter(uses).map(|it| format!("`{}`", it.name(db))).collect();
    match found.len() {
        0 => "Used by no query".to_owned(),
        count if count > NAMED_QUERIES => {
            format!("Used by {}, {} more", found[..NAMED_QUERIES].join(", "), count - NAMED_QUERIES)
        }
        _ => format!("Used by {}", found.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::hover::tests::hover;

    #[test]
    fn an_index_shows_its_statements_its_key_and_its_queries() {
        let shown = hover(
            "table visits {\n  id       uuid   @primary_key\n  country  varchar(2)\n  at       timestamptz\n\n  \
             ind$0ex(country, at desc)\n}\nquery recent(country: varchar(2)) {\n  from visits\n  where country = \
             $country\n  select id\n}\nquery all_of_them {\n  from visits\n  select id\n}\n",
        );
        assert!(shown.contains("CREATE INDEX idx_visits_country_at ON visits (country, `at` DESC);"), "{shown}");
        let key = "| Key of `idx_visits_country_at` | at most 16 of 2,704 bytes | at most 56 of 8,192 bytes |";
        assert!(shown.contains(key), "an entry of Spanner ends in the primary key: {shown}");
        assert!(shown.contains("Used by `recent`\n\n"), "{shown}");
    }

    #[test]
    fn unique_and_primary_keys_are_shown_like_indexes() {
        let table = |text: &str| {
            format!(
                "table users {{\n  {text}\n}}\nquery q(id: uuid) {{\n  from users\n  where id = $id\n  select id\n}}\n"
            )
        };
        let shown = hover(&table("id  uuid  @primary_key\n  mail  varchar(100)  @uni$0que"));
        assert!(shown.contains("ADD CONSTRAINT \"uq_users_mail\" UNIQUE (\"mail\");"), "{shown}");
        assert!(shown.contains("CREATE UNIQUE INDEX uq_users_mail ON users (mail);"), "{shown}");
        assert!(shown.contains("at most 400 of 2,704 bytes | at most 436 of 8,192 bytes"), "{shown}");
        assert!(shown.contains("Used by no query"), "{shown}");
        let shown = hover(&table("id  uuid  @primary_$0key\n  mail  text"));
        assert!(shown.starts_with("| | PostgreSQL | Spanner |"), "{shown}");
        assert!(shown.contains("| Primary key | at most 16 of 2,704 bytes | at most 36 of 8,192 bytes |"), "{shown}");
        assert!(shown.contains("Used by `q`\n\n"), "{shown}");
        let shown = hover(&table("id  uuid  @primary_key\n  mail  text\n  uni$0que(id, mail)"));
        assert!(shown.contains("as long as its values, up to 2,704 bytes"), "{shown}");
    }

    #[test]
    fn a_key_that_is_too_long_is_told() {
        let shown = hover("table pages {\n  id  uuid  @primary_key\n  url  varchar(4000)\n  ind$0ex(url)\n}\n");
        assert!(shown.contains("16,000 bytes, of which 2,704 are taken ([PERF022]("), "{shown}");
    }

    #[test]
    fn only_trees_have_a_limit() {
        let shown = hover(
            "table a {\n  id  uuid  @primary_key\n  tags  jsonb  @only(postgres)\n  ind$0ex(tags, using: gin) @only(postgres)\n}\n",
        );
        assert!(shown.contains("USING gin") && !shown.contains("bytes |"), "{shown}");
    }

    #[test]
    fn the_key_of_a_mixin_is_told_by_its_tables() {
        let shown =
            hover("mixin M {\n  at  timestamptz\n  ind$0ex(at)\n}\ntable a {\n  id  uuid  @primary_key\n  ...M\n}\n");
        assert!(shown.starts_with("```orm\nindex\n```"), "{shown}");
    }
}
