//! How long the SQL of functions is in PostgreSQL, where it is longer than a call.
//!
//! A test of the engine, which has the texts, compares.

/// The length of a function's text, which may hold an argument more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextSize {
    /// The function.
    pub name: &'static str,
    /// Characters without the arguments.
    pub own: usize,
    /// How often each argument stands in it; further arguments as often as the last one.
    pub copies: &'static [usize],
}

impl TextSize {
    /// Of a call that is written as such.
    pub const CALL: TextSize = TextSize { name: "", own: 40, copies: &[1] };

    /// How often the argument at an index stands in the text.
    pub fn copies_of(&self, argument: usize) -> usize {
        self.copies.get(argument).or(self.copies.last()).copied().unwrap_or(1)
    }
}

/// The length of a function's text in PostgreSQL: that of its longest one, where there are several.
pub fn postgres_text_size(function: &str) -> TextSize {
    POSTGRES_TEXT_SIZES.iter().find(|it| it.name == function).copied().unwrap_or(TextSize::CALL)
}

/// Those that are longer than [`TextSize::CALL`] or hold an argument twice.
pub const POSTGRES_TEXT_SIZES: &[TextSize] = &[
    size("concat", 52, &[1, 1, 1]),
    size("substring", 119, &[1, 2, 2]),
    size("left", 69, &[1, 2]),
    size("right", 70, &[1, 2]),
    size("lpad", 90, &[1, 2, 2]),
    size("rpad", 90, &[1, 2, 2]),
    size("repeat", 67, &[1, 2]),
    size("ends_with", 27, &[1, 2]),
    size("split_part", 100, &[1, 2, 2]),
    size("split", 110, &[2, 2]),
    size("from_code_point", 92, &[3]),
    size("sign", 41, &[3]),
    size("round", 121, &[7]),
    size("round_to", 86, &[1, 2]),
    size("trunc_to", 62, &[1, 2]),
    size("exp", 39, &[2]),
    size("ln", 39, &[2]),
    size("log10", 42, &[2]),
    size("shift_left", 58, &[1, 2]),
    size("shift_right", 58, &[1, 2]),
    size("today", 52, &[]),
    size("year", 56, &[1]),
    size("quarter", 59, &[1]),
    size("month", 57, &[1]),
    size("day", 55, &[1]),
    size("iso_year", 59, &[1]),
    size("iso_week", 56, &[1]),
    size("day_of_year", 55, &[1]),
    size("day_of_week", 55, &[1]),
    size("iso_day_of_week", 58, &[1]),
    size("hour", 56, &[1]),
    size("minute", 58, &[1]),
    size("second", 65, &[1]),
    size("millisecond", 81, &[1]),
    size("microsecond", 77, &[1]),
    size("start_of_second", 73, &[1]),
    size("start_of_minute", 73, &[1]),
    size("start_of_hour", 71, &[1]),
    size("start_of_day", 70, &[1]),
    size("start_of_week", 71, &[1]),
    size("start_of_month", 72, &[1]),
    size("start_of_quarter", 74, &[1]),
    size("start_of_year", 71, &[1]),
    size("last_day", 99, &[1]),
    size("add_seconds", 223, &[3, 3]),
    size("add_minutes", 225, &[3, 3]),
    size("add_hours", 229, &[3, 3]),
    size("add_days", 228, &[3, 3]),
    size("add_weeks", 231, &[3, 3]),
    size("add_months", 215, &[3, 2]),
    size("add_years", 164, &[2, 2]),
    size("weeks_between", 167, &[1, 1]),
    size("months_between", 110, &[2, 2]),
    size("years_between", 57, &[1, 1]),
    size("hours_between", 55, &[1, 1]),
    size("minutes_between", 53, &[1, 1]),
    size("seconds_between", 52, &[1, 1]),
    size("microseconds_between", 113, &[1, 1]),
    size("unix_seconds", 64, &[1]),
    size("unix_milliseconds", 71, &[1]),
    size("unix_microseconds", 67, &[1]),
    size("from_unix_seconds", 135, &[2]),
    size("from_unix_milliseconds", 188, &[3]),
    size("from_unix_microseconds", 203, &[3]),
    size("make_date", 149, &[2, 2, 2]),
    size("format_date", 165, &[3]),
    size("format_timestamp", 61, &[1]),
    size("greatest", 125, &[3, 3, 3]),
    size("least", 122, &[3, 3, 3]),
    size("parse_integer", 56, &[2]),
    size("parse_numeric", 79, &[2]),
    size("parse_double", 94, &[2]),
    size("parse_boolean", 62, &[1]),
    size("parse_date", 161, &[4]),
    size("parse_timestamp", 160, &[2]),
    size("json_element", 101, &[2, 2]),
    size("json_text", 54, &[2]),
    size("json_integer", 260, &[5]),
    size("json_double", 80, &[2]),
    size("json_boolean", 63, &[2]),
    size("json_array_length", 80, &[2]),
    size("array_get", 66, &[1, 2]),
    size("array_last", 17, &[2]),
    size("array_concat", 62, &[2, 2]),
    size("array_append", 65, &[2, 2]),
    size("array_prepend", 105, &[4, 2]),
    size("array_remove", 125, &[2, 2]),
    size("array_reverse", 101, &[2]),
    size("array_sum", 47, &[1]),
    size("from_hex", 59, &[2]),
    size("from_base64", 103, &[2]),
    size("sha256", 58, &[1]),
    size("sha512", 58, &[1]),
];

const fn size(name: &'static str, own: usize, copies: &'static [usize]) -> TextSize {
    TextSize { name, own, copies }
}
