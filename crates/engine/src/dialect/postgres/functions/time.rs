//! Functions of dates and instants.
//!
//! An instant goes through `AT TIME ZONE 'UTC'`: what PostgreSQL does with it then depends on no setting of the session,
//! so that generated columns and indexes may hold it. Results stay within the years 1 to 9999, which is what Spanner
//! has; intervals are spelled as PostgreSQL prints them.

use orm_model::ValueKind::Date;

use crate::dialect::functions::{FunctionText, When::Kind, always, text, when};

/// A part of a date or instant.
macro_rules! part {
    ($name:literal, $field:literal) => {
        text(
            $name,
            &[
                when(Kind(Date), concat!("CAST(EXTRACT(", $field, " FROM @0) AS BIGINT)")),
                always(concat!("CAST(EXTRACT(", $field, " FROM (@0 AT TIME ZONE 'UTC')) AS BIGINT)")),
            ],
        )
    };
}

/// A date or instant cut to a unit.
macro_rules! start {
    ($name:literal, $unit:literal) => {
        text(
            $name,
            &[
                when(
                    Kind(Date),
                    concat!("CAST(date_trunc('", $unit, "', CAST(@0 AS TIMESTAMP WITHOUT TIME ZONE)) AS DATE)"),
                ),
                always(concat!("(date_trunc('", $unit, "', @0 AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')")),
            ],
        )
    };
}

/// An instant moved by a count of units that are so many seconds long.
macro_rules! moved {
    ($seconds:literal, $interval:literal) => {
        concat!(
            "CASE WHEN @1 * ",
            $seconds,
            " + EXTRACT(epoch FROM (@0 AT TIME ZONE 'UTC')) >= -62135596800 AND @1 * ",
            $seconds,
            " + EXTRACT(epoch FROM (@0 AT TIME ZONE 'UTC')) < 253402300800 THEN ((@0 AT TIME ZONE 'UTC') + @1 * INTERVAL '",
            $interval,
            "') AT TIME ZONE 'UTC' END"
        )
    };
}

