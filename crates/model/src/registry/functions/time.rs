//! Functions of dates and instants. An instant is read and counted in UTC.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType, Volatility},
    parameter,
};

const MOMENT: Parameter = parameter("moment", P::Moment);
const INSTANT: Parameter = parameter("instant", P::Timestamp);
const COUNT: Parameter = parameter("count", P::Integer);
const DATE: Parameter = parameter("date", P::Date);
const FROM_DATE: Parameter = parameter("from", P::Date);
const TO_DATE: Parameter = parameter("to", P::Date);
const FROM: Parameter = parameter("from", P::Timestamp);
const TO: Parameter = parameter("to", P::Timestamp);
const NUMBER: Parameter = parameter("number", P::Integer);

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function("now", &[], ReturnType::Timestamptz, "The time of the statement or transaction.", "now()")
        .depends_on(Volatility::Stable),
    function(
        "commit_timestamp",
        &[],
        ReturnType::Timestamptz,
        "The time at which the transaction commits: Spanner's commit timestamp, which orders transactions; `now()` in \
         PostgreSQL.",
        "commit_timestamp()",
    )
    .depends_on(Volatility::Stable),
    function("today", &[], ReturnType::Date, "The day of the statement or transaction in UTC.", "today()")
        .depends_on(Volatility::Stable),
    part("year", "The year.", "year(created_at)"),
    part("quarter", "The quarter of the year, 1 to 4.", "quarter(created_at)"),
    part("month", "The month, 1 to 12.", "month(created_at)"),
    part("day", "The day of the month, 1 to 31.", "day(created_at)"),
    part("iso_year", "The year that the ISO week belongs to.", "iso_year(created_at)"),
    part("iso_week", "The ISO week of the year, 1 to 53.", "iso_week(created_at)"),
    part("day_of_year", "The day of the year, 1 to 366.", "day_of_year(created_at)"),
    part("day_of_week", "The day of the week, Sunday is 0.", "day_of_week(created_at)"),
    part("iso_day_of_week", "The day of the week, Monday is 1 and Sunday 7.", "iso_day_of_week(created_at)"),
    clock("hour", "The hour, 0 to 23.", "hour(created_at)"),
    clock("minute", "The minute, 0 to 59.", "minute(created_at)"),
    clock("second", "The whole second, 0 to 59.", "second(created_at)"),
    clock("millisecond", "The thousandths of the second, 0 to 999.", "millisecond(created_at)"),
    clock("microsecond", "The millionths of the second, 0 to 999999.", "microsecond(created_at)"),
    start("start_of_second", INSTANT_ONLY, "The instant, cut to the second.", "start_of_second(created_at)"),
    start("start_of_minute", INSTANT_ONLY, "The instant, cut to the minute.", "start_of_minute(created_at)"),
    start("start_of_hour", INSTANT_ONLY, "The instant, cut to the hour.", "start_of_hour(created_at)"),
    start("start_of_day", INSTANT_ONLY, "The instant at which the day begins.", "start_of_day(created_at)"),
    start("start_of_week", EITHER, "The Monday on or before it.", "start_of_week(created_at)"),
    start("start_of_month", EITHER, "The first day of the month.", "start_of_month(created_at)"),
    start("start_of_quarter", EITHER, "The first day of the quarter.", "start_of_quarter(created_at)"),
    start("start_of_year", EITHER, "The first day of the year.", "start_of_year(created_at)"),
    function("last_day", &[DATE], ReturnType::Date, "The last day of the month.", "last_day(due_on)"),
    add("add_seconds", "The instant so many seconds later.", "add_seconds(created_at, 30)"),
    add("add_minutes", "The instant so many minutes later.", "add_minutes(created_at, 15)"),
    add("add_hours", "The instant so many hours later.", "add_hours(created_at, 2)"),
    add_days("add_days", "The date or instant so many days later.", "add_days(due_on, 14)"),
    add_days("add_weeks", "The date or instant so many weeks later.", "add_weeks(due_on, 2)"),
    add_days(
        "add_months",
        "The date or instant so many months later, on the last day of a shorter month.",
        "add_months(due_on, 1)",
    ),
    add_days(
        "add_years",
        "The date or instant so many years later; 29 February may become 28.",
        "add_years(due_on, 1)",
    ),
    between_dates("days_between", "How many days `to` is later than `from`.", "days_between(starts_on, ends_on)"),
    between_dates("weeks_between", "How many Mondays lie between the dates.", "weeks_between(starts_on, ends_on)"),
    between_dates(
        "months_between",
        "How many first days of a month lie between the dates.",
        "months_between(starts_on, ends_on)",
    ),
    between_dates("years_between", "How many New Years lie between the dates.", "years_between(born_on, died_on)"),
    between("hours_between", "How many whole hours `to` is later than `from`.", "hours_between(starts_at, ends_at)"),
    between(
        "minutes_between",
        "How many whole minutes `to` is later than `from`.",
        "minutes_between(starts_at, ends_at)",
    ),
    between(
        "seconds_between",
        "How many whole seconds `to` is later than `from`.",
        "seconds_between(starts_at, ends_at)",
    ),
    between(
        "microseconds_between",
        "How many microseconds `to` is later than `from`.",
        "microseconds_between(starts_at, ends_at)",
    ),
    clock("unix_seconds", "The seconds since 1970, cut down.", "unix_seconds(created_at)"),
    clock("unix_milliseconds", "The milliseconds since 1970, cut down.", "unix_milliseconds(created_at)"),
    clock("unix_microseconds", "The microseconds since 1970.", "unix_microseconds(created_at)"),
    from_unix("from_unix_seconds", "The instant so many seconds after 1970 began.", "from_unix_seconds(expires)"),
    from_unix(
        "from_unix_milliseconds",
        "The instant so many milliseconds after 1970 began.",
        "from_unix_milliseconds(expires)",
    ),
    from_unix(
        "from_unix_microseconds",
        "The instant so many microseconds after 1970 began.",
        "from_unix_microseconds(expires)",
    ),
    function(
        "make_date",
        &[parameter("year", P::Integer), parameter("month", P::Integer), parameter("day", P::Integer)],
        ReturnType::Date,
        "The date with these parts; NULL where a part is outside of its range. The 30 February is an error.",
        "make_date(birth_year, 1, 1)",
    )
    .null(Nullability::Sometimes),
    function("format_date", &[DATE], ReturnType::Text, "The date as a text: `2027-01-31`.", "format_date(due_on)"),
    function(
        "format_timestamp",
        &[INSTANT],
        ReturnType::Text,
        "The instant as a text in UTC: `2027-01-31T12:00:00.000000Z`.",
        "format_timestamp(created_at)",
    )
    .stable_in_postgres(),
];

const INSTANT_ONLY: &[Parameter] = &[INSTANT];
const EITHER: &[Parameter] = &[MOMENT];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Time, name, parameters, returns, docs, example)
}

const fn part(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[MOMENT], ReturnType::Bigint, docs, example)
}

const fn clock(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[INSTANT], ReturnType::Bigint, docs, example)
}

const fn start(
    name: &'static str,
    parameters: &'static [Parameter],
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    function(name, parameters, ReturnType::FirstArgument, docs, example)
}

/// Beyond the range of instants the result is NULL where the count is, and an error where the sum is.
const fn add(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[INSTANT, COUNT], ReturnType::Timestamptz, docs, example).null(Nullability::Sometimes)
}

const fn add_days(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[MOMENT, COUNT], ReturnType::FirstArgument, docs, example).null(Nullability::Sometimes)
}

const fn between_dates(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[FROM_DATE, TO_DATE], ReturnType::Bigint, docs, example)
}

const fn between(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[FROM, TO], ReturnType::Bigint, docs, example)
}

const fn from_unix(name: &'static str, docs: &'static str, example: &'static str) -> FunctionInfo {
    function(name, &[NUMBER], ReturnType::Timestamptz, docs, example).null(Nullability::Sometimes)
}
