//! A generated column that is made of another one.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A generated column reads another generated column, which PostgreSQL refuses.
    ///
    /// ```orm,bad
    /// table people {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   key    text  @generated(lower(name))
    ///   short  bigint  @generated(char_length(key))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   key    text  @generated(lower(name))
    ///   short  bigint  @generated(char_length(lower(name)))
    /// }
    /// ```
    GENERATED_READS_GENERATED: "PG031", "generated-reads-generated", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) else { continue };
        let columns = generated.expression.columns();
        let mut inputs = columns.into_iter().filter_map(|name| context.table().column(name));
        if let Some(input) = inputs.find(|it| it.generated.is_some()) {
            let message = format!("`{}` is a generated column, too", input.declared_name());
            let finding = context.at(&GENERATED_READS_GENERATED, &it.origin, anchor, message);
            diagnostics.push(finding.help("write its expression here in place of its name"));
        }
    }
}