/// How many units of so many seconds one instant is later than the other.
macro_rules! between {
    ($name:literal, $seconds:literal) => {
        text($name, &[always(concat!("CAST(trunc(EXTRACT(epoch FROM (@1 - @0)) / ", $seconds, ") AS BIGINT)"))])
    };
}

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("now", &[always("CURRENT_TIMESTAMP")]),
    text("commit_timestamp", &[always("CURRENT_TIMESTAMP")]),
    text("today", &[always("CAST((CURRENT_TIMESTAMP AT TIME ZONE 'UTC') AS DATE)")]),
    part!("year", "year"),
    part!("quarter", "quarter"),
    part!("month", "month"),
    part!("day", "day"),
    part!("iso_year", "isoyear"),
    part!("iso_week", "week"),
    part!("day_of_year", "doy"),
    part!("day_of_week", "dow"),
    part!("iso_day_of_week", "isodow"),
    part!("hour", "hour"),
    part!("minute", "minute"),
    text("second", &[always("CAST(floor(EXTRACT(second FROM (@0 AT TIME ZONE 'UTC'))) AS BIGINT)")]),
    text(
        "millisecond",
        &[always("mod(CAST(floor(EXTRACT(millisecond FROM (@0 AT TIME ZONE 'UTC'))) AS BIGINT), 1000)")],
    ),
    text("microsecond", &[always("mod(CAST(EXTRACT(microsecond FROM (@0 AT TIME ZONE 'UTC')) AS BIGINT), 1000000)")]),
    start!("start_of_second", "second"),
    start!("start_of_minute", "minute"),
    start!("start_of_hour", "hour"),
    start!("start_of_day", "day"),
    start!("start_of_week", "week"),
    start!("start_of_month", "month"),
    start!("start_of_quarter", "quarter"),
    start!("start_of_year", "year"),
    text(
        "last_day",
        &[always(
            "CAST(date_trunc('month', CAST(@0 AS TIMESTAMP WITHOUT TIME ZONE)) + INTERVAL '1 mon -1 days' AS DATE)",
        )],
    ),
    text("add_seconds", &[always(moved!("1.0", "00:00:01"))]),
    text("add_minutes", &[always(moved!("60.0", "00:01:00"))]),
    text("add_hours", &[always(moved!("3600.0", "01:00:00"))]),
    text(
        "add_days",
        &[
            when(
                Kind(Date),
                "CASE WHEN @1 BETWEEN DATE '0001-01-01' - @0 AND DATE '9999-12-31' - @0 THEN @0 + CAST(@1 AS INTEGER) END",
            ),
            always(moved!("86400.0", "1 day")),
        ],
    ),
    text(
        "add_weeks",
        &[
            when(
                Kind(Date),
                "CASE WHEN @1 BETWEEN (DATE '0001-01-01' - @0) / 7 AND (DATE '9999-12-31' - @0) / 7 THEN @0 + CAST(@1 * 7 \
                 AS INTEGER) END",
            ),
            always(moved!("604800.0", "7 days")),
        ],
    ),
    text(
        "add_months",
        &[
            when(
                Kind(Date),
                "CASE WHEN @1 + EXTRACT(year FROM @0) * 12 + EXTRACT(month FROM @0) BETWEEN 13 AND 120000 THEN CAST(@0 + \
                 CAST(@1 AS INTEGER) * INTERVAL '1 mon' AS DATE) END",
            ),
            always(
                "CASE WHEN @1 + EXTRACT(year FROM (@0 AT TIME ZONE 'UTC')) * 12 + EXTRACT(month FROM (@0 AT TIME ZONE \
                 'UTC')) BETWEEN 13 AND 120000 THEN ((@0 AT TIME ZONE 'UTC') + CAST(@1 AS INTEGER) * INTERVAL '1 mon') AT \
                 TIME ZONE 'UTC' END",
            ),
        ],
    ),
    text(
        "add_years",
        &[
            when(
                Kind(Date),
                "CASE WHEN @1 + EXTRACT(year FROM @0) BETWEEN 1 AND 9999 THEN CAST(@0 + CAST(@1 AS INTEGER) * INTERVAL \
                 '1 year' AS DATE) END",
            ),
            always(
                "CASE WHEN @1 + EXTRACT(year FROM (@0 AT TIME ZONE 'UTC')) BETWEEN 1 AND 9999 THEN ((@0 AT TIME ZONE 'UTC') \
                 + CAST(@1 AS INTEGER) * INTERVAL '1 year') AT TIME ZONE 'UTC' END",
            ),
        ],
    ),
    text("days_between", &[always("CAST(@1 - @0 AS BIGINT)")]),
    text(
        "weeks_between",
        &[always(
            "CAST((CAST(date_trunc('week', CAST(@1 AS TIMESTAMP WITHOUT TIME ZONE)) AS DATE) - CAST(date_trunc('week', \
             CAST(@0 AS TIMESTAMP WITHOUT TIME ZONE)) AS DATE)) / 7 AS BIGINT)",
        )],
    ),
    text(
        "months_between",
        &[always(
            "CAST((EXTRACT(year FROM @1) - EXTRACT(year FROM @0)) * 12 + EXTRACT(month FROM @1) - EXTRACT(month FROM @0) AS \
             BIGINT)",
        )],
    ),
    text("years_between", &[always("CAST(EXTRACT(year FROM @1) - EXTRACT(year FROM @0) AS BIGINT)")]),
    between!("hours_between", "3600"),
    between!("minutes_between", "60"),
    between!("seconds_between", "1"),
    text(
        "microseconds_between",
        &[always(
            "CAST((EXTRACT(epoch FROM (@1 AT TIME ZONE 'UTC')) - EXTRACT(epoch FROM (@0 AT TIME ZONE 'UTC'))) * 1000000 AS \
             BIGINT)",
        )],
    ),
    text("unix_seconds", &[always("CAST(floor(EXTRACT(epoch FROM (@0 AT TIME ZONE 'UTC'))) AS BIGINT)")]),
    text("unix_milliseconds", &[always("CAST(floor(EXTRACT(epoch FROM (@0 AT TIME ZONE 'UTC')) * 1000) AS BIGINT)")]),
    text("unix_microseconds", &[always("CAST(EXTRACT(epoch FROM (@0 AT TIME ZONE 'UTC')) * 1000000 AS BIGINT)")]),
    text(
        "from_unix_seconds",
        &[always(
            "CASE WHEN @0 BETWEEN -62135596800 AND 253402300799 THEN (TIMESTAMP '1970-01-01 00:00:00' + @0 * INTERVAL \
             '00:00:01') AT TIME ZONE 'UTC' END",
        )],
    ),
    // The whole seconds apart: the product with a small interval would be rounded.
    text(
        "from_unix_milliseconds",
        &[always(
            "CASE WHEN @0 BETWEEN -62135596800000 AND 253402300799999 THEN (TIMESTAMP '1970-01-01 00:00:00' + (@0 / 1000) * \
             INTERVAL '00:00:01' + (@0 % 1000) * INTERVAL '00:00:00.001') AT TIME ZONE 'UTC' END",
        )],
    ),
    text(
        "from_unix_microseconds",
        &[always(
            "CASE WHEN @0 BETWEEN -62135596800000000 AND 253402300799999999 THEN (TIMESTAMP '1970-01-01 00:00:00' + (@0 / \
             1000000) * INTERVAL '00:00:01' + (@0 % 1000000) * INTERVAL '00:00:00.000001') AT TIME ZONE 'UTC' END",
        )],
    ),
    text(
        "make_date",
        &[always(
            "CASE WHEN @0 BETWEEN 1 AND 9999 AND @1 BETWEEN 1 AND 12 AND @2 BETWEEN 1 AND 31 THEN make_date(CAST(@0 AS \
             INTEGER), CAST(@1 AS INTEGER), CAST(@2 AS INTEGER)) END",
        )],
    ),
    text(
        "format_date",
        &[always(
            "(lpad(CAST(EXTRACT(year FROM @0) AS TEXT), 4, '0') || '-' || lpad(CAST(EXTRACT(month FROM @0) AS TEXT), 2, '0') \
             || '-' || lpad(CAST(EXTRACT(day FROM @0) AS TEXT), 2, '0'))",
        )],
    ),
    text("format_timestamp", &[always("to_char(@0 AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")]),
];
