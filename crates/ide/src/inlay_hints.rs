//! What a line does not say and the databases will have: types of columns, columns of mixins.

use std::ops::Range;

use orm_engine::dialect;
use orm_model::{
    Dialect, ScalarType,
    query::{ResultColumn, ResultValue},
};
use orm_schema_lang::{
    Database, File, Project,
    database::{Declaration, item_tree, resolve},
    item::{
        DeclarationKind, Member,
        query::{ClauseKind, SelectionItem},
    },
    lower::{enums::lower_enum, query::lower_query, shape::ColumnShape},
    source::SourceDeclaration,
};

use crate::symbol::columns;

/// Something to be shown between the characters of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlayHint {
    /// Behind which byte.
    pub offset: usize,
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: InlayHintKind,
}

/// What a hint tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlayHintKind {
    /// The type of a column in each database.
    PhysicalType,
    /// The columns that a mixin brings.
    MixinColumns,
    /// That a result of a query may be NULL.
    Nullability,
}

/// The hints in a range of bytes, in the order of the text.
pub(crate) fn inlay_hints(db: &Database, file: File, range: Range<usize>) -> Vec<InlayHint> {
    let source = file.source(db);
    let mut hints = Vec::new();
    for (declaration, written) in item_tree(db, file).iter().zip(source.declarations()) {
        let place = written.range();
        if place.end < range.start || range.end < place.start {
            continue;
        }
        for member in &written.item().members {
            let hint = match member {
                Member::Column(item) => columns(db, *declaration)
                    .iter()
                    .find(|it| it.origin.spread.is_none() && it.name == item.name.anchor)
                    .zip(item.column_type.as_ref())
                    .and_then(|(shape, written_type)| {
                        let label = physical_types(db, shape)?;
                        let offset = written.span(written_type.anchor).end;
                        Some(InlayHint { offset, label, kind: InlayHintKind::PhysicalType })
                    }),
                Member::Spread(spread) => spread.name.as_ref().and_then(|name| {
                    let mixin = resolve(db, Project::get(db), &name.text, &[DeclarationKind::Mixin])?;
                    let label = mixin_columns(db, mixin)?;
                    let offset = written.span(name.anchor).end;
                    Some(InlayHint { offset, label, kind: InlayHintKind::MixinColumns })
                }),
                Member::Item(_) => None,
            };
            hints.extend(hint.filter(|it| range.start <= it.offset && it.offset <= range.end));
        }
        let mut nullable = Vec::new();
        nullability(db, *declaration, written, &mut nullable);
        hints.extend(nullable.into_iter().filter(|it| range.start <= it.offset && it.offset <= range.end));
    }
    hints
}

/// Behind what a query selects a `?` where it may be NULL: columns, the other side of an outer join, relations to a row that
/// may be missing, sums of no rows.
fn nullability(db: &Database, declaration: Declaration, written: &SourceDeclaration, hints: &mut Vec<InlayHint>) {
    let Some(query) = &written.item().query else { return };
    let lowered = lower_query(db, Project::get(db), declaration);
    let clauses = query.clauses.iter().flatten();
    let selected = clauses.filter_map(|it| match &it.kind {
        ClauseKind::Select { selection, .. } | ClauseKind::Returning(selection) => Some(selection),
        _ => None,
    });
    if let (Some(query), Some(selection)) = (&lowered.query, { selected }.next()) {
        nullable_outputs(written, selection, &query.body.row(), hints);
    }
}

fn nullable_outputs(
    written: &SourceDeclaration,
    selection: &[SelectionItem],
    row: &[ResultColumn],
    hints: &mut Vec<InlayHint>,
) {
    // What `*` gives has no place of its own in the text.
    if selection.len() != row.len() {
        return;
    }
    for (item, column) in selection.iter().zip(row) {
        let SelectionItem::Value { nested, anchor, .. } = item else { return };
        if let (Some(nested), ResultValue::Row(inner) | ResultValue::Rows(inner)) = (nested, &column.value) {
            nullable_outputs(written, nested, inner, hints);
        }
        if column.nullable {
            let offset = written.span(*anchor).end;
            hints.push(InlayHint { offset, label: "?".to_owned(), kind: InlayHintKind::Nullability });
        }
    }
}

