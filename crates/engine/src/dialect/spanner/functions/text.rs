//! Functions of texts.

use crate::dialect::functions::{FunctionText, When::Count, When::Within, always, text, when};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("lower", &[always("LOWER(@0)")]),
    text("upper", &[always("UPPER(@0)")]),
    text("char_length", &[always("CHAR_LENGTH(@0)")]),
    text("concat", &[always("CONCAT(@[COALESCE(#, '')@;, @])")]),
    text("concat_with", &[always("ARRAY_TO_STRING([@+[#@;, @]], @0)")]),
    text(
        "substring",
        &[
            when(Within(&[(1, 1, i64::MAX), (2, 0, i64::MAX)]), "SUBSTR(@0, @1, @2)"),
            when(Count(3), "CASE WHEN @1 >= 1 AND @2 >= 0 THEN SUBSTR(@0, @1, @2) END"),
            when(Within(&[(1, 1, i64::MAX)]), "SUBSTR(@0, @1)"),
            always("CASE WHEN @1 >= 1 THEN SUBSTR(@0, @1) END"),
        ],
    ),
    text(
        "left",
        &[
            when(Within(&[(1, 0, i64::MAX)]), "SUBSTR(@0, 1, @1)"),
            always("CASE WHEN @1 >= 0 THEN SUBSTR(@0, 1, @1) END"),
        ],
    ),
    text(
        "right",
        &[always(
            "CASE WHEN @1 = 0 AND @0 IS NOT NULL THEN '' WHEN @1 >= CHAR_LENGTH(@0) THEN @0 WHEN @1 > 0 THEN \
             SUBSTR(@0, -@1) END",
        )],
    ),
    text("lpad", &[always("CASE WHEN @1 BETWEEN 0 AND 10000 AND @2 <> '' THEN LPAD(@0, @1, @2) END")]),
    text("rpad", &[always("CASE WHEN @1 BETWEEN 0 AND 10000 AND @2 <> '' THEN RPAD(@0, @1, @2) END")]),
    text(
        "repeat",
        &[
            when(Within(&[(1, 0, 10_000)]), "REPEAT(@0, @1)"),
            always("CASE WHEN @1 BETWEEN 0 AND 10000 THEN REPEAT(@0, @1) END"),
        ],
    ),
    text("trim", &[when(Count(1), "TRIM(@0, ' ')"), always("TRIM(@0, @1)")]),
    text("ltrim", &[when(Count(1), "LTRIM(@0, ' ')"), always("LTRIM(@0, @1)")]),
    text("rtrim", &[when(Count(1), "RTRIM(@0, ' ')"), always("RTRIM(@0, @1)")]),
    text("position", &[always("STRPOS(@0, @1)")]),
    text("replace", &[always("REPLACE(@0, @1, @2)")]),
    text("reverse", &[always("REVERSE(@0)")]),
    text("starts_with", &[always("STARTS_WITH(@0, @1)")]),
    text("ends_with", &[always("ENDS_WITH(@0, @1)")]),
    text("contains", &[always("(STRPOS(@0, @1) > 0)")]),
    text(
        "split_part",
        &[always(
            "CASE WHEN @0 IS NOT NULL AND @2 >= 1 AND @1 <> '' THEN COALESCE(SPLIT(@0, @1)[SAFE_OFFSET(@2 - 1)], '') END",
        )],
    ),
    text("split", &[always("CASE WHEN @1 <> '' THEN SPLIT(@0, @1) END")]),
    text("code_point", &[always("CASE WHEN @0 = '' THEN 0 ELSE TO_CODE_POINTS(@0)[SAFE_OFFSET(0)] END")]),
    text(
        "from_code_point",
        &[always(
            "CASE WHEN @0 BETWEEN 1 AND 55295 OR @0 BETWEEN 57344 AND 1114111 THEN CODE_POINTS_TO_STRING([@0]) END",
        )],
    ),
    text("normalize", &[always("NORMALIZE(@0, NFC)")]),
    text("matches", &[always("REGEXP_CONTAINS(@0, @1)")]),
];
