//! A type that does not exist.

use orm_model::{
    Dialect,
    registry::{MeantType, OTHER_TYPE_NAMES, OtherTypeName, TYPES, TypeArguments, find_other_type_name, find_type},
};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::{Argument, ColumnItem, ExpressionKind, TypeExpression},
    lower::{Scope, similar},
};

rule! {
    /// A column has a type that is neither one of the language nor a declared enum.
    ///
    /// `timestamp` is none on purpose: it means an instant in Spanner and a local time in PostgreSQL. Write
    /// `timestamptz` or `timestamp_local`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid       @primary_key
    ///   created_at  timestamp
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid         @primary_key
    ///   created_at  timestamptz
    /// }
    /// ```
    UNKNOWN_TYPE: "ORM010", "unknown-type", Error, language
}

pub(crate) fn report(scope: &Scope<'_>, written: &TypeExpression) -> Diagnostic {
    let (name, location) = (&*written.name.text, scope.at(written.name.anchor));
    if name.eq_ignore_ascii_case("timestamp") {
        return ambiguous(location, "`timestamp` means opposite things in the two databases");
    }
    let finding = UNKNOWN_TYPE.at(location, format!("there is no type `{name}`"));
    if let Some(other) = find_other_type_name(name) {
        return meant(finding, scope, written, other.name, other.meant);
    }
    let ours = TYPES.iter().filter(|it| it.arguments != TypeArguments::Text);
    if let Some(ours) = ours.into_iter().find(|it| it.name.eq_ignore_ascii_case(name)) {
        return meant(finding, scope, written, ours.name, MeantType::Type(ours.name));
    }
    if name.eq_ignore_ascii_case("enum") {
        return finding.help("declare it: `enum State { open, done }`, and write `State` here");
    }
    if let Some(known) = similar(name, TYPES.iter().map(|it| it.name)) {
        return finding.help(format!("did you mean `{known}`?")).fix(Fix::rename(&location, name, known));
    }
    let almost = similar(name, OTHER_TYPE_NAMES.iter().map(|it| it.name)).and_then(find_other_type_name);
    match almost {
        Some(OtherTypeName { meant: MeantType::Type(ours), .. }) => {
            finding.help(format!("did you mean `{ours}`?")).fix(Fix::rename(&location, name, ours))
        }
        _ => finding.help("use a type of the language, or declare an `enum` of this name"),
    }
}

fn ambiguous(location: Location, message: &str) -> Diagnostic {
    UNKNOWN_TYPE
        .at(location, message)
        .help("write `timestamptz` for an instant, `timestamp_local` for a date and time without a zone")
        .fix(Fix::offer("Make it an instant: `timestamptz`").replace(&location, "timestamptz"))
        .fix(Fix::offer("Make it a local time: `timestamp_local`").replace(&location, "timestamp_local"))
}

/// A type of somebody else: what it is here, with what of its arguments and signs stays.
fn meant(
    finding: Diagnostic,
    scope: &Scope<'_>,
    written: &TypeExpression,
    other: &str,
    meant: MeantType,
) -> Diagnostic {
    let whole = scope.at(written.anchor);
    let signs = format!("{}{}", if written.array { "[]" } else { "" }, if written.nullable { "?" } else { "" });
    let fix = |text: &str| {
        let title = format!("Change `{}` to `{text}`", written.name.text);
        Fix::offer(title).replace(&whole, text)
    };
    match meant {
        MeantType::Type(ours) => {
            let fix = fix(&format!("{ours}{}{signs}", sizes(written, ours)));
            finding.help(format!("did you mean `{ours}`?")).fix(fix.certain())
        }
        MeantType::InstantOrLocal => {
            let message = format!("there is no type `{}`, which others call opposite things", written.name.text);
            ambiguous(scope.at(written.name.anchor), &message)
        }
        MeantType::Text => {
            let ours = if sizes(written, "varchar").is_empty() { "text" } else { "varchar" };
            let fix = fix(&format!("{ours}{}{signs}", sizes(written, ours)));
            finding.help(format!("did you mean `{ours}`?")).fix(fix.certain())
        }
        MeantType::Counter(ours) => {
            let ours = if scope.targets().includes(Dialect::Spanner) { "bigint" } else { ours };
            let text = format!("{ours} = identity()");
            let help = format!("write `{text}`: the database numbers the rows");
            if written.array { finding.help(help) } else { finding.help(help).fix(fix(&text)) }
        }
        MeantType::Postgres => {
            // `time(3) with time zone`: PostgreSQL's numbers stand behind the first word.
            let (first, zone) = other.find(" with").map_or((other, ""), |it| other.split_at(it));
            let text = format!("postgres(\"{first}{}{zone}\")", all_sizes(written));
            let fix = native(scope, Dialect::Postgres, written, &format!("{text}{signs}"));
            finding.help(format!("PostgreSQL alone has it: write `{text}`")).fix(fix)
        }
        MeantType::Spanner(theirs) => {
            let text = format!("spanner(\"{theirs}\")");
            let fix = native(scope, Dialect::Spanner, written, &format!("{text}{signs}"));
            finding.help(format!("Spanner alone has it: write `{text}`")).fix(fix)
        }
    }
}

/// Makes the type one that a single database has, and keeps its column to that database where others are to have it, too.
fn native(scope: &Scope<'_>, dialect: Dialect, written: &TypeExpression, text: &str) -> Fix {
    let fix = Fix::offer(format!("Change `{}` to `{text}`", written.name.text));
    let whole = scope.at(written.anchor);
    let is_it = |it: &&ColumnItem| it.column_type.as_ref().is_some_and(|it| it.anchor == written.anchor);
    let is_shared = scope.targets().dialects().any(|it| it != dialect);
    let Some(column) = scope.origin.declaration.item(scope.db).columns().find(is_it).filter(|_| is_shared) else {
        return fix.replace(&whole, text);
    };
    let only = format!("  @only({dialect})");
    let last = column.attributes.last().map(|it| it.anchor).or(column.default.as_ref().map(|it| it.anchor));
    match last {
        Some(last) => fix.replace(&whole, text).insert_after(&scope.at(last), only),
        None => fix.replace(&whole, format!("{text}{only}")),
    }
}

/// The numbers in parentheses, where `ours` takes any.
fn sizes(written: &TypeExpression, ours: &str) -> String {
    let takes_some = find_type(ours).is_some_and(|it| it.arguments != TypeArguments::None);
    if takes_some { all_sizes(written) } else { String::new() }
}

/// `(10, 2)`; nothing where one is no number, such as Spanner's `MAX`.
fn all_sizes(written: &TypeExpression) -> String {
    let number = |it: &Argument| match &it.value.kind {
        ExpressionKind::Number(text) => Some(text.to_string()),
        _ => None,
    };
    let numbers = written.arguments.iter().map(number).collect::<Option<Vec<_>>>().unwrap_or_default();
    if numbers.is_empty() { String::new() } else { format!("({})", numbers.join(", ")) }
}
