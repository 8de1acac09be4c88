//! Interleaving in a table whose key does not begin this one's.

use orm_model::{ColumnType, ReferentialAction, ScalarType};

use crate::{
    database::{AnalysisDatabase, Project, resolve},
    diagnostics::{Diagnostic, Fix, Location, rule::rule, rules::foreign_key_columns},
    item::DeclarationKind,
    lower::{
        Scope,
        enums::lower_enum,
        shape::{Place, Shape, Signature},
    },
};

rule! {
    /// A table is interleaved in a parent whose primary key is not the beginning of its own.
    ///
    /// Spanner stores the rows of the child behind the row of the parent, by key: the child's key begins with the
    /// parent's, with the same names, types, lengths and order
    /// (<https://cloud.google.com/spanner/docs/schema-and-data-model>). PostgreSQL gets a foreign key, whose types have to
    /// compare. `smallint` and `bigint`, which are one type in Spanner, may stand for one another. `interleave_in` begins
    /// with the parent's key, too, since rows are stored by it.
    ///
    /// ```orm,bad
    /// table orders {
    ///   order_id  uuid  @primary_key
    /// }
    /// table order_items {
    ///   item_id   uuid  @primary_key
    ///   order_id  uuid
    ///
    ///   interleave(orders)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table orders {
    ///   order_id  uuid  @primary_key
    /// }
    /// table order_items {
    ///   item_id   uuid  @primary_key
    ///   order_id  uuid
    ///
    ///   interleave_in(orders)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table orders {
    ///   order_id  bigint  @primary_key
    /// }
    /// table order_items {
    ///   order_id  uuid
    ///   item_id   uuid
    ///
    ///   primary_key(order_id, item_id)
    ///   interleave(orders)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   order_id  uuid  @primary_key
    /// }
    /// table order_items {
    ///   order_id  uuid
    ///   item_id   uuid
    ///
    ///   primary_key(order_id, item_id)
    ///   interleave(orders)
    /// }
    /// ```
    BAD_INTERLEAVE: "ORM091", "bad-interleave", Error, oracle(Postgres, Spanner)
}

/// Compares the keys; nothing is said where one of them is missing, which has a finding of its own.
pub(crate) fn check(scope: &Scope<'_>, location: Location, shape: &Shape, parent: &Signature) -> Option<Diagnostic> {
    let (key, _) = shape.primary_key.as_ref()?;
    if parent.primary_key.is_empty() {
        return None;
    }
    if parent.name == shape.name {
        return Some(BAD_INTERLEAVE.at(location, "a table cannot be interleaved in itself").help("name its parent"));
    }
    let wanted: Vec<_> = parent.primary_key.iter().map(|it| it.name.as_str()).collect();
    let wanted = wanted.join(", ");
    let complain = |message: String| {
        let help = format!("begin the primary key with {wanted}, named, typed and sorted as in `{}`", parent.name);
        Some(BAD_INTERLEAVE.at(location, message).help(help))
    };
    for (index, theirs) in parent.primary_key.iter().enumerate() {
        let Some(ours) = key.columns.get(index) else {
            return complain(format!("the primary key is shorter than that of `{}`", parent.name));
        };
        if ours.name != theirs.name {
            return complain(format!(
                "the primary key has `{}` where `{}` has `{}`",
                ours.name, parent.name, theirs.name
            ));
        }
        if ours.descending != theirs.descending {
            return complain(format!("`{}` is sorted the other way in `{}`", ours.name, parent.name));
        }
        let our_type = shape.columns.iter().find(|it| it.column.name == ours.name).and_then(|it| it.column_type());
        let their_type = parent.columns.iter().find(|it| it.name == theirs.name).and_then(|it| it.column_type.as_ref());
        if let (Some(our_type), Some(their_type)) = (our_type, their_type)
            && !is_one_key(scope.db, scope.project, our_type, their_type)
        {
            let own = shape.columns.iter().find(|it| it.column.name == ours.name);
            let fix = own.map(|own| {
                let fix = Fix::offer(format!("Make `{}` `{their_type}`", ours.name));
                fix.replace(&own.location_of(own.written_type), their_type.to_string())
            });
            let message = format!("`{}` is `{our_type}` here and `{their_type}` in `{}`", ours.name, parent.name);
            return complain(message).map(|it| it.fix_if_any(fix));
        }
    }
    None
}

/// Whether values of the two types are one key in both databases.
pub(super) fn is_one_key(db: &dyn AnalysisDatabase, project: Project, ours: &ColumnType, theirs: &ColumnType) -> bool {
    let stored = |it: &ColumnType| ColumnType { scalar: stored(db, project, &it.scalar), array: it.array };
    foreign_key_columns::are_comparable(ours, theirs) && stored(ours) == stored(theirs)
}

/// What Spanner makes of a type.
fn stored(db: &dyn AnalysisDatabase, project: Project, scalar: &ScalarType) -> ScalarType {
    match scalar {
        ScalarType::Enum(name) => match resolve(db, project, name, &[DeclarationKind::Enum]) {
            Some(it) => stored(db, project, &lower_enum(db, project, it).definition.storage),
            None => scalar.clone(),
        },
        ScalarType::Smallint | ScalarType::Integer => ScalarType::Bigint,
        ScalarType::Numeric(_) => ScalarType::Numeric(None),
        ScalarType::Varchar(None) => ScalarType::Text,
        ScalarType::Char(length) => ScalarType::Varchar(Some(*length)),
        ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) => ScalarType::Timestamptz(None),
        other => other.clone(),
    }
}

pub(crate) fn twice(location: Location, first: &Place) -> Diagnostic {
    let first = first.location();
    let fix = Fix::offer("Remove this one").remove(&location);
    BAD_INTERLEAVE
        .at(location, "the table is interleaved already")
        .help("rows are stored in one parent; keep one of them")
        .related(first, "the first one")
        .fix(fix)
}

pub(crate) fn action(location: Location, action: ReferentialAction) -> Diagnostic {
    let written =
        |action: &str| Fix::offer(format!("Write `{action}`")).replace(&location, format!("on_delete: {action}"));
    let fixes = [written("cascade"), written("no_action")];
    let finding = BAD_INTERLEAVE
        .at(location, format!("an interleaved row cannot `{}`", action.name()))
        .help("write `cascade` or `no_action`");
    fixes.into_iter().fold(finding, Diagnostic::fix)
}