/// `UUID · STRING(36)`: what the databases of the project make of the type; once where they agree.
fn physical_types(db: &Database, shape: &ColumnShape) -> Option<String> {
    shape.column_type()?;
    let targets = Project::get(db).targets(db);
    let dialects = targets.dialects().filter(|it| shape.column.only.is_none_or(|only| only == *it));
    let mut types: Vec<_> = dialects.filter_map(|dialect| physical_type(db, shape, dialect)).collect();
    types.dedup();
    (!types.is_empty()).then(|| types.join(" · "))
}

fn physical_type(db: &Database, shape: &ColumnShape, dialect: Dialect) -> Option<String> {
    let project = Project::get(db);
    if let Some(stated) = shape.column.physical_type.get(dialect) {
        return Some(stated.clone());
    }
    let column_type = &shape.column.column_type;
    let sql = dialect::of(dialect);
    let element = match &column_type.scalar {
        ScalarType::Enum(name) => {
            let declaration = resolve(db, project, name, &[DeclarationKind::Enum])?;
            let definition = &lower_enum(db, project, declaration).definition;
            match dialect::expression::native_enum(dialect, definition) {
                Some(native) => native.to_string(),
                None => sql.scalar_type(&definition.storage, project.targets(db))?,
            }
        }
        scalar => sql.scalar_type(scalar, project.targets(db))?,
    };
    Some(if column_type.array { sql.array_type(&element) } else { element })
}

fn mixin_columns(db: &Database, mixin: Declaration) -> Option<String> {
    let names: Vec<_> = columns(db, mixin).iter().map(ColumnShape::declared_name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn columns_show_their_types_and_spreads_their_columns() {
        let text = "enum State : varchar(9) { open }\nmixin Times {\n  at timestamptz\n  by uuid?\n}\ntable t {\n  id uuid \
                    @primary_key\n  ...Times\n  state State?\n  n bigint[]\n  bad typ\n}\n";
        let (analysis, _) = analysis(text);
        let mut shown = text.to_owned();
        for hint in analysis.inlay_hints("schema.orm", 0..text.len()).unwrap().iter().rev() {
            shown.insert_str(hint.offset, &format!("«{}»", hint.label));
        }
        assert_eq!(
            shown,
            "enum State : varchar(9) { open }\nmixin Times {\n  at timestamptz«TIMESTAMP WITH TIME ZONE · TIMESTAMP»\n  by uuid?«UUID · \
             STRING(36)»\n}\ntable t {\n  id uuid«UUID · STRING(36)» @primary_key\n  ...Times«at, by»\n  state \
             State?«VARCHAR(9) · STRING(9)»\n  n bigint[]«BIGINT[] · ARRAY<INT64>»\n  bad typ\n}\n"
        );
        let start = text.find("table").unwrap();
        assert_eq!(analysis.inlay_hints("schema.orm", start..text.len()).unwrap().len(), 4);
    }

    #[test]
    fn results_that_may_be_null_are_marked() {
        let text = "table users {\n  id    uuid  @primary_key\n  name  text?\n}\ntable posts {\n  id       uuid  \
                    @primary_key\n  user_id  uuid?  @references(users.id)\n}\nquery q {\n  from posts\n  left_join users \
                    as u on u.id = posts.user_id\n  select posts.id, u.name, other: u.id, user { id, name }\n}\n";
        let (analysis, _) = analysis(text);
        let mut shown = text.to_owned();
        let start = text.find("query").unwrap();
        for hint in analysis.inlay_hints("schema.orm", start..text.len()).unwrap().iter().rev() {
            shown.insert_str(hint.offset, &format!("«{}»", hint.label));
        }
        assert!(shown.contains("select posts.id, u.name«?», other: u.id«?», user { id, name«?» }«?»\n"), "{shown}");
    }
}
