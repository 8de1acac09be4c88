//! The rules, one file each. Reading this list is reading what the checker knows.
//!
//! A rule that is found while lowering offers functions that make its findings; a rule about a finished table has a
//! `check`, which stands in [`TABLE_CHECKS`].

pub mod absent_parameter;
pub mod access_method;
pub mod aggregate_place;
pub mod ambiguous_column;
pub mod ambiguous_relation;
pub mod back_join;
pub mod bad_argument;
pub mod bad_cast;
pub mod bad_clause;
pub mod bad_counter;
pub mod bad_default;
pub mod bad_enum;
pub mod bad_expression;
pub mod bad_interleave;
pub mod bad_limit;
pub mod bad_parameter;
pub mod bad_raw;
pub mod bad_returning;
pub mod bad_schema_name;
pub mod bad_set;
pub mod bad_subquery;
pub mod bad_suppression;
pub mod bad_ttl;
pub mod bad_tuple;
pub mod bad_type_argument;
pub mod bad_value;
pub mod bad_view;
pub mod boolean_index;
pub mod cartesian_join;
pub mod cascade_cycle;
pub mod check_expression;
pub mod check_not_null;
pub mod collation;
pub mod column_case;
pub mod column_like_table;
pub mod commit_timestamp;
pub mod commit_timestamp_key;
pub mod commit_timestamp_read;
pub mod conflict_default;
pub mod conflict_key_update;
pub mod conflict_key_value;
pub mod conflict_read;
pub mod conflict_target;
pub mod constant_check;
pub mod constant_comparison;
pub mod constant_expression;
pub mod constant_failure;
pub mod constant_unique_default;
pub mod default_breaks_check;
pub mod default_digits;
pub mod default_null;
pub mod deferrable;
pub mod deprecated_use;
pub mod descending_key;
pub mod division_by_zero;
pub mod duplicate_check;
pub mod duplicate_column;
pub mod duplicate_declaration;
pub mod duplicate_enum_value;
pub mod duplicate_foreign_key;
pub mod duplicate_json_key;
pub mod duplicate_output;
pub mod duplicate_parameter;
pub mod duplicate_source;
pub mod duplicate_unique;
pub mod expired_suppression;
pub mod expression_depth;
pub mod few_values_hotspot;
pub mod float_comparison;
pub mod float_equality;
pub mod float_key;
pub mod foreign_key_action;
pub mod foreign_key_columns;
pub mod foreign_key_index;
pub mod full_scan;
pub mod function_difference;
pub mod function_place;
pub mod generated_check;
pub mod generated_constant_text;
pub mod generated_expression;
pub mod generated_foreign_key_action;
pub mod generated_key;
pub mod generated_null;
pub mod generated_reads_generated;
pub mod generated_value;
pub mod hidden_column;
pub mod hotspot_index;
pub mod hotspot_key;
pub mod impossible_action;
pub mod index_behind_key;
pub mod index_expression;
pub mod index_expression_size;
pub mod index_interleave;
pub mod index_key_options;
pub mod index_options;
pub mod interleave_depth;
pub mod interleave_foreign_key;
pub mod json_number;
pub mod json_text;
pub mod key_type;
pub mod key_update;
pub mod limits;
pub mod local_timestamp;
pub mod lock_place;
pub mod misplaced_attribute;
pub mod missing_dialect_text;
pub mod missing_primary_key;
pub mod missing_value;
pub mod missing_where;
pub mod mixed_actions;
pub mod mixin_conflict;
pub mod mixin_constraint_name;
pub mod mixin_cycle;
pub mod money_as_float;
pub mod name_too_long;
pub mod narrow_number;
pub mod narrow_reference;
pub mod native_enum;
pub mod native_enum_reference;
pub mod native_enum_text;
pub mod nested_relation;
pub mod never_updated;
pub mod no_column_type;
pub mod not_enforced;
pub mod null_character;
pub mod null_comparison;
pub mod null_in_not_in;
pub mod null_value;
pub mod nullable_key;
pub mod nullable_unique;
pub mod numeric_literal;
pub mod numeric_size;
pub mod offset_without_limit;
pub mod old_name_exists;
pub mod old_name_twice;
pub mod only_key;
pub mod only_nowhere;
pub mod only_reference;
pub mod operator_class;
pub mod partial_index;
pub mod postgres_key_type;
pub mod postgres_version;
pub mod query_limits;
pub mod raw_row_name;
pub mod raw_without_down;
pub mod redundant_index;
pub mod relation_name_clash;
pub mod relation_path;
pub mod repeated_key;
pub mod required_cycle;
pub mod required_self_reference;
pub mod reserved_table;
pub mod reserved_word;
pub mod restrict_action;
pub mod row_count;
pub mod row_parameters;
pub mod second_precision;
pub mod sequence_option;
pub mod sequence_owner;
pub mod shared_namespace;
pub mod shifted_key;
pub mod skip_range;
pub mod spanner_name;
pub mod spanner_query;
pub mod spread_numbers;
pub mod stored_column;
pub mod syntax;
pub mod system_column;
pub mod text_order;
pub mod text_order_index;
pub mod ttl_blocked;
pub mod two_primary_keys;
pub mod ungrouped_column;
pub mod unindexed_order;
pub mod unique_holds_key;
pub mod unknown_argument;
pub mod unknown_attribute;
pub mod unknown_column;
pub mod unknown_function;
pub mod unknown_item;
pub mod unknown_mixin;
pub mod unknown_parameter;
pub mod unknown_relation;
pub mod unknown_sequence;
pub mod unknown_table;
pub mod unknown_type;
pub mod unnamed_output;
pub mod unordered_limit;
pub mod unordered_value;
pub mod unreadable_file;
pub mod unreasoned_suppression;
pub mod unscheduled_ttl;
pub mod untyped_key;
pub mod untyped_output;
pub mod unused_enum;
pub mod unused_mixin;
pub mod unused_parameter;
pub mod unused_suppression;
pub mod unwritable_column;
pub mod uuid_as_text;
pub mod view_columns;
pub mod view_order;
pub mod virtual_column;
pub mod virtual_column_key;
pub mod whole_value_index;
pub mod wide_key;
pub mod wide_select;

