//! Functions of dates and instants. Without a zone Spanner takes Los Angeles, so each says UTC.

use orm_model::ValueKind::Date;

use crate::dialect::functions::{FunctionText, When::Kind, always, text, when};

/// A part of a date or instant.
macro_rules! part {
    ($name:literal, $before:literal, $field:literal, $after:literal) => {
        text(
            $name,
            &[
                when(Kind(Date), concat!($before, "EXTRACT(", $field, " FROM @0)", $after)),
                always(concat!($before, "EXTRACT(", $field, " FROM @0 AT TIME ZONE 'UTC')", $after)),
            ],
        )
    };
    ($name:literal, $field:literal) => {
        part!($name, "", $field, "")
    };
}

/// A date or instant cut to a unit.
macro_rules! start {
    ($name:literal, $unit:literal) => {
        text(
            $name,
            &[
                when(Kind(Date), concat!("DATE_TRUNC(@0, ", $unit, ")")),
                always(concat!("TIMESTAMP_TRUNC(@0, ", $unit, ", 'UTC')")),
            ],
        )
    };
}

/// An instant moved by a count of units; NULL beyond the range of instants.
macro_rules! moved {
    ($unit:literal) => {
        concat!("SAFE.TIMESTAMP_ADD(@0, INTERVAL @1 ", $unit, ")")
    };
}

/// A date or instant moved by a count of months or years.
macro_rules! moved_calendar {
    ($name:literal, $unit:literal) => {
        text(
            $name,
            &[
                when(Kind(Date), concat!("SAFE.DATE_ADD(@0, INTERVAL @1 ", $unit, ")")),
                always(concat!(
                    "TIMESTAMP_ADD(TIMESTAMP(SAFE.DATE_ADD(DATE(@0, 'UTC'), INTERVAL @1 ",
                    $unit,
                    "), 'UTC'), INTERVAL TIMESTAMP_DIFF(@0, TIMESTAMP_TRUNC(@0, DAY, 'UTC'), MICROSECOND) MICROSECOND)"
                )),
            ],
        )
    };
}

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("now", &[always("CURRENT_TIMESTAMP()")]),
    text("commit_timestamp", &[always("PENDING_COMMIT_TIMESTAMP()")]),
    text("today", &[always("CURRENT_DATE('UTC')")]),
    part!("year", "YEAR"),
    part!("quarter", "QUARTER"),
    part!("month", "MONTH"),
    part!("day", "DAY"),
    part!("iso_year", "ISOYEAR"),
    part!("iso_week", "ISOWEEK"),
    part!("day_of_year", "DAYOFYEAR"),
    part!("day_of_week", "(", "DAYOFWEEK", " - 1)"),
    part!("iso_day_of_week", "(MOD(", "DAYOFWEEK", " + 5, 7) + 1)"),
    part!("hour", "HOUR"),
    part!("minute", "MINUTE"),
    part!("second", "SECOND"),
    part!("millisecond", "MILLISECOND"),
    part!("microsecond", "MICROSECOND"),
    start!("start_of_second", "SECOND"),
    start!("start_of_minute", "MINUTE"),
    start!("start_of_hour", "HOUR"),
    start!("start_of_day", "DAY"),
    start!("start_of_week", "ISOWEEK"),
    start!("start_of_month", "MONTH"),
    start!("start_of_quarter", "QUARTER"),
    start!("start_of_year", "YEAR"),
    // The next month may lie beyond the last day that Spanner has.
    text(
        "last_day",
        &[always(
            "DATE_ADD(DATE_TRUNC(@0, MONTH), INTERVAL (CASE EXTRACT(MONTH FROM @0) WHEN 2 THEN IF(MOD(EXTRACT(YEAR FROM \
             @0), 4) = 0 AND (MOD(EXTRACT(YEAR FROM @0), 100) <> 0 OR MOD(EXTRACT(YEAR FROM @0), 400) = 0), 28, 27) WHEN 4 \
             THEN 29 WHEN 6 THEN 29 WHEN 9 THEN 29 WHEN 11 THEN 29 ELSE 30 END) DAY)",
        )],
    ),
    text("add_seconds", &[always(moved!("SECOND"))]),
    text("add_minutes", &[always(moved!("MINUTE"))]),
    text("add_hours", &[always(moved!("HOUR"))]),
    text("add_days", &[when(Kind(Date), "SAFE.DATE_ADD(@0, INTERVAL @1 DAY)"), always(moved!("DAY"))]),
    text(
        "add_weeks",
        &[
            when(Kind(Date), "SAFE.DATE_ADD(@0, INTERVAL @1 WEEK)"),
            always("SAFE.TIMESTAMP_ADD(@0, INTERVAL SAFE_MULTIPLY(@1, 7) DAY)"),
        ],
    ),
    moved_calendar!("add_months", "MONTH"),
    moved_calendar!("add_years", "YEAR"),
    text("days_between", &[always("DATE_DIFF(@1, @0, DAY)")]),
    text("weeks_between", &[always("DATE_DIFF(@1, @0, ISOWEEK)")]),
    text("months_between", &[always("DATE_DIFF(@1, @0, MONTH)")]),
    text("years_between", &[always("DATE_DIFF(@1, @0, YEAR)")]),
    text("hours_between", &[always("TIMESTAMP_DIFF(@1, @0, HOUR)")]),
    text("minutes_between", &[always("TIMESTAMP_DIFF(@1, @0, MINUTE)")]),
    text("seconds_between", &[always("TIMESTAMP_DIFF(@1, @0, SECOND)")]),
    text("microseconds_between", &[always("TIMESTAMP_DIFF(@1, @0, MICROSECOND)")]),
    text("unix_seconds", &[always("UNIX_SECONDS(@0)")]),
    text("unix_milliseconds", &[always("UNIX_MILLIS(@0)")]),
    text("unix_microseconds", &[always("UNIX_MICROS(@0)")]),
    text(
        "from_unix_seconds",
        &[always("CASE WHEN @0 BETWEEN -62135596800 AND 253402300799 THEN TIMESTAMP_SECONDS(@0) END")],
    ),
    text(
        "from_unix_milliseconds",
        &[always("CASE WHEN @0 BETWEEN -62135596800000 AND 253402300799999 THEN TIMESTAMP_MILLIS(@0) END")],
    ),
    text(
        "from_unix_microseconds",
        &[always("CASE WHEN @0 BETWEEN -62135596800000000 AND 253402300799999999 THEN TIMESTAMP_MICROS(@0) END")],
    ),
    text(
        "make_date",
        &[always(
            "CASE WHEN @0 BETWEEN 1 AND 9999 AND @1 BETWEEN 1 AND 12 AND @2 BETWEEN 1 AND 31 THEN DATE(@0, @1, @2) END",
        )],
    ),
    text("format_date", &[always("CAST(@0 AS STRING)")]),
    text("format_timestamp", &[always("FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E6SZ', @0, 'UTC')")]),
];
