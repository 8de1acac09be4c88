//! A name that Spanner refuses.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, database_name::rename, rule::rule},
    lower::names::{NameKind, Naming, location},
};

rule! {
    /// A name is none that Spanner takes, quoted or not.
    ///
    /// A name begins with a letter and holds letters, digits and `_`. Constraints may not begin with `PK_` or
    /// `CK_IS_NOT_NULL_`, indexes not with `Dir_`, and none is called `PRIMARY_KEY`.
    ///
    /// ```orm,bad
    /// table _users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    SPANNER_NAME: "SP002", "spanner-name", Error, oracle(Spanner)
}

pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for name in context.names.iter().filter(|it| it.kind != NameKind::Type) {
        if let Some(complaint) = complaint(name.kind, &name.text) {
            let (place, related) = location(context, name);
            let mut finding = SPANNER_NAME.at(place, format!("Spanner refuses the name `{}`: {complaint}", name.text));
            finding.related.extend(related);
            let fix = taken(name.kind, &name.text).and_then(|it| rename(context, name, &it));
            diagnostics.push(finding.help("give another name with `name:` or `@db(\"…\")`").fix_if_any(fix));
        }
    }
}

fn complaint(kind: NameKind, name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let is_constraint = matches!(kind, NameKind::ForeignKey | NameKind::Check);
    let is_index = matches!(kind, NameKind::Index | NameKind::Unique);
    if !name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_') {
        Some("it holds more than letters, digits and `_`")
    } else if kind == NameKind::Column && name.starts_with('_') {
        Some("a column begins with a letter")
    } else if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Some("it does not begin with a letter")
    } else if is_constraint && upper.starts_with("PK_") {
        Some("a constraint may not begin with `PK_`")
    } else if is_constraint && upper.starts_with("CK_IS_NOT_NULL_") {
        Some("a constraint may not begin with `CK_IS_NOT_NULL_`")
    } else if is_index && upper == "PRIMARY_KEY" {
        Some("it is the name of the primary key's own index")
    } else if is_index && name.starts_with("Dir_") {
        Some("an index may not begin with `Dir_`")
    } else {
        None
    }
}

/// The name with what Spanner refuses left out.
fn taken(kind: NameKind, name: &str) -> Option<String> {
    let plain: String = name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    let plain = plain.trim_start_matches(|it: char| !it.is_ascii_alphabetic());
    Some(plain.to_owned()).filter(|it| !it.is_empty() && complaint(kind, it).is_none())
}
