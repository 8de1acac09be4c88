//! The DDL of the whole project as a text that follows the cursor: what `orm ddl` prints, which of it the declaration under
//! the cursor makes, and which of it the migrations do not make yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    ops::RangeInclusive,
    sync::{Arc, OnceLock},
};

use orm_engine::{
    ddl, dialect,
    plan::{DatabaseObject, Plan, Statement},
};
use orm_model::{Dialect, Schema, Targets};
use orm_schema_lang::{Database, File, Project, database::item_tree};

use crate::{
    base::BaseSchema,
    declared::{Declared, parts_at},
};

/// The schema of a state of the files, and its DDL, once somebody has asked for it. It holds no database, so that nobody
/// waits for it.
#[derive(Debug)]
pub struct ProjectDdl {
    schema: Schema,
    targets: Targets,
    base: Arc<BaseSchema>,
    texts: OnceLock<Vec<DialectDdl>>,
}

/// The DDL of one database.
#[derive(Debug)]
struct DialectDdl {
    dialect: Dialect,
    plan: Plan,
    text: Arc<str>,
    id: String,
    changed: Option<Vec<RangeInclusive<usize>>>,
}

/// The DDL of one database, with what of it is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DdlPreview {
    /// Which database.
    pub dialect: Dialect,
    /// What `orm ddl` prints.
    pub text: Arc<str>,
    /// The same for the same text.
    pub id: String,
    /// The lines of what is under the cursor, counted from 0.
    pub selection: Vec<RangeInclusive<usize>>,
    /// The lines that the migrations do not make; `None` without migrations that can be understood.
    pub changed: Option<Vec<RangeInclusive<usize>>>,
    /// What the text leaves out, a line each.
    pub missing: Vec<String>,
}

/// What is under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DdlPlace {
    declared: Declared,
    /// The names of the parts of a table; none for the whole.
    parts: Vec<String>,
}

/// What the declaration at `offset` makes.
pub(crate) fn place(db: &Database, file: File, offset: usize) -> Option<DdlPlace> {
    let (index, _) = file.source(db).declaration_at(offset)?;
    let declaration = *item_tree(db, file).get(index)?;
    let declared = Declared::by(db, declaration)?;
    Some(DdlPlace { declared, parts: parts_at(db, declaration, offset) })
}

#[cfg(test)]
impl DdlPlace {
    /// The object of a database that is under the cursor.
    pub(crate) fn object(&self, schema: &Schema, dialect: Dialect) -> Option<DatabaseObject> {
        self.declared.object(schema, dialect)
    }
}

impl ProjectDdl {
    /// The schema as it is.
    pub(crate) fn of(db: &Database, base: &Arc<BaseSchema>) -> Self {
        let project = Project::get(db);
        let schema = orm_schema_lang::lower::schema::schema(db, project);
        let targets = project.targets(db).clone();
        ProjectDdl { schema, targets, base: Arc::clone(base), texts: OnceLock::new() }
    }

    /// The DDL of each target. The first call takes as long as `orm ddl`.
    pub fn previews(&self, place: Option<&DdlPlace>) -> Vec<DdlPreview> {
        let preview = |it: &DialectDdl| DdlPreview {
            dialect: it.dialect,
            text: Arc::clone(&it.text),
            id: it.id.clone(),
            selection: place.map(|place| self.selection(it, place)).unwrap_or_default(),
            changed: it.changed.clone(),
            missing: it.plan.unsupported.iter().map(ToString::to_string).collect(),
        };
        self.texts().iter().map(preview).collect()
    }

    fn texts(&self) -> &[DialectDdl] {
        self.texts.get_or_init(|| self.targets.dialects().map(|dialect| self.ddl(dialect)).collect())
    }

    fn ddl(&self, dialect: Dialect) -> DialectDdl {
        let plan = ddl::plan(&self.schema, &self.targets, dialect);
        let text = ddl::text(&plan.statements);
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let base = self.base.schema().filter(|_| self.base.has_migrations());
        let changed = base.map(|base| changed(&plan.statements, &ddl::create(base, &self.targets, dialect)));
        DialectDdl { dialect, plan, text: text.into(), id: format!("{:016x}", hasher.finish()), changed }
    }

    fn selection(&self, ddl: &DialectDdl, place: &DdlPlace) -> Vec<RangeInclusive<usize>> {
        let Some(object) = place.declared.object(&self.schema, ddl.dialect) else { return Vec::new() };
        let about = lines(&ddl.plan.statements);
        let about = about.filter(|(it, _)| it.about.as_ref().is_some_and(|it| it.object == object));
        let sql = dialect::of(ddl.dialect);
        let mut selected = Vec::new();
        for (statement, first) in about {
            match statement.about.as_ref().and_then(|it| it.part.as_ref()) {
                _ if place.parts.is_empty() => selected.push(first..=first + last_line(statement)),
                Some(part) if place.parts.contains(&part.name) => selected.push(first..=first + last_line(statement)),
                Some(_) => {}
                None => {
                    let is_part = |line: &str| place.parts.iter().any(|name| begins_part(line, &sql.quote(name)));
                    let found = statement.sql.lines().enumerate().filter(|(_, line)| is_part(line));
                    selected.extend(found.map(|(at, _)| first + at..=first + at));
                }
            }
        }
        joined(selected)
    }
}

/// Whether a line of `CREATE TABLE` is that of a column or constraint.
fn begins_part(line: &str, quoted: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("CONSTRAINT ").unwrap_or(line);
    line.strip_prefix(quoted).is_some_and(|rest| rest.starts_with(' '))
}

