//! Schemas in a few words.

use orm_model::{
    Check, Column, ColumnType, Default, Enum, EnumValue, Expression, ForeignKey, Index, IndexKey, Interleave,
    KeyColumn, Literal, ObjectName, PerDialect, PrimaryKey, ReferentialAction, ScalarType, Schema, StubType, Table,
    Unique, names,
};

pub(crate) fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::default();
    for mut table in tables {
        table.sort_members();
        schema.tables.insert(table.name.clone(), table);
    }
    schema
}

pub(crate) fn with_enum(mut schema: Schema, name: &str, storage: ScalarType, values: &[&str]) -> Schema {
    let value = |it: &&str| EnumValue {
        name: (*it).to_owned(),
        stored: (*it).to_owned(),
        doc: None,
        was: None,
        deprecated: None,
    };
    let values = values.iter().map(value).collect();
    let declared =
        Enum { name: name.to_owned(), doc: None, storage, values, native: None, was: None, deprecated: None };
    schema.enums.insert(name.to_owned(), declared);
    schema
}

/// A table; its first column is the primary key unless [`TableBuilder::key`] says otherwise.
pub(crate) fn table(name: &str, columns: impl IntoIterator<Item = Column>) -> Table {
    let columns = columns.into_iter().collect::<Vec<_>>();
    let first = columns.first().map(|it| KeyColumn { name: it.name.clone(), descending: false });
    let name = match name.split_once('.') {
        Some((schema, name)) => ObjectName { schema: Some(schema.to_owned()), name: name.to_owned() },
        None => ObjectName::unqualified(name),
    };
    Table {
        name,
        declared_name: None,
        doc: None,
        columns,
        primary_key: Some(PrimaryKey { name: None, columns: first.into_iter().collect() }),
        uniques: Vec::new(),
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        interleave: None,
        only: None,
        was: None,
        deprecated: None,
        ttl: None,
    }
}

pub(crate) fn column(name: &str, scalar: ScalarType) -> Column {
    Column {
        name: name.to_owned(),
        declared_name: None,
        doc: None,
        column_type: ColumnType::scalar(scalar),
        physical_type: PerDialect::default(),
        nullable: false,
        default: None,
        on_update: None,
        allow_commit_timestamp: false,
        only: None,
        was: None,
        deprecated: None,
        stub_type: StubType::default(),
        generated: None,
    }
}

pub(crate) trait ColumnBuilder {
    fn nullable(self) -> Self;
    fn array(self) -> Self;
    fn default(self, literal: Literal) -> Self;
    fn default_call(self, function: &str) -> Self;
    fn default_list(self, items: Vec<Literal>) -> Self;
    fn doc(self, text: &str) -> Self;
}

impl ColumnBuilder for Column {
    fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    fn array(mut self) -> Self {
        self.column_type.array = true;
        self
    }

    fn default(mut self, literal: Literal) -> Self {
        self.default = Some(Default::Expression(Expression::Literal(literal)));
        self
    }

    fn default_call(mut self, function: &str) -> Self {
        self.default = Some(Default::Expression(call(function, [])));
        self
    }

    fn default_list(mut self, items: Vec<Literal>) -> Self {
        let items = items.into_iter().map(Expression::Literal).collect();
        self.default = Some(Default::Expression(Expression::List(items)));
        self
    }

    fn doc(mut self, text: &str) -> Self {
        self.doc = Some(text.to_owned());
        self
    }
}

pub(crate) trait TableBuilder {
    fn key(self, columns: &[&str]) -> Self;
    fn unique(self, columns: &[&str]) -> Self;
    fn index(self, columns: &[&str]) -> Self;
    fn index_with(self, name: &str, columns: &[&str], change: impl FnOnce(&mut Index)) -> Self;
    fn references(self, columns: &[&str], parent: &str, parent_columns: &[&str], on_delete: ReferentialAction) -> Self;
    fn check(self, name: &str, expression: Expression) -> Self;
    fn interleave(self, parent: &str, on_delete: ReferentialAction) -> Self;
    fn doc(self, text: &str) -> Self;
}

impl TableBuilder for Table {
    fn key(mut self, columns: &[&str]) -> Self {
        let key = columns.iter().map(|it| KeyColumn { name: (*it).to_owned(), descending: false });
        self.primary_key = Some(PrimaryKey { name: None, columns: key.collect() });
        self
    }

    fn unique(mut self, columns: &[&str]) -> Self {
        let name = names::unique(&self.name, columns);
        self.uniques.push(Unique { name, columns: owned(columns), nulls_equal: false, only: None });
        self
    }

    fn index(self, columns: &[&str]) -> Self {
        let name = names::index(&self.name, columns);
        self.index_with(&name, columns, |_| {})
    }

    fn index_with(mut self, name: &str, columns: &[&str], change: impl FnOnce(&mut Index)) -> Self {
        let mut index = Index {
            name: name.to_owned(),
            unique: false,
            keys: columns.iter().map(|it| IndexKey::column(*it)).collect(),
            storing: Vec::new(),
            null_filtered: false,
            using: None,
            condition: None,
            interleave: None,
            only: None,
        };
        change(&mut index);
        self.indexes.push(index);
        self
    }

    fn references(
        mut self,
        columns: &[&str],
        parent: &str,
        parent_columns: &[&str],
        on_delete: ReferentialAction,
    ) -> Self {
        let references = ObjectName::unqualified(parent);
        self.foreign_keys.push(ForeignKey {
            name: names::foreign_key(&self.name, columns, &references),
            columns: owned(columns),
            references,
            referenced_columns: owned(parent_columns),
            on_delete,
            on_update: ReferentialAction::NoAction,
            on_delete_override: PerDialect::default(),
            only: None,
            deferrable: false,
            not_enforced: false,
        });
        self
    }

    fn check(mut self, name: &str, expression: Expression) -> Self {
        self.checks.push(Check { name: name.to_owned(), expression, only: None, not_enforced: false });
        self
    }

    fn interleave(mut self, parent: &str, on_delete: ReferentialAction) -> Self {
        let parent = ObjectName::unqualified(parent);
        self.interleave = Some(Interleave { parent, on_delete, only: None, placement_only: false });
        self
    }

    fn doc(mut self, text: &str) -> Self {
        self.doc = Some(text.to_owned());
        self
    }
}

pub(crate) fn text(value: &str) -> Literal {
    Literal::String(value.to_owned())
}

pub(crate) fn literal(literal: Literal) -> Expression {
    Expression::Literal(literal)
}

pub(crate) fn col(name: &str) -> Expression {
    Expression::Column(name.to_owned())
}

pub(crate) fn call<const N: usize>(function: &str, arguments: [Expression; N]) -> Expression {
    Expression::Call { function: function.to_owned(), arguments: arguments.into() }
}

pub(crate) fn binary(operator: orm_model::BinaryOperator, left: Expression, right: Expression) -> Expression {
    Expression::Binary { operator, left: Box::new(left), right: Box::new(right) }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}