use std::{collections::HashMap, sync::LazyLock};

use super::{Diagnostic, Rule, RuleContext, query::QueryContext};
use crate::lower::names::Naming;

/// A check of a finished table or mixin.
pub(crate) type TableCheck = fn(&RuleContext<'_>, &mut Vec<Diagnostic>);

/// The checks that run on every table and mixin.
pub(crate) const TABLE_CHECKS: &[TableCheck] = &[
    missing_primary_key::check,
    old_name_exists::check,
    old_name_twice::check,
    only_reference::check,
    only_key::check,
    only_nowhere::check,
    nullable_key::check,
    postgres_version::check,
    postgres_key_type::check,
    native_enum_text::check,
    index_expression_size::check,
    generated_constant_text::check,
    column_case::check,
    foreign_key_action::check,
    no_column_type::check,
    key_type::check,
    narrow_number::check,
    skip_range::check,
    spread_numbers::check,
    interleave_depth::check,
    numeric_size::check,
    limits::check,
    stored_column::check,
    index_options::check,
    commit_timestamp::check,
    local_timestamp::check,
    json_text::check,
    restrict_action::check,
    mixed_actions::check,
    descending_key::check,
    second_precision::check,
    missing_dialect_text::check,
    hotspot_key::check,
    hotspot_index::check,
    check_expression::check,
    mixin_constraint_name::check,
    unused_mixin::check,
    constant_check::check,
    duplicate_check::check,
    duplicate_foreign_key::check,
    required_cycle::check,
    required_self_reference::check,
    cascade_cycle::check,
    narrow_reference::check,
    float_key::check,
    nullable_unique::check,
    never_updated::check,
    money_as_float::check,
    default_breaks_check::check,
    constant_unique_default::check,
    check_not_null::check,
    division_by_zero::check,
    float_equality::check,
    system_column::check,
    access_method::check,
    null_character::check,
    expression_depth::check,
    interleave_foreign_key::check,
    column_like_table::check,
    default_digits::check,
    foreign_key_index::check,
    redundant_index::check,
    duplicate_unique::check,
    boolean_index::check,
    index_behind_key::check,
    unique_holds_key::check,
    few_values_hotspot::check,
    uuid_as_text::check,
    whole_value_index::check,
    wide_key::check,
    generated_expression::check,
    generated_value::check,
    bad_ttl::check,
    partial_index::check,
    generated_reads_generated::check,
    virtual_column_key::check,
    generated_foreign_key_action::check,
    operator_class::check,
    unscheduled_ttl::check,
    virtual_column::check,
    generated_key::check,
    generated_check::check,
    not_enforced::check,
    deferrable::check,
    index_key_options::check,
    ttl_blocked::check,
    index_interleave::check,
    commit_timestamp_key::check,
    hidden_column::check,
    numeric_literal::check,
    collation::check,
    constant_expression::check,
    constant_failure::check,
];

/// A check of a query, mutation or view of clauses that could be understood.
pub(crate) type QueryCheck = fn(&QueryContext<'_>, &mut Vec<Diagnostic>);

/// The checks that run on every query and mutation.
pub(crate) const QUERY_CHECKS: &[QueryCheck] = &[
    row_count::check,
    unordered_limit::check,
    cartesian_join::check,
    commit_timestamp_read::check,
    row_parameters::check,
    full_scan::check,
    back_join::check,
    text_order_index::check,
    unindexed_order::check,
    conflict_key_update::check,
    conflict_key_value::check,
    conflict_default::check,
    conflict_read::check,
    repeated_key::check,
    query_limits::check,
    shifted_key::check,
];

/// The checks that run on every view of clauses. What finds its rows is asked of the queries that read it, which may have
/// further conditions.
pub(crate) const VIEW_CHECKS: &[QueryCheck] =
    &[unordered_limit::check, cartesian_join::check, text_order_index::check, view_order::check];

/// A check of the names that a table, sequence or other object takes in the databases.
pub(crate) type NameCheck = fn(&Naming<'_>, &mut Vec<Diagnostic>);

/// The checks that run on the names of every declaration that the databases have, each by itself.
pub(crate) const NAME_CHECKS: &[NameCheck] = &[
    name_too_long::check,
    relation_name_clash::check,
    shared_namespace::check,
    spanner_name::check,
    reserved_word::check,
    reserved_table::check,
];

/// The checks of names among those of all declarations; they run only where two are the same.
pub(crate) const CLASH_CHECKS: &[NameCheck] = &[relation_name_clash::check_clashes, shared_namespace::check_clashes];

/// Every rule about schemas.
pub static RULES: &[&Rule] = &[
    &syntax::SYNTAX,
    &duplicate_declaration::DUPLICATE_DECLARATION,
    &unknown_type::UNKNOWN_TYPE,
    &bad_type_argument::BAD_TYPE_ARGUMENT,
    &unknown_attribute::UNKNOWN_ATTRIBUTE,
    &misplaced_attribute::MISPLACED_ATTRIBUTE,
    &unknown_item::UNKNOWN_ITEM,
    &unknown_argument::UNKNOWN_ARGUMENT,
    &bad_argument::BAD_ARGUMENT,
    &unknown_table::UNKNOWN_TABLE,
    &unknown_column::UNKNOWN_COLUMN,
    &unknown_mixin::UNKNOWN_MIXIN,
    &unknown_function::UNKNOWN_FUNCTION,
    &duplicate_column::DUPLICATE_COLUMN,
    &mixin_conflict::MIXIN_CONFLICT,
    &mixin_cycle::MIXIN_CYCLE,
    &mixin_constraint_name::MIXIN_CONSTRAINT_NAME,
    &bad_enum::BAD_ENUM,
    &duplicate_enum_value::DUPLICATE_ENUM_VALUE,
    &missing_primary_key::MISSING_PRIMARY_KEY,
    &two_primary_keys::TWO_PRIMARY_KEYS,
    &nullable_key::NULLABLE_KEY,
    &bad_default::BAD_DEFAULT,
    &default_null::DEFAULT_NULL,
    &bad_expression::BAD_EXPRESSION,
    &check_expression::CHECK_EXPRESSION,
    &null_comparison::NULL_COMPARISON,
    &function_place::FUNCTION_PLACE,
    &bad_cast::BAD_CAST,
    &foreign_key_columns::FOREIGN_KEY_COLUMNS,
    &bad_interleave::BAD_INTERLEAVE,
    &generated_expression::GENERATED_EXPRESSION,
    &generated_value::GENERATED_VALUE,
    &index_expression::INDEX_EXPRESSION,
    &bad_ttl::BAD_TTL,
    &generated_null::GENERATED_NULL,
    &impossible_action::IMPOSSIBLE_ACTION,
    &reserved_table::RESERVED_TABLE,
    &untyped_key::UNTYPED_KEY,
    &constant_expression::CONSTANT_EXPRESSION,
    &constant_failure::CONSTANT_FAILURE,
    &bad_schema_name::BAD_SCHEMA_NAME,
    &unknown_sequence::UNKNOWN_SEQUENCE,
    &bad_counter::BAD_COUNTER,
    &sequence_owner::SEQUENCE_OWNER,
    &bad_view::BAD_VIEW,
    &bad_raw::BAD_RAW,
    &raw_without_down::RAW_WITHOUT_DOWN,
    &old_name_exists::OLD_NAME_EXISTS,
    &old_name_twice::OLD_NAME_TWICE,
    &unused_suppression::UNUSED_SUPPRESSION,
    &expired_suppression::EXPIRED_SUPPRESSION,
    &unreasoned_suppression::UNREASONED_SUPPRESSION,
    &bad_suppression::BAD_SUPPRESSION,
    &constant_check::CONSTANT_CHECK,
    &duplicate_check::DUPLICATE_CHECK,
    &duplicate_foreign_key::DUPLICATE_FOREIGN_KEY,
    &required_cycle::REQUIRED_CYCLE,
    &required_self_reference::REQUIRED_SELF_REFERENCE,
    &cascade_cycle::CASCADE_CYCLE,
    &narrow_reference::NARROW_REFERENCE,
    &unused_enum::UNUSED_ENUM,
    &unused_mixin::UNUSED_MIXIN,
    &duplicate_json_key::DUPLICATE_JSON_KEY,
    &never_updated::NEVER_UPDATED,
    &money_as_float::MONEY_AS_FLOAT,
    &float_key::FLOAT_KEY,
    &nullable_unique::NULLABLE_UNIQUE,
    &default_breaks_check::DEFAULT_BREAKS_CHECK,
    &constant_unique_default::CONSTANT_UNIQUE_DEFAULT,
    &check_not_null::CHECK_NOT_NULL,
    &division_by_zero::DIVISION_BY_ZERO,
    &float_equality::FLOAT_EQUALITY,
    &json_number::JSON_NUMBER,
    &only_reference::ONLY_REFERENCE,
    &only_key::ONLY_KEY,
    &only_nowhere::ONLY_NOWHERE,
    &deprecated_use::DEPRECATED_USE,
    &name_too_long::NAME_TOO_LONG,
    &relation_name_clash::RELATION_NAME_CLASH,
    &system_column::SYSTEM_COLUMN,
    &access_method::ACCESS_METHOD,
    &null_character::NULL_CHARACTER,
    &postgres_key_type::POSTGRES_KEY_TYPE,
    &generated_reads_generated::GENERATED_READS_GENERATED,
    &virtual_column_key::VIRTUAL_COLUMN_KEY,
    &generated_foreign_key_action::GENERATED_FOREIGN_KEY_ACTION,
    &operator_class::OPERATOR_CLASS,
    &unscheduled_ttl::UNSCHEDULED_TTL,
    &skip_range::SKIP_RANGE,
    &native_enum::ENUM_LABEL,
    &native_enum::ENUM_ORDER,
    &native_enum_reference::NATIVE_ENUM_REFERENCE,
    &native_enum_text::NATIVE_ENUM_TEXT,
    &index_expression_size::INDEX_EXPRESSION_SIZE,
    &generated_constant_text::GENERATED_CONSTANT_TEXT,
    &postgres_version::POSTGRES_VERSION,
    &collation::COLLATION,
    &shared_namespace::SHARED_NAMESPACE,
    &spanner_name::SPANNER_NAME,
    &column_case::COLUMN_CASE,
    &foreign_key_action::FOREIGN_KEY_ACTION,
    &no_column_type::NO_COLUMN_TYPE,
    &key_type::KEY_TYPE,
    &interleave_depth::INTERLEAVE_DEPTH,
    &expression_depth::EXPRESSION_DEPTH,
    &interleave_foreign_key::INTERLEAVE_FOREIGN_KEY,
    &numeric_size::NUMERIC_SIZE,
    &limits::LIMITS,
    &stored_column::STORED_COLUMN,
    &index_options::INDEX_OPTIONS,
    &commit_timestamp::COMMIT_TIMESTAMP,
    &virtual_column::VIRTUAL_COLUMN,
    &generated_key::GENERATED_KEY,
    &generated_check::GENERATED_CHECK,
    &not_enforced::NOT_ENFORCED,
    &deferrable::DEFERRABLE,
    &index_key_options::INDEX_KEY_OPTIONS,
    &ttl_blocked::TTL_BLOCKED,
    &index_interleave::INDEX_INTERLEAVE,
    &commit_timestamp_key::COMMIT_TIMESTAMP_KEY,
    &hidden_column::HIDDEN_COLUMN,
    &numeric_literal::NUMERIC_LITERAL,
    &narrow_number::NARROW_NUMBER,
    &sequence_option::SEQUENCE_OPTION,
    &spread_numbers::SPREAD_NUMBERS,
    &local_timestamp::LOCAL_TIMESTAMP,
    &json_text::JSON_TEXT,
    &restrict_action::RESTRICT_ACTION,
    &descending_key::DESCENDING_KEY,
    &second_precision::SECOND_PRECISION,
    &missing_dialect_text::MISSING_DIALECT_TEXT,
    &column_like_table::COLUMN_LIKE_TABLE,
    &default_digits::DEFAULT_DIGITS,
    &reserved_word::RESERVED_WORD,
    &mixed_actions::MIXED_ACTIONS,
    &function_difference::FUNCTION_DIFFERENCE,
    &float_comparison::FLOAT_COMPARISON,
    &text_order::TEXT_ORDER,
    &shifted_key::SHIFTED_KEY,
    &bad_clause::BAD_CLAUSE,
    &unknown_parameter::UNKNOWN_PARAMETER,
    &unused_parameter::UNUSED_PARAMETER,
    &duplicate_parameter::DUPLICATE_PARAMETER,
    &bad_parameter::BAD_PARAMETER,
    &ambiguous_column::AMBIGUOUS_COLUMN,
    &unknown_relation::UNKNOWN_RELATION,
    &ambiguous_relation::AMBIGUOUS_RELATION,
    &unnamed_output::UNNAMED_OUTPUT,
    &duplicate_output::DUPLICATE_OUTPUT,
    &untyped_output::UNTYPED_OUTPUT,
    &aggregate_place::AGGREGATE_PLACE,
    &ungrouped_column::UNGROUPED_COLUMN,
    &absent_parameter::ABSENT_PARAMETER,
    &row_count::ROW_COUNT,
    &bad_limit::BAD_LIMIT,
    &unordered_value::UNORDERED_VALUE,
    &bad_subquery::BAD_SUBQUERY,
    &bad_tuple::BAD_TUPLE,
    &bad_set::BAD_SET,
    &duplicate_source::DUPLICATE_SOURCE,
    &nested_relation::NESTED_RELATION,
    &spanner_query::SPANNER_QUERY,
    &view_columns::VIEW_COLUMNS,
    &missing_where::MISSING_WHERE,
    &unwritable_column::UNWRITABLE_COLUMN,
    &key_update::KEY_UPDATE,
    &missing_value::MISSING_VALUE,
    &bad_value::BAD_VALUE,
    &null_value::NULL_VALUE,
    &conflict_target::CONFLICT_TARGET,
    &bad_returning::BAD_RETURNING,
    &unordered_limit::UNORDERED_LIMIT,
    &cartesian_join::CARTESIAN_JOIN,
    &null_in_not_in::NULL_IN_NOT_IN,
    &constant_comparison::CONSTANT_COMPARISON,
    &offset_without_limit::OFFSET_WITHOUT_LIMIT,
    &commit_timestamp_read::COMMIT_TIMESTAMP_READ,
    &row_parameters::ROW_PARAMETERS,
    &conflict_key_update::CONFLICT_KEY_UPDATE,
    &conflict_key_value::CONFLICT_KEY_VALUE,
    &conflict_default::CONFLICT_DEFAULT,
    &lock_place::LOCK_PLACE,
    &repeated_key::REPEATED_KEY,
    &raw_row_name::RAW_ROW_NAME,
    &conflict_read::CONFLICT_READ,
    &query_limits::QUERY_LIMITS,
    &view_order::VIEW_ORDER,
    &relation_path::RELATION_PATH,
    &hotspot_key::HOTSPOT_KEY,
    &hotspot_index::HOTSPOT_INDEX,
    &foreign_key_index::FOREIGN_KEY_INDEX,
    &redundant_index::REDUNDANT_INDEX,
    &duplicate_unique::DUPLICATE_UNIQUE,
    &boolean_index::BOOLEAN_INDEX,
    &index_behind_key::INDEX_BEHIND_KEY,
    &unique_holds_key::UNIQUE_HOLDS_KEY,
    &few_values_hotspot::FEW_VALUES_HOTSPOT,
    &partial_index::PARTIAL_INDEX,
    &uuid_as_text::UUID_AS_TEXT,
    &whole_value_index::WHOLE_VALUE_INDEX,
    &wide_key::WIDE_KEY,
    &wide_select::WIDE_SELECT,
    &full_scan::FULL_SCAN,
    &back_join::BACK_JOIN,
    &text_order_index::TEXT_ORDER_INDEX,
    &unindexed_order::UNINDEXED_ORDER,
];

/// Every rule that a diagnostic can have, ordered by code: those of schemas, and the one about files.
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = RULES.iter().copied().chain([&unreadable_file::UNREADABLE_FILE]).collect();
    rules.sort_by_key(|rule| (rule.category(), rule.code));
    rules
}

/// The rule with this code or slug; the code in whichever case.
pub fn find(code_or_slug: &str) -> Option<&'static Rule> {
    /// By code and by slug.
    static RULES_BY_NAME: LazyLock<HashMap<&str, &Rule>> =
        LazyLock::new(|| all().into_iter().flat_map(|rule| [(rule.code, rule), (rule.slug, rule)]).collect());
    let found = RULES_BY_NAME.get(code_or_slug);
    found.or_else(|| RULES_BY_NAME.get(&*code_or_slug.to_ascii_uppercase())).copied()
}
