//! An index that is to be stored where its entries do not belong.

use orm_model::{Dialect, Index};

use super::bad_interleave::is_one_key;
use crate::{
    diagnostics::{Diagnostic, RuleContext, interleaving::ancestors, rule::rule},
    lower::shape::{Signature, signature},
};

rule! {
    /// An index is interleaved in a table whose key does not begin its own.
    ///
    /// Spanner stores the entries of the index behind the row of the table: that table is one that the index's own is
    /// interleaved in, and the index begins with the columns of its primary key, sorted as there
    /// (<https://cloud.google.com/spanner/docs/reference/standard-sql/data-definition-language#create-index>).
    ///
    /// ```orm,bad
    /// table singers {
    ///   singer_id  bigint  @primary_key
    /// }
    /// table songs {
    ///   song_id    bigint  @primary_key
    ///   singer_id  bigint
    ///   title      text
    ///
    ///   index(singer_id, title, interleave: singers)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table singers {
    ///   singer_id  bigint  @primary_key
    /// }
    /// table songs {
    ///   singer_id  bigint
    ///   song_id    bigint
    ///   title      text
    ///
    ///   primary_key(singer_id, song_id)
    ///   interleave(singers)
    ///   index(singer_id, unique: true, where: title != "", interleave: singers)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table singers {
    ///   singer_id  bigint  @primary_key
    /// }
    /// table songs {
    ///   singer_id  bigint
    ///   song_id    bigint
    ///   title      text
    ///
    ///   primary_key(singer_id, song_id)
    ///   interleave(singers)
    ///   index(title, interleave: singers)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table singers {
    ///   singer_id  bigint  @primary_key
    /// }
    /// table songs {
    ///   singer_id  bigint
    ///   song_id    bigint
    ///   title      text
    ///
    ///   primary_key(singer_id, song_id)
    ///   interleave(singers)
    ///   index(singer_id, title, interleave: singers)
    /// }
    /// ```
    INDEX_INTERLEAVE: "SP111", "index-interleave", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) || !context.is_table() {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let Some(parent) = &index.interleave else {
            continue;
        };
        let (db, project) = (context.db, context.project);
        let mut tables = ancestors(db, project, context.declaration);
        let signature = tables.find_map(|it| Some(signature(db, project, it)).filter(|it| it.name == *parent));
        let (message, help) = match signature {
            None if *parent == context.table().name => (
                "the index is interleaved in its own table".to_owned(),
                "name the table that this one is interleaved in, or leave `interleave:` out".to_owned(),
            ),
            None => (
                format!("the table is not interleaved in `{parent}`, so the index cannot be"),
                format!("add `interleave({parent})` to the table, or leave `interleave:` out"),
            ),
            Some(signature) => match complaint(context, index, signature) {
                Some(message) => {
                    let key: Vec<_> = signature.primary_key.iter().map(|it| it.name.as_str()).collect();
                    (message, format!("begin the index with {}, or leave `interleave:` out", key.join(", ")))
                }
                None if computes_parent_key(context, index, signature) => (
                    format!("the condition goes into the last key, which `{parent}` wants as it is"),
                    "add a key behind those of the parent, or leave `interleave:` out".to_owned(),
                ),
                None => continue,
            },
        };
        let finding = context.at(&INDEX_INTERLEAVE, &place.origin, place.anchor, message).help(help);
        diagnostics.push(finding.fix_if_any(context.without_argument(place, "interleave")));
    }
}

/// Whether the last key, which the condition of a unique index makes a computed one, is the last of the key of `parent`.
fn computes_parent_key(context: &RuleContext<'_>, index: &Index, parent: &Signature) -> bool {
    context.table().computed_keys(index).iter().any(|at| *at < parent.primary_key.len())
}

/// What keeps the index from beginning with the key of `parent`.
fn complaint(context: &RuleContext<'_>, index: &Index, parent: &Signature) -> Option<String> {
    for (at, theirs) in parent.primary_key.iter().enumerate() {
        let ours = index.keys.get(at);
        let column = ours.and_then(|it| it.column_name());
        if column != Some(theirs.name.as_str()) {
            return Some(format!("the index does not begin with the primary key of `{}`", parent.name));
        }
        if ours.is_some_and(|it| it.descending != theirs.descending) {
            return Some(format!("`{}` is sorted the other way in `{}`", theirs.name, parent.name));
        }
        let our_type = context.lowered.columns.iter().find(|it| it.column.name == theirs.name);
        let their_type = parent.columns.iter().find(|it| it.name == theirs.name);
        let types = our_type.and_then(|it| it.column_type()).zip(their_type.and_then(|it| it.column_type.as_ref()));
        if types.is_some_and(|(ours, theirs)| !is_one_key(context.db, context.project, ours, theirs)) {
            return Some(format!("`{}` has another type in `{}`", theirs.name, parent.name));
        }
    }
    None
}
