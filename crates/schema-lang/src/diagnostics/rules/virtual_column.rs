//! A virtual generated column that Spanner does not take.

use orm_model::{Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A virtual generated column is NOT NULL or has a length, which Spanner refuses.
    ///
    /// It is computed when it is read, so that nothing can be refused when it is written
    /// (<https://cloud.google.com/spanner/docs/generated-column/how-to>).
    ///
    /// ```orm,bad,postgres-18
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(lower(name), stored: false)
    /// }
    /// ```
    ///
    /// ```orm,good,postgres-18
    /// table people {
    ///   id    uuid   @primary_key
    ///   name  text
    ///   key   text?  @generated(lower(name), stored: false)
    /// }
    /// ```
    VIRTUAL_COLUMN: "SP100", "virtual-column", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        if it.column.generated.as_ref().is_none_or(|it| it.stored) {
            continue;
        }
        let has_length = matches!(
            it.column.column_type.scalar,
            ScalarType::Varchar(Some(_)) | ScalarType::Char(_) | ScalarType::Bytes(Some(_)) | ScalarType::Uuid
        );
        let complaint = if !it.column.nullable {
            Some((
                "is computed when it is read, so that it cannot be NOT NULL",
                "add `?` to its type, or leave `stored: false` out",
            ))
        } else if has_length && it.column.physical_type.spanner.is_none() {
            Some((
                "is computed when it is read, so that it cannot have a length",
                "use `text` or `bytes`, or leave `stored: false` out",
            ))
        } else {
            None
        };
        if let Some((what, help)) = complaint {
            let message = format!("`{}` {what}", it.declared_name());
            let finding = context.at(&VIRTUAL_COLUMN, &it.origin, it.written_type, message).help(help);
            let is_key = context.table().is_key_column(&it.column.name);
            let finding = finding.fix_if_any(context.let_be_null(it).filter(|_| !has_length && !is_key));
            diagnostics.push(finding.fix_if_any(context.store(it)));
        }
    }
}
