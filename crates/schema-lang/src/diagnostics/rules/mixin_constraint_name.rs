//! A fixed name in a mixin.

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    item::{DeclarationKind, Member, argument},
    lower::words::text_argument,
};

rule! {
    /// An index or constraint of a mixin has a name that is the same for every table that spreads it.
    ///
    /// `{table}` in the name stands for the table's name.
    ///
    /// ```orm,bad
    /// mixin Named {
    ///   name  text
    ///
    ///   index(name, name: "by_name")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// mixin Named {
    ///   name  text
    ///
    ///   index(name, name: "{table}_by_name")
    /// }
    /// ```
    MIXIN_CONSTRAINT_NAME: "ORM043", "mixin-constraint-name", Error, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.declaration.kind(context.db) != DeclarationKind::Mixin {
        return;
    }
    for member in &context.declaration.item(context.db).members {
        let lists: Vec<_> = match member {
            Member::Item(item) => vec![&item.arguments],
            Member::Column(column) => column.attributes.iter().map(|it| &it.arguments).collect(),
            Member::Spread(_) => continue,
        };
        for arguments in lists {
            if let (Some(name), Some(it)) = (text_argument(arguments, "name"), argument(arguments, "name"))
                && !name.contains("{table}")
            {
                let message = format!("every table that spreads the mixin would have a `{name}`");
                let finding = MIXIN_CONSTRAINT_NAME.at(context.here(it.anchor), message);
                let finding = finding.help(format!("write `\"{{table}}_{name}\"`, or leave the name out"));
                let place = context.here(it.value.anchor);
                let fix = Fix::offer("Begin it with the name of the table");
                diagnostics.push(finding.fix(fix.replace(&place, format!("{:?}", format!("{{table}}_{name}")))));
            }
        }
    }
}
