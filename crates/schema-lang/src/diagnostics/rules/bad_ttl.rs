//! A time to live that cannot be counted.

use orm_model::{ColumnType, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule};

rule! {
    /// `ttl` does not say from when on rows are to go, or not after how many days.
    ///
    /// It names one column of type `timestamptz` and a number of days. A table has one.
    ///
    /// ```orm,bad
    /// table sessions {
    ///   id    uuid  @primary_key
    ///   seen  date
    ///
    ///   ttl(seen, days: 30)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table sessions {
    ///   id    uuid         @primary_key
    ///   seen  timestamptz
    ///
    ///   ttl(seen, days: 30)
    /// }
    /// ```
    BAD_TTL: "ORM103", "bad-ttl", Error, language
}

/// What an index of days can say at most; Spanner's own limit is not documented, its timestamps end in the year 9999.
const MOST_DAYS: u32 = 3_650_000;

pub(crate) fn twice(location: Location, table: &str) -> Diagnostic {
    let fix = Fix::offer("Remove this one").remove(&location);
    BAD_TTL.at(location, format!("`{table}` has a `ttl` already")).help("keep one of them").fix(fix)
}

pub(crate) fn one_column(location: Location) -> Diagnostic {
    BAD_TTL.at(location, "`ttl` counts from one column").help("name one column of type `timestamptz`")
}

pub(crate) fn days(location: Location) -> Diagnostic {
    let fix = Fix::offer("Add `days: 30`").add_argument(&location, "days: 30");
    BAD_TTL.at(location, "`ttl` does not say after how many days").help("add `days: 30`").fix(fix)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(ttl), Some(place)) = (&context.table().ttl, &context.lowered.ttl) else { return };
    let Some(column) = context.column(&ttl.column) else { return };
    if !context.is_own_pair(&place.origin, column) {
        return;
    }
    let is_instant = !column.column_type.array && matches!(column.column_type.scalar, ScalarType::Timestamptz(_));
    let complaint = if !is_instant {
        let message =
            format!("`{}` is `{}`, and `ttl` counts from a `timestamptz`", column.declared_name(), column.column_type);
        Some((message, "count from a column of type `timestamptz`"))
    } else if ttl.days > MOST_DAYS {
        Some((format!("no row is {} days old", ttl.days), "write fewer days"))
    } else {
        None
    };
    if let Some((message, help)) = complaint {
        let finding = context.at(&BAD_TTL, &place.origin, place.anchor, message).help(help);
        let is_time = matches!(column.column_type.scalar, ScalarType::Date | ScalarType::TimestampLocal(_));
        let shape = context.column_shape(&column.name).filter(|_| is_time && !is_instant);
        let instant = ColumnType::scalar(ScalarType::Timestamptz(None));
        diagnostics.push(finding.fix_if_any(shape.map(|it| context.retype(it, &instant))));
    }
}
