//! Where the databases of the tests cannot be asked whether a finding is right, and why.

use orm_schema_lang::Rule;

/// Why a finding cannot be put to a database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The SQL that is made of the schema leaves out what is wrong with it: no database sees it. The rule's documentation
    /// has the SQL that it would be, which is refused.
    NotWritten,
    /// The emulator takes what Spanner refuses, by the documentation at this address.
    EmulatorTakes(&'static str),
    /// The emulator's process ends over it. The rule's documentation has SQL that it refuses.
    EmulatorEnds,
    /// The database takes it and makes something else of it than the schema says.
    Otherwise,
    /// No server of the tests is old or new enough.
    OtherVersion,
}

/// Findings of a rule that no database is asked about.
pub(super) struct Declared {
    /// The slug of the rule.
    pub(super) rule: &'static str,
    /// A part of the messages that are meant; all of them where it is empty.
    pub(super) message: &'static str,
    pub(super) reason: Reason,
    /// The reason in words.
    pub(super) note: &'static str,
}

const fn declared(rule: &'static str, message: &'static str, reason: Reason, note: &'static str) -> Declared {
    Declared { rule, message, reason, note }
}

const GENERATED: &str = "https://cloud.google.com/spanner/docs/generated-column/how-to";
const CHECKS: &str = "https://cloud.google.com/spanner/docs/check-constraint/how-to";
const COMMIT_TIMESTAMPS: &str = "https://cloud.google.com/spanner/docs/commit-timestamp";
const DDL: &str = "https://cloud.google.com/spanner/docs/reference/standard-sql/data-definition-language";
const TTL: &str = "https://cloud.google.com/spanner/docs/ttl/working-with-ttl";

const NO_QUERY: &str = "no SQL is made of the query";
const TWINS: &str = "of two things of a kind and table with one name one is written";

pub(super) const DECLARED: &[Declared] = &[
    declared("foreign-key-action", "", Reason::NotWritten, "Spanner's SQL has no word for the action"),
    declared("deferrable", "", Reason::NotWritten, "Spanner's SQL has no word for it"),
    declared("index-key-options", "", Reason::NotWritten, "Spanner's SQL has no words for them"),
    declared("generated-value", "", Reason::NotWritten, "no SQL is made of the default"),
    declared("bad-counter", "", Reason::NotWritten, "no SQL is made of the default"),
    declared("index-expression", "", Reason::NotWritten, "no SQL is made of the index"),
    declared("generated-expression", "cannot be computed", Reason::NotWritten, "no SQL is made of the expression"),
    declared(
        "stored-column",
        "with its primary key",
        Reason::NotWritten,
        "the SQL for Spanner leaves the primary key out",
    ),
    declared("aggregate-place", "", Reason::NotWritten, NO_QUERY),
    declared("ungrouped-column", "", Reason::NotWritten, NO_QUERY),
    declared("bad-limit", "", Reason::NotWritten, NO_QUERY),
    declared("unordered-value", "", Reason::NotWritten, NO_QUERY),
    declared("bad-subquery", "", Reason::NotWritten, NO_QUERY),
    declared("bad-tuple", "", Reason::NotWritten, NO_QUERY),
    declared("bad-set", "", Reason::NotWritten, NO_QUERY),
    declared("spanner-query", "", Reason::NotWritten, NO_QUERY),
    declared("unwritable-column", "", Reason::NotWritten, NO_QUERY),
    declared("key-update", "", Reason::NotWritten, NO_QUERY),
    declared("missing-value", "", Reason::NotWritten, NO_QUERY),
    declared("conflict-target", "", Reason::NotWritten, NO_QUERY),
    declared("lock-place", "", Reason::NotWritten, NO_QUERY),
    declared("repeated-key", "", Reason::NotWritten, NO_QUERY),
    declared("raw-row-name", "", Reason::NotWritten, NO_QUERY),
    declared("relation-name-clash", "is the name of another", Reason::NotWritten, TWINS),
    declared("shared-namespace", "is the name of another", Reason::NotWritten, TWINS),
    declared("relation-name-clash", "would call otherwise", Reason::Otherwise, "the primary key gets another name"),
    declared("index-interleave", "its own table", Reason::EmulatorTakes(DDL), "an index in its own table"),
    declared("hidden-column", "", Reason::EmulatorEnds, "`CREATE TABLE` with such a column ends the emulator"),
    declared("postgres-version", "", Reason::OtherVersion, "the servers are newer than what is found"),
    declared(
        "virtual-column-key",
        "",
        Reason::OtherVersion,
        "no server has virtual columns, which came with version 18",
    ),
    declared("virtual-column", "", Reason::EmulatorTakes(GENERATED), "NOT NULL and lengths of virtual columns"),
    declared("generated-key", "", Reason::EmulatorTakes(GENERATED), "any generated column in a key"),
    declared("generated-check", "", Reason::EmulatorTakes(CHECKS), "checks of generated columns alone"),
    declared("key-type", "is `real`", Reason::EmulatorTakes(DDL), "FLOAT32 in keys"),
    declared("spanner-name", "holds more than", Reason::EmulatorTakes(DDL), "any character between backquotes"),
    declared("spanner-name", "a column begins", Reason::EmulatorTakes(DDL), "`_` before the name of a column"),
    declared("commit-timestamp-key", "is a key of", Reason::EmulatorTakes(COMMIT_TIMESTAMPS), "options that differ"),
    declared("ttl-blocked", "which this foreign key", Reason::EmulatorTakes(TTL), "foreign keys to interleaved tables"),
];

/// What is declared of a finding; of a whole rule where the message is empty.
pub(super) fn declared_of(rule: &Rule, message: &str) -> Option<&'static Declared> {
    DECLARED.iter().find(|it| it.rule == rule.slug && message.contains(it.message))
}

impl Reason {
    /// For the table.
    pub(super) fn title(self, note: &str) -> String {
        match self {
            Reason::NotWritten => format!("not put to a database: {note}; the SQL on the rule's page is"),
            Reason::EmulatorTakes(address) => format!("the emulator takes it ({note}), [Spanner]({address}) does not"),
            Reason::EmulatorEnds => format!("not put to the emulator: {note}; the SQL on the rule's page is"),
            Reason::Otherwise => format!("taken, and something else: {note}"),
            Reason::OtherVersion => format!("not put to a database: {note}"),
        }
    }
}
