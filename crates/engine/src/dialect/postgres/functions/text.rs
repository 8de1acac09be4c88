//! Functions of texts. `COLLATE "C"` keeps classes of letters and the order from depending on the locale.

use crate::dialect::functions::{FunctionText, When::Count, When::Within, always, text, when};

const LARGEST: i64 = 1_000_000_000;

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("lower", &[always("lower(@0)")]),
    text("upper", &[always("upper(@0)")]),
    text("char_length", &[always("char_length(@0)")]),
    text("concat", &[always("(@[COALESCE(#, '')@; || @])")]),
    text("concat_with", &[always("concat_ws(@*)")]),
    text(
        "substring",
        &[
            when(Within(&[(1, 1, LARGEST), (2, 0, LARGEST)]), "substr(@0, @1, @2)"),
            when(
                Count(3),
                "CASE WHEN @1 >= 1 AND @2 >= 0 THEN substr(@0, CAST(LEAST(@1, 1000000000) AS INTEGER), \
                 CAST(LEAST(@2, 1000000000) AS INTEGER)) END",
            ),
            when(Within(&[(1, 1, LARGEST)]), "substr(@0, @1)"),
            always("CASE WHEN @1 >= 1 THEN substr(@0, CAST(LEAST(@1, 1000000000) AS INTEGER)) END"),
        ],
    ),
    text(
        "left",
        &[
            when(Within(&[(1, 0, LARGEST)]), "left(@0, @1)"),
            always("CASE WHEN @1 >= 0 THEN left(@0, CAST(LEAST(@1, 1000000000) AS INTEGER)) END"),
        ],
    ),
    text(
        "right",
        &[
            when(Within(&[(1, 0, LARGEST)]), "right(@0, @1)"),
            always("CASE WHEN @1 >= 0 THEN right(@0, CAST(LEAST(@1, 1000000000) AS INTEGER)) END"),
        ],
    ),
    text(
        "lpad",
        &[always(
            "CASE WHEN @1 BETWEEN 0 AND 10000 AND octet_length(@2) > 0 THEN lpad(@0, CAST(@1 AS INTEGER), @2) END",
        )],
    ),
    text(
        "rpad",
        &[always(
            "CASE WHEN @1 BETWEEN 0 AND 10000 AND octet_length(@2) > 0 THEN rpad(@0, CAST(@1 AS INTEGER), @2) END",
        )],
    ),
    text(
        "repeat",
        &[
            when(Within(&[(1, 0, 10_000)]), "repeat(@0, @1)"),
            always("CASE WHEN @1 BETWEEN 0 AND 10000 THEN repeat(@0, CAST(@1 AS INTEGER)) END"),
        ],
    ),
    text("trim", &[when(Count(1), "btrim(@0, ' ')"), always("btrim(@0, @1)")]),
    text("ltrim", &[when(Count(1), "ltrim(@0, ' ')"), always("ltrim(@0, @1)")]),
    text("rtrim", &[when(Count(1), "rtrim(@0, ' ')"), always("rtrim(@0, @1)")]),
    text("position", &[always("strpos(@0, @1)")]),
    text("replace", &[always("replace(@0, @1, @2)")]),
    text("reverse", &[always("reverse(@0)")]),
    text("starts_with", &[always("starts_with(@0, @1)")]),
    text("ends_with", &[always("(right(@0, char_length(@1)) = @1)")]),
    text("contains", &[always("(strpos(@0, @1) > 0)")]),
    text(
        "split_part",
        &[always(
            "CASE WHEN @2 >= 1 AND octet_length(@1) > 0 THEN split_part(@0, @1, CAST(LEAST(@2, 1000000000) AS INTEGER)) END",
        )],
    ),
    text(
        "split",
        &[always(
            "CASE WHEN octet_length(@1) > 0 THEN CASE WHEN octet_length(@0) = 0 THEN ARRAY[''] ELSE string_to_array(@0, @1) END END",
        )],
    ),
    text("code_point", &[always("ascii(@0)")]),
    text(
        "from_code_point",
        &[always("CASE WHEN @0 BETWEEN 1 AND 55295 OR @0 BETWEEN 57344 AND 1114111 THEN chr(CAST(@0 AS INTEGER)) END")],
    ),
    text("normalize", &[always("normalize(@0, NFC)")]),
    // Without the option a dot matches the end of a line, too.
    text("matches", &[always("((@0 COLLATE \"C\") ~ ('(?p)' || @1))")]),
];
