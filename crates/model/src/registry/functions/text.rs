//! Functions of texts. Lengths and places count characters (code points), from 1.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType},
    optional, parameter,
};

const TEXT: Parameter = parameter("text", P::Text);
const COUNT: Parameter = parameter("count", P::Integer);
const PART: Parameter = parameter("part", P::Text);
const CHARACTERS: Parameter = optional("characters", P::Text);

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function("lower", &[TEXT], ReturnType::Text, "The text in lower case.", "lower(email)").differs(
        "İ becomes i̇ in Spanner and i in PostgreSQL, and a Σ that ends a word becomes ς in Spanner alone; PostgreSQL \
         follows the locale of the database",
    ),
    function("upper", &[TEXT], ReturnType::Text, "The text in upper case.", "upper(country)").differs(
        "ß becomes SS in Spanner and stays or becomes ẞ in PostgreSQL, and ligatures are taken apart by Spanner alone; \
         PostgreSQL follows the locale of the database",
    ),
    function("char_length", &[TEXT], ReturnType::Integer, "How many characters the text has.", "char_length(name)"),
    function(
        "concat",
        &[parameter("text", P::Text), parameter("more", P::Text)],
        ReturnType::Text,
        "The texts one after the other; NULL counts as empty. `||` gives NULL instead.",
        "concat(first_name, \" \", last_name)",
    )
    .variadic()
    .null(Nullability::Never),
    function(
        "concat_with",
        &[parameter("separator", P::Text), parameter("text", P::Text), parameter("more", P::Text)],
        ReturnType::Text,
        "The texts that are not NULL, with the separator between them.",
        "concat_with(\", \", city, country)",
    )
    .variadic()
    .null(Nullability::FirstArgument)
    .stable_in_postgres(),
    function(
        "substring",
        &[TEXT, parameter("start", P::Integer), optional("length", P::Integer)],
        ReturnType::Text,
        "The text from a character on, the first is 1; NULL where `start` is below 1 or `length` below 0.",
        "substring(code, 1, 3)",
    )
    .null(Nullability::Sometimes),
    function(
        "left",
        &[TEXT, COUNT],
        ReturnType::Text,
        "The first characters; NULL where the count is negative.",
        "left(name, 1)",
    )
    .null(Nullability::Sometimes),
    function(
        "right",
        &[TEXT, COUNT],
        ReturnType::Text,
        "The last characters; NULL where the count is negative.",
        "right(card_number, 4)",
    )
    .null(Nullability::Sometimes),
    function(
        "lpad",
        &[TEXT, parameter("length", P::Integer), parameter("fill", P::Text)],
        ReturnType::Text,
        "The text, filled from the left or cut to a length; NULL where the length is not within 0 to 10,000 or \
         nothing fills.",
        "lpad(number as text, 8, \"0\")",
    )
    .null(Nullability::Sometimes),
    function(
        "rpad",
        &[TEXT, parameter("length", P::Integer), parameter("fill", P::Text)],
        ReturnType::Text,
        "The text, filled from the right or cut to a length; NULL where the length is not within 0 to 10,000 or \
         nothing fills.",
        "rpad(code, 5, \"-\")",
    )
    .null(Nullability::Sometimes),
    function(
        "repeat",
        &[TEXT, COUNT],
        ReturnType::Text,
        "The text as often as the count says; NULL where that is not within 0 to 10,000.",
        "repeat(\"ab\", 3)",
    )
    .null(Nullability::Sometimes),
    function(
        "trim",
        &[TEXT, CHARACTERS],
        ReturnType::Text,
        "The text without blanks, or without the characters, at both ends.",
        "trim(name)",
    ),
    function(
        "ltrim",
        &[TEXT, CHARACTERS],
        ReturnType::Text,
        "The text without blanks, or without the characters, at its beginning.",
        "ltrim(number, \"0\")",
    ),
    function(
        "rtrim",
        &[TEXT, CHARACTERS],
        ReturnType::Text,
        "The text without blanks, or without the characters, at its end.",
        "rtrim(path, \"/\")",
    ),
    function(
        "position",
        &[TEXT, PART],
        ReturnType::Integer,
        "Where the part begins, the first character is 1; 0 where it does not occur.",
        "position(email, \"@\")",
    ),
    function(
        "replace",
        &[TEXT, parameter("from", P::Text), parameter("to", P::Text)],
        ReturnType::Text,
        "The text with every occurrence replaced.",
        "replace(phone, \" \", \"\")",
    ),
    function("reverse", &[TEXT], ReturnType::Text, "The characters in reverse order.", "reverse(host)"),
    function(
        "starts_with",
        &[TEXT, PART],
        ReturnType::Boolean,
        "Whether the text begins with the part.",
        "starts_with(path, \"/\")",
    ),
    function(
        "ends_with",
        &[TEXT, PART],
        ReturnType::Boolean,
        "Whether the text ends with the part.",
        "ends_with(file_name, \".png\")",
    ),
    function(
        "contains",
        &[TEXT, PART],
        ReturnType::Boolean,
        "Whether the part occurs in the text.",
        "contains(email, \"@\")",
    ),
    function(
        "split_part",
        &[TEXT, parameter("separator", P::Text), parameter("number", P::Integer)],
        ReturnType::Text,
        "The part between two separators, the first is 1, empty where there is none; NULL where the number is below 1 \
         or the separator empty.",
        "split_part(email, \"@\", 2)",
    )
    .null(Nullability::Sometimes),
    function(
        "split",
        &[TEXT, parameter("separator", P::Text)],
        ReturnType::TextArray,
        "The parts between the separators; NULL where the separator is empty.",
        "split(tags, \",\")",
    )
    .null(Nullability::Sometimes),
    function(
        "code_point",
        &[TEXT],
        ReturnType::Integer,
        "The Unicode number of the first character; 0 of an empty text.",
        "code_point(letter)",
    ),
    function(
        "from_code_point",
        &[parameter("number", P::Integer)],
        ReturnType::Text,
        "The character with this Unicode number; NULL where there is none.",
        "from_code_point(65)",
    )
    .null(Nullability::Sometimes),
    function(
        "normalize",
        &[TEXT],
        ReturnType::Text,
        "The text with letters and their marks composed (Unicode NFC), so that equal texts are equal.",
        "normalize(name)",
    ),
    function(
        "matches",
        &[TEXT, parameter("pattern", P::Pattern)],
        ReturnType::Boolean,
        "Whether a part of the text matches a regular expression; `^` and `$` hold it to the whole.",
        "matches(code, \"^[A-Z]{3}$\")",
    ),
];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Text, name, parameters, returns, docs, example)
}