/// The statements, each with its first line in `ddl::text`.
fn lines(statements: &[Statement]) -> impl Iterator<Item = (&Statement, usize)> {
    statements.iter().scan(0, |next, statement| {
        let first = *next;
        // A blank line stands between two.
        *next += last_line(statement) + 2;
        Some((statement, first))
    })
}

/// The lines of a statement but one.
fn last_line(statement: &Statement) -> usize {
    statement.sql.matches('\n').count()
}

/// The lines that the statements about the same thing did not have before.
fn changed(statements: &[Statement], before: &[Statement]) -> Vec<RangeInclusive<usize>> {
    let mut known: BTreeMap<Option<&DatabaseObject>, BTreeSet<&str>> = BTreeMap::new();
    for statement in before {
        let object = statement.about.as_ref().map(|it| &it.object);
        known.entry(object).or_default().extend(statement.sql.lines().map(without_comma));
    }
    let mut changed = Vec::new();
    for (statement, first) in lines(statements) {
        let known = known.get(&statement.about.as_ref().map(|it| &it.object));
        let is_new = |line: &str| known.is_none_or(|it| !it.contains(without_comma(line)));
        let new = statement.sql.lines().enumerate().filter(|(_, line)| is_new(line));
        changed.extend(new.map(|(at, _)| first + at..=first + at));
    }
    joined(changed)
}

/// A line that became the last one, or no longer is, says the same.
fn without_comma(line: &str) -> &str {
    line.trim_end_matches(',')
}

/// Ranges that touch as one.
fn joined(ranges: Vec<RangeInclusive<usize>>) -> Vec<RangeInclusive<usize>> {
    let mut joined: Vec<RangeInclusive<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if *range.start() <= last.end() + 1 => *last = *last.start()..=*range.end(),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use orm_engine::ddl;
    use orm_model::Dialect;

    use super::DdlPreview;
    use crate::testing::analysis;

    /// The previews at the cursor of a fixture.
    #[track_caller]
    fn previews(fixture: &str) -> Vec<DdlPreview> {
        let (analysis, fixture) = analysis(fixture);
        let cursor = fixture.cursor();
        let place = analysis.ddl_place(&cursor.path, cursor.offset).unwrap();
        let previews = analysis.project_ddl().unwrap().previews(place.as_ref());
        let (schema, targets) = (analysis.schema().unwrap(), analysis.targets().unwrap());
        for it in &previews {
            assert_eq!(*it.text, ddl::text(&ddl::create(&schema, &targets, it.dialect)));
        }
        previews
    }

    /// The lines under the cursor, of PostgreSQL and Spanner.
    #[track_caller]
    fn selected(fixture: &str) -> [String; 2] {
        let previews = previews(fixture);
        Dialect::ALL.map(|dialect| {
            let preview = previews.iter().find(|it| it.dialect == dialect).unwrap();
            let lines: Vec<_> = preview.text.lines().collect();
            let selected = preview.selection.iter().flat_map(|it| lines[it.clone()].iter().copied());
            selected.collect::<Vec<_>>().join("\n")
        })
    }

    #[test]
    fn a_name_selects_all_that_the_table_makes() {
        let [postgres, spanner] = selected(
            "table users {\n  id  uuid  @primary_key\n}\ntable po$0sts {\n  id  uuid  @primary_key\n  user_id  uuid  \
             @references(users.id)\n  index(user_id)\n}\n",
        );
        assert!(postgres.starts_with("CREATE TABLE \"posts\" (") && postgres.contains("CREATE INDEX"), "{postgres}");
        assert!(postgres.contains("FOREIGN KEY") && !postgres.contains("CREATE TABLE \"users\""), "{postgres}");
        assert!(spanner.contains("CREATE INDEX") && spanner.contains("FOREIGN KEY"), "{spanner}");
    }

    #[test]
    fn a_member_selects_what_it_makes() {
        let [postgres, spanner] = selected(
            "table users {\n  id  uuid  @primary_key\n  em$0ail  text  @unique\n  age  integer?\n  index(age)\n}\n",
        );
        assert_eq!(
            postgres,
            "  \"email\" TEXT NOT NULL\nALTER TABLE \"users\" ADD CONSTRAINT \"uq_users_email\" UNIQUE (\"email\");"
                .replace("NOT NULL\n", "NOT NULL,\n")
        );
        assert_eq!(spanner, "  email STRING(MAX) NOT NULL,\nCREATE UNIQUE INDEX uq_users_email ON users (email);");
        let [postgres, _] = selected("table users {\n  id  uuid  @primary_key\n  age  integer?\n  ind$0ex(age)\n}\n");
        assert_eq!(postgres, "CREATE INDEX \"idx_users_age\" ON \"users\" (\"age\");");
    }

    #[test]
    fn what_no_database_knows_selects_nothing() {
        let mixin = "mixin Ti$0mes {\n  at  timestamptz\n}\ntable a {\n  id  uuid  @primary_key\n  ...Times\n}\n";
        assert_eq!(selected(mixin), [String::new(), String::new()]);
        assert_eq!(selected("$0\ntable a {\n  id  uuid  @primary_key\n}\n"), [String::new(), String::new()]);
    }

    #[test]
    fn what_a_database_cannot_have_is_missing() {
        let previews = previews("table ti$0mes {\n  id  uuid  @primary_key\n  opens  time\n}\n");
        assert!(previews[0].missing.is_empty());
        assert!(previews[1].missing[0].starts_with("cannot create column opens of table times"), "{previews:?}");
        assert!(previews.iter().all(|it| it.changed.is_none()), "there are no migrations");
    }
}
