//! A declaration's node to its item, with a range for each anchor.

use std::{ops::Range, sync::Arc};

use orm_model::{BinaryOperator, UnaryOperator};
use tree_sitter::Node;

use super::{
    kind::{FIELDS, SyntaxKind, kind},
    spaced_type::{SpacedType, spaced_type},
};
use crate::{
    MAXIMUM_MEMBERS, MAXIMUM_NESTING,
    item::{
        Anchor, Argument, Attribute, ColumnItem, DeclarationKind, EnumValueItem, ExpressionItem, ExpressionKind, Item,
        Member, Name, RawItem, SpreadItem, SyntaxError, SyntaxErrorKind, TableItem, TypeExpression,
    },
};

/// Ranges of a declaration's anchors, in bytes from the beginning of the declaration.
pub type Spans = Vec<Range<u32>>;

/// Turns a top-level node into an item.
///
/// `start` is the byte offset that the spans count from; `docs` are the `///` lines that stand above the node.
pub fn lower_declaration(node: Node<'_>, text: &str, start: usize, docs: &[Node<'_>]) -> (Item, Spans) {
    let mut lowering =
        Lowering { text, start, spans: Spans::new(), errors: Vec::new(), depth: 0, spaced_types: Vec::new() };
    let item = lowering.declaration(node, docs);
    (item, lowering.spans)
}

/// The item of what is no declaration, all of which is one finding; `range` is where it stands.
pub fn lower_junk(text: &str, range: Range<usize>) -> (Item, Spans) {
    let item = Item {
        kind: DeclarationKind::Junk,
        name: None,
        doc: None,
        attributes: Vec::new(),
        arguments: Vec::new(),
        sql: None,
        query: None,
        raw: None,
        members: Vec::new(),
        storage: None,
        values: Vec::new(),
        errors: Vec::new(),
    };
    let whole = 0..(trimmed_end(text, range.clone()) - range.start) as u32;
    (item, vec![whole])
}

/// Whether a top-level node is no declaration: lines of junk, or a piece of what the parser could not read at all.
pub fn is_junk(node: Node<'_>) -> bool {
    declaration_kind(node) == DeclarationKind::Junk
}

pub(super) struct Lowering<'t> {
    text: &'t str,
    start: usize,
    spans: Spans,
    pub(super) errors: Vec<SyntaxError>,
    depth: usize,
    /// Types of several words: what the parser made of them is no error of its own.
    spaced_types: Vec<Range<usize>>,
}

impl<'t> Lowering<'t> {
    fn declaration(&mut self, node: Node<'_>, docs: &[Node<'_>]) -> Item {
        self.anchor(node);
        let declared = declaration_kind(node);
        let name = field(node, FIELDS.name).and_then(|name| self.path_name(name));
        if name.is_none() && declared != DeclarationKind::Raw {
            self.error_after_keyword(node, SyntaxErrorKind::MissingName);
        }
        let mut item = Item {
            kind: declared,
            name,
            doc: self.documentation(docs),
            attributes: self.attributes(node),
            arguments: self.arguments(node),
            sql: field(node, FIELDS.sql).map(|it| self.expression(it)),
            query: is_query(declared).then(|| Arc::new(self.query(node))),
            raw: (declared == DeclarationKind::Raw).then(|| self.raw(node)),
            members: Vec::new(),
            storage: field(node, FIELDS.storage).map(|storage| self.type_expression(storage)),
            values: Vec::new(),
            errors: Vec::new(),
        };
        match declared {
            DeclarationKind::Table | DeclarationKind::Mixin => item.members = self.members(node),
            DeclarationKind::Enum => item.values = self.enum_values(node),
            _ => {}
        }
        self.recovery_nodes(node);
        item.errors = std::mem::take(&mut self.errors);
        item
    }

    fn raw(&mut self, node: Node<'_>) -> RawItem {
        let text = |id| field(node, id).map(|it| raw_text(self.slice(it)).to_owned());
        let (up, down) = (text(FIELDS.up), text(FIELDS.down));
        RawItem { dialect: field(node, FIELDS.dialect).map(|it| self.name(it)), up, down }
    }

    fn members(&mut self, node: Node<'_>) -> Vec<Member> {
        let mut docs = Vec::new();
        let mut members = Vec::new();
        let children = field(node, FIELDS.body).map(named_children).unwrap_or_default();
        let mut children = children.into_iter().peekable();
        while let Some(child) = children.next() {
            if self.is_full(members.len(), child) {
                break;
            }
            match kind(child) {
                SyntaxKind::DocComment => {
                    docs.push(child);
                    continue;
                }
                SyntaxKind::Column => {
                    let spaced = self.spaced_type(node, child);
                    let mut last = child;
                    // What the parser took for further columns are words of the type.
                    while let Some(next) = children.next_if(|it| spaced.is_some() && is_same_line(child, *it)) {
                        last = next;
                    }
                    members.extend(self.column(child, last, spaced, &docs).map(Member::Column));
                }
                SyntaxKind::TableItem => members.extend(self.table_item(child).map(Member::Item)),
                SyntaxKind::Spread => members.push(Member::Spread(self.spread(child))),
                _ => continue,
            }
            docs.clear();
        }
        members
    }

    /// The type of several words behind the name of a column.
    fn spaced_type(&self, table: Node<'_>, column: Node<'_>) -> Option<SpacedType> {
        let name = field(column, FIELDS.name).filter(|_| table.has_error())?;
        spaced_type(self.text, name.end_byte())
    }

    /// A column; `last` is the node at the end of its line, where its type is several words.
    fn column(
        &mut self,
        node: Node<'_>,
        last: Node<'_>,
        spaced: Option<SpacedType>,
        docs: &[Node<'_>],
    ) -> Option<ColumnItem> {
        let anchor = self.anchor(node);
        let name = self.name(field(node, FIELDS.name)?);
        if name.text.is_empty() {
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingName, anchor });
            return None;
        }
        let column_type = match spaced {
            Some(spaced) => Some(self.spaced_type_expression(spaced)),
            None => field(node, FIELDS.kind_type).map(|it| self.type_expression(it)),
        };
        if column_type.is_none() {
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingType, anchor: name.anchor });
        }
        Some(ColumnItem {
            name,
            column_type,
            default: field(last, FIELDS.default).map(|it| self.expression(it)),
            attributes: self.attributes(last),
            doc: self.documentation(docs),
            anchor,
        })
    }

    fn spaced_type_expression(&mut self, it: SpacedType) -> TypeExpression {
        let anchor = self.anchor_at(it.words.start..it.end);
        let name = Name { text: Arc::from(it.name), anchor: self.anchor_at(it.words.clone()) };
        let numbers = it.numbers.into_iter().map(|range| {
            let (text, anchor) = (&self.text[range.clone()], self.anchor_at(range));
            let value = ExpressionItem { kind: ExpressionKind::Number(text.to_owned()), anchor };
            Argument { name: None, value, descending: None, nulls_first: None, anchor }
        });
        let arguments = numbers.collect();
        self.spaced_types.push(it.words.start..it.end);
        TypeExpression { name, arguments, array: it.array, nullable: it.nullable, anchor }
    }

    fn table_item(&mut self, node: Node<'_>) -> Option<TableItem> {
        let anchor = self.anchor(node);
        Some(TableItem {
            name: self.name(field(node, FIELDS.name)?),
            arguments: self.arguments(node),
            attributes: self.attributes(node),
            anchor,
        })
    }

    fn spread(&mut self, node: Node<'_>) -> SpreadItem {
        let anchor = self.anchor(node);
        let name = field(node, FIELDS.name).and_then(|name| self.path_name(name));
        if name.is_none() {
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingName, anchor });
        }
        SpreadItem { name, anchor }
    }

    fn enum_values(&mut self, node: Node<'_>) -> Vec<EnumValueItem> {
        let mut docs = Vec::new();
        let mut values = Vec::new();
        for child in field(node, FIELDS.body).map(named_children).unwrap_or_default() {
            match kind(child) {
                SyntaxKind::DocComment => docs.push(child),
                SyntaxKind::EnumValue => {
                    values.extend(self.enum_value(child, &docs));
                    docs.clear();
                }
                _ => {}
            }
        }
        values
    }

    fn enum_value(&mut self, node: Node<'_>, docs: &[Node<'_>]) -> Option<EnumValueItem> {
        Some(EnumValueItem {
            name: self.name(field(node, FIELDS.name)?),
            value: field(node, FIELDS.value).map(|it| self.expression(it)),
            attributes: self.attributes(node),
            doc: self.documentation(docs),
        })
    }

    pub(super) fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for child in fields(node, FIELDS.attribute) {
            let anchor = self.anchor(child);
            let name = field(child, FIELDS.name).map(|it| self.name(it));
            if name.is_none() {
                self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingName, anchor });
            }
            attributes.push(Attribute {
                name,
                arguments: self.arguments(child),
                has_parentheses: field(child, FIELDS.arguments).is_some(),
                anchor,
            });
        }
        attributes
    }

    /// The arguments of a node that has a field for them.
    pub(super) fn arguments(&mut self, node: Node<'_>) -> Vec<Argument> {
        field(node, FIELDS.arguments).map(|list| self.argument_list(list)).unwrap_or_default()
    }

    pub(super) fn argument_list(&mut self, list: Node<'_>) -> Vec<Argument> {
        named_children(list)
            .into_iter()
            .filter(|child| kind(*child) == SyntaxKind::Argument)
            .map(|child| self.argument(child))
            .collect()
    }

    fn argument(&mut self, node: Node<'_>) -> Argument {
        let anchor = self.anchor(node);
        let name = field(node, FIELDS.name).map(|it| self.name(it));
        let value = match field(node, FIELDS.value) {
            Some(value) => self.expression(value),
            None => {
                self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingExpression, anchor });
                ExpressionItem { kind: ExpressionKind::Missing, anchor }
            }
        };
        let word = |id| field(node, id).map(|it| self.slice(it));
        Argument {
            name,
            value,
            descending: word(FIELDS.direction).map(|it| it == "desc"),
            nulls_first: word(FIELDS.nulls).map(|it| it.ends_with("first")),
            anchor,
        }
    }

    pub(super) fn type_expression(&mut self, node: Node<'_>) -> TypeExpression {
        let anchor = self.anchor(node);
        let name = field(node, FIELDS.name).and_then(|it| self.path_name(it));
        TypeExpression {
            name: name.unwrap_or_else(|| Name { text: Arc::from(""), anchor }),
            arguments: self.arguments(node),
            array: field(node, FIELDS.array).is_some(),
            nullable: field(node, FIELDS.nullable).is_some(),
            anchor,
        }
    }

    pub(super) fn expression(&mut self, node: Node<'_>) -> ExpressionItem {
        let anchor = self.anchor(node);
        let kind = self.deeper(node, |lowering| lowering.expression_kind(node, anchor));
        ExpressionItem { kind: kind.unwrap_or(ExpressionKind::Missing), anchor }
    }

    fn expression_kind(&mut self, node: Node<'_>, anchor: Anchor) -> ExpressionKind {
        match kind(node) {
            SyntaxKind::Identifier | SyntaxKind::QuotedIdentifier => ExpressionKind::Path(vec![self.name(node)]),
            SyntaxKind::Member => self.member_path(node).map_or(ExpressionKind::Missing, ExpressionKind::Path),
            SyntaxKind::Number => ExpressionKind::Number(self.slice(node).to_owned()),
            SyntaxKind::String => ExpressionKind::String(self.string(node, anchor)),
            SyntaxKind::RawString => ExpressionKind::String(raw_text(self.slice(node)).to_owned()),
            SyntaxKind::Boolean => ExpressionKind::Boolean(self.slice(node) == "true"),
            SyntaxKind::Null => ExpressionKind::Null,
            SyntaxKind::Default => ExpressionKind::Default,
            SyntaxKind::Parenthesized => self.required(node, FIELDS.value).kind,
            SyntaxKind::Unary => self.unary(node),
            SyntaxKind::Binary => self.binary(node),
            SyntaxKind::Like => ExpressionKind::Like {
                ignores_case: field(node, FIELDS.operator).is_some_and(|it| self.slice(it) == "ilike"),
                negated: field(node, FIELDS.negated).is_some(),
                operand: Box::new(self.required(node, FIELDS.left)),
                pattern: Box::new(self.required(node, FIELDS.right)),
            },
            SyntaxKind::In => self.membership(node),
            SyntaxKind::Between => ExpressionKind::Between {
                negated: field(node, FIELDS.negated).is_some(),
                operand: Box::new(self.required(node, FIELDS.value)),
                low: Box::new(self.required(node, FIELDS.lower)),
                high: Box::new(self.required(node, FIELDS.upper)),
            },
            SyntaxKind::NullTest => ExpressionKind::IsNull {
                negated: field(node, FIELDS.negated).is_some(),
                operand: Box::new(self.required(node, FIELDS.operand)),
            },
            SyntaxKind::Cast => match field(node, FIELDS.kind_type) {
                Some(to) if kind(to) != SyntaxKind::Missing => ExpressionKind::Cast {
                    operand: Box::new(self.required(node, FIELDS.value)),
                    to: self.type_expression(to),
                },
                _ => ExpressionKind::Missing,
            },
            SyntaxKind::Case => self.case(node),
            SyntaxKind::Call => self.call(node),
            SyntaxKind::List => ExpressionKind::List(self.expressions(node)),
            SyntaxKind::Object => ExpressionKind::Object(self.pairs(node)),
            SyntaxKind::Tuple => ExpressionKind::Tuple(self.expressions(node)),
            SyntaxKind::Exists => match field(node, FIELDS.arguments) {
                Some(arguments) => ExpressionKind::ExistsRelation(self.argument_list(arguments)),
                None => ExpressionKind::Exists(self.subquery(node)),
            },
            SyntaxKind::Subscript => ExpressionKind::Subscript {
                object: Box::new(self.required(node, FIELDS.object)),
                index: Box::new(self.required(node, FIELDS.index)),
            },
            SyntaxKind::Subquery => ExpressionKind::Query(self.clauses(node)),
            SyntaxKind::ParameterReference => ExpressionKind::Parameter(self.parameter_name(node)),
            _ => ExpressionKind::Missing,
        }
    }

    /// The expression in a field; a `missing` node there is reported with the other recovery nodes.
    fn required(&mut self, node: Node<'_>, id: u16) -> ExpressionItem {
        match field(node, id) {
            Some(child) => self.expression(child),
            None => ExpressionItem { kind: ExpressionKind::Missing, anchor: self.anchor(node) },
        }
    }

    fn unary(&mut self, node: Node<'_>) -> ExpressionKind {
        let negates = field(node, FIELDS.operator).is_some_and(|it| self.slice(it) == "-");
        let operand = self.required(node, FIELDS.operand);
        match operand.kind {
            ExpressionKind::Number(number) if negates && !number.starts_with('-') => {
                ExpressionKind::Number(format!("-{number}"))
            }
            kind => ExpressionKind::Unary {
                operator: if negates { UnaryOperator::Negate } else { UnaryOperator::Not },
                operand: Box::new(ExpressionItem { kind, anchor: operand.anchor }),
            },
        }
    }

    /// Left-associative chains (`a and b and c …`) are long, not deep: their left side is walked in a loop.
    fn binary(&mut self, node: Node<'_>) -> ExpressionKind {
        let mut chain = vec![node];
        while let Some(left) = field(chain[chain.len() - 1], FIELDS.left)
            && kind(left) == SyntaxKind::Binary
        {
            chain.push(left);
        }
        if chain.len() > MAXIMUM_NESTING {
            let anchor = self.anchor(node);
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::TooDeep, anchor });
            return ExpressionKind::Missing;
        }
        let innermost = chain[chain.len() - 1];
        let mut left = self.required(innermost, FIELDS.left);
        while let Some(node) = chain.pop() {
            let operator = field(node, FIELDS.operator).and_then(|it| binary_operator(self.slice(it)));
            let right = self.required(node, FIELDS.right);
            let kind = match operator {
                Some(operator) => ExpressionKind::Binary { operator, left: Box::new(left), right: Box::new(right) },
                None => ExpressionKind::Missing,
            };
            left = ExpressionItem { kind, anchor: self.anchor(node) };
        }
        left.kind
    }

    fn membership(&mut self, node: Node<'_>) -> ExpressionKind {
        let operand = Box::new(self.required(node, FIELDS.left));
        let negated = field(node, FIELDS.negated).is_some();
        let Some(right) = field(node, FIELDS.right) else { return ExpressionKind::Missing };
        let list = match kind(right) {
            SyntaxKind::Tuple | SyntaxKind::List => self.expressions(right),
            SyntaxKind::Parenthesized => vec![self.required(right, FIELDS.value)],
            SyntaxKind::Missing => return ExpressionKind::Missing,
            _ => return ExpressionKind::InSet { operand, set: Box::new(self.expression(right)), negated },
        };
        ExpressionKind::In { operand, list, negated }
    }

    fn case(&mut self, node: Node<'_>) -> ExpressionKind {
        let branches = fields(node, FIELDS.branch)
            .into_iter()
            .map(|branch| (self.required(branch, FIELDS.condition), self.required(branch, FIELDS.result)))
            .collect();
        ExpressionKind::Case {
            subject: field(node, FIELDS.subject).map(|it| Box::new(self.expression(it))),
            branches,
            otherwise: field(node, FIELDS.otherwise).map(|it| Box::new(self.expression(it))),
        }
    }

    fn call(&mut self, node: Node<'_>) -> ExpressionKind {
        let function = field(node, FIELDS.function).and_then(|function| match kind(function) {
            SyntaxKind::Identifier | SyntaxKind::QuotedIdentifier => Some(vec![self.name(function)]),
            SyntaxKind::Member => self.member_path(function),
            _ => None,
        });
        match function {
            Some(function) => ExpressionKind::Call { function, arguments: self.arguments(node) },
            None => ExpressionKind::Missing,
        }
    }

    /// `a.b.c` as names; `None` (and no error: the parser gave one) where it is anything else.
    fn member_path(&mut self, node: Node<'_>) -> Option<Vec<Name>> {
        let mut nodes = Vec::new();
        let mut rest = node;
        while kind(rest) == SyntaxKind::Member {
            match field(rest, FIELDS.property) {
                Some(property) => nodes.push(property),
                None => {
                    let anchor = self.anchor(rest);
                    self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingName, anchor });
                }
            }
            rest = field(rest, FIELDS.object)?;
        }
        if !matches!(kind(rest), SyntaxKind::Identifier | SyntaxKind::QuotedIdentifier) {
            return None;
        }
        nodes.push(rest);
        nodes.reverse();
        Some(nodes.into_iter().map(|it| self.name(it)).collect())
    }

    fn expressions(&mut self, node: Node<'_>) -> Vec<ExpressionItem> {
        let is_expression = |child: &Node<'_>| {
            !matches!(kind(*child), SyntaxKind::Comment | SyntaxKind::DocComment | SyntaxKind::Unclosed)
        };
        named_children(node).into_iter().filter(is_expression).map(|child| self.expression(child)).collect()
    }

    fn pairs(&mut self, node: Node<'_>) -> Vec<(Name, ExpressionItem)> {
        let mut pairs = Vec::new();
        for pair in named_children(node) {
            if kind(pair) == SyntaxKind::ParameterReference {
                let anchor = self.anchor(pair);
                let name = self.parameter_name(pair);
                let key = name.clone().unwrap_or_else(|| Name { text: Arc::from(""), anchor });
                pairs.push((key, ExpressionItem { kind: ExpressionKind::Parameter(name), anchor }));
            }
            if kind(pair) != SyntaxKind::Pair {
                continue;
            }
            let Some(key) = field(pair, FIELDS.key) else { continue };
            let key = match kind(key) {
                SyntaxKind::String => {
                    let anchor = self.anchor(key);
                    Name { text: Arc::from(self.string(key, anchor)), anchor }
                }
                _ => self.name(key),
            };
            pairs.push((key, self.required(pair, FIELDS.value)));
        }
        pairs
    }

    /// The name after `$`.
    fn parameter_name(&mut self, node: Node<'_>) -> Option<Name> {
        let text = self.slice(node).strip_prefix('$').unwrap_or_default();
        let anchor = self.anchor(node);
        if text.is_empty() {
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::MissingName, anchor });
            return None;
        }
        Some(Name { text: Arc::from(text), anchor })
    }

    /// Whether a list takes no more, with an error at what would be next.
    pub(super) fn is_full(&mut self, count: usize, next: Node<'_>) -> bool {
        let is_full = count == MAXIMUM_MEMBERS;
        if is_full {
            let anchor = self.anchor(next);
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::TooMany, anchor });
        }
        is_full
    }

    /// Does something one level deeper; `None` and an error where that is too deep.
    pub(super) fn deeper<T>(&mut self, node: Node<'_>, act: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth == MAXIMUM_NESTING {
            let anchor = self.anchor(node);
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::TooDeep, anchor });
            return None;
        }
        self.depth += 1;
        let result = act(self);
        self.depth -= 1;
        Some(result)
    }

    /// The text of a string without its quotes and escapes.
    fn string(&mut self, node: Node<'_>, anchor: Anchor) -> String {
        let source = self.slice(node);
        if source.starts_with('\'') {
            return self.single_quoted(source, anchor);
        }
        let inner = source.strip_prefix('"').unwrap_or(source);
        let Some((inner, true)) = closed(inner) else {
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::UnclosedString, anchor });
            return inner.to_owned();
        };
        match unescape(inner) {
            Some(text) => text,
            None => {
                self.errors.push(SyntaxError { kind: SyntaxErrorKind::UnknownEscape, anchor });
                inner.to_owned()
            }
        }
    }

    /// The text of a string in single quotation marks.
    fn single_quoted(&mut self, source: &str, anchor: Anchor) -> String {
        single_quoted_text(source).unwrap_or_else(|unclosed| {
            self.errors.push(SyntaxError { kind: SyntaxErrorKind::UnclosedString, anchor });
            unclosed
        })
    }

    /// Reports what recovery left in the tree: error nodes, missing tokens, and the grammar's own recovery nodes.
    fn recovery_nodes(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        'tree: loop {
            let current = cursor.node();
            let is_explained = self.spaced_types.iter().any(|it| it.contains(&current.start_byte()));
            let error = recovery_error(current).filter(|_| !is_explained);
            if let Some(error) = error {
                let anchor = self.anchor(current);
                self.errors.push(SyntaxError { kind: error, anchor });
            }
            // What is inside an error has no meaning, so one message for the whole is enough.
            if (!current.is_error() && cursor.goto_first_child()) || cursor.goto_next_sibling() {
                continue;
            }
            while cursor.goto_parent() {
                if cursor.goto_next_sibling() {
                    continue 'tree;
                }
            }
            break;
        }
    }

    fn documentation(&self, docs: &[Node<'_>]) -> Option<String> {
        let line = |node: &Node<'_>| {
            let text = self.slice(*node).strip_prefix("///").unwrap_or_default();
            text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
        };
        let lines: Vec<_> = docs.iter().map(line).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    pub(super) fn path_name(&mut self, node: Node<'_>) -> Option<Name> {
        let anchor = self.anchor(node);
        let text = match kind(node) {
            SyntaxKind::Path => {
                let parts: Vec<_> = named_children(node).into_iter().map(|part| unquoted(self.slice(part))).collect();
                parts.join(".")
            }
            SyntaxKind::String => self.string(node, anchor),
            _ => unquoted(self.slice(node)).to_owned(),
        };
        (!text.is_empty()).then(|| Name { text: Arc::from(text), anchor })
    }

    pub(super) fn name(&mut self, node: Node<'_>) -> Name {
        Name { text: Arc::from(unquoted(self.slice(node))), anchor: self.anchor(node) }
    }

    pub(super) fn anchor(&mut self, node: Node<'_>) -> Anchor {
        self.anchor_at(node.start_byte()..trimmed_end(self.text, node.byte_range()))
    }

    fn anchor_at(&mut self, range: Range<usize>) -> Anchor {
        self.spans.push((range.start - self.start) as u32..(range.end - self.start) as u32);
        Anchor(self.spans.len() as u32 - 1)
    }

    /// An error that points right behind the keyword of a declaration.
    fn error_after_keyword(&mut self, node: Node<'_>, error: SyntaxErrorKind) {
        let keyword = node.child(0).unwrap_or(node);
        let anchor = self.anchor(keyword);
        self.errors.push(SyntaxError { kind: error, anchor });
    }

    pub(super) fn slice(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }
}

fn declaration_kind(node: Node<'_>) -> DeclarationKind {
    match kind(node) {
        SyntaxKind::Table => DeclarationKind::Table,
        SyntaxKind::Mixin => DeclarationKind::Mixin,
        SyntaxKind::Enum => DeclarationKind::Enum,
        SyntaxKind::Sequence => DeclarationKind::Sequence,
        SyntaxKind::Extension => DeclarationKind::Extension,
        SyntaxKind::Raw => DeclarationKind::Raw,
        SyntaxKind::View => DeclarationKind::View,
        SyntaxKind::Query => DeclarationKind::Query,
        SyntaxKind::Mutation => DeclarationKind::Mutation,
        _ => DeclarationKind::Junk,
    }
}

/// Whether clauses may stand in its braces.
const fn is_query(declared: DeclarationKind) -> bool {
    matches!(declared, DeclarationKind::View | DeclarationKind::Query | DeclarationKind::Mutation)
}

fn is_same_line(one: Node<'_>, other: Node<'_>) -> bool {
    one.start_position().row == other.start_position().row && kind(other) != SyntaxKind::DocComment
}

fn recovery_error(node: Node<'_>) -> Option<SyntaxErrorKind> {
    if node.is_error() {
        return Some(SyntaxErrorKind::Unexpected);
    }
    if node.is_missing() {
        return Some(match (node.is_named(), kind(node)) {
            (false, _) => SyntaxErrorKind::MissingToken(node.kind().to_owned()),
            (true, SyntaxKind::Identifier) => SyntaxErrorKind::MissingName,
            (true, _) => SyntaxErrorKind::MissingExpression,
        });
    }
    match kind(node) {
        SyntaxKind::Missing => Some(SyntaxErrorKind::MissingExpression),
        SyntaxKind::Unclosed => Some(SyntaxErrorKind::Unclosed),
        SyntaxKind::Unopened => Some(SyntaxErrorKind::Unopened),
        SyntaxKind::Stray => Some(SyntaxErrorKind::StrayBrace),
        SyntaxKind::Junk => Some(SyntaxErrorKind::Junk),
        _ => None,
    }
}

fn binary_operator(text: &str) -> Option<BinaryOperator> {
    Some(match text {
        "or" => BinaryOperator::Or,
        "and" => BinaryOperator::And,
        "=" | "==" => BinaryOperator::Equal,
        "!=" | "<>" => BinaryOperator::NotEqual,
        "<" => BinaryOperator::Less,
        "<=" => BinaryOperator::LessOrEqual,
        ">" => BinaryOperator::Greater,
        ">=" => BinaryOperator::GreaterOrEqual,
        "||" => BinaryOperator::Concatenate,
        "+" => BinaryOperator::Add,
        "-" => BinaryOperator::Subtract,
        "*" => BinaryOperator::Multiply,
        "/" => BinaryOperator::Divide,
        "%" => BinaryOperator::Remainder,
        _ => return None,
    })
}

/// What stands between `"""` and `"""`.
fn raw_text(text: &str) -> &str {
    let inner = text.strip_prefix("\"\"\"").unwrap_or(text);
    inner.strip_suffix("\"\"\"").unwrap_or(inner)
}

/// What SQL understands by a text in single quotation marks: two of them stand for one, a backslash for itself. An error
/// holds the text of one that is never closed.
pub(crate) fn single_quoted_text(text: &str) -> Result<String, String> {
    let inner = text.strip_prefix('\'').unwrap_or(text);
    let marks = inner.bytes().rev().take_while(|byte| *byte == b'\'').count();
    match inner.strip_suffix('\'') {
        Some(inner) if marks % 2 == 1 => Ok(inner.replace("''", "'")),
        _ => Err(inner.replace("''", "'")),
    }
}

/// Splits off the closing quotation mark, and says whether there is one.
pub(crate) fn closed(inner: &str) -> Option<(&str, bool)> {
    let text = inner.strip_suffix('"')?;
    let backslashes = text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    Some((text, backslashes % 2 == 0))
}

/// Replaces `\"`, `\\`, `\n`, `\r`, `\t` and `\u{…}`; `None` for any other escape.
fn unescape(text: &str) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        result.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let escape = rest.chars().next()?;
        rest = &rest[escape.len_utf8()..];
        match escape {
            '"' | '\\' => result.push(escape),
            'n' => result.push('\n'),
            'r' => result.push('\r'),
            't' => result.push('\t'),
            'u' => {
                let (digits, after) = rest.strip_prefix('{')?.split_once('}')?;
                result.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                rest = after;
            }
            _ => return None,
        }
    }
    result.push_str(rest);
    Some(result)
}

fn unquoted(text: &str) -> &str {
    match text.strip_prefix('`') {
        Some(rest) => rest.strip_suffix('`').unwrap_or(rest),
        None => text,
    }
}

/// Where a node ends without the line ends and blanks that the grammar gave it.
fn trimmed_end(text: &str, range: Range<usize>) -> usize {
    let start = range.start;
    text.get(range.clone()).map_or(range.end, |slice| start + slice.trim_end().len()).max(start)
}

pub(super) fn field(node: Node<'_>, id: u16) -> Option<Node<'_>> {
    node.child_by_field_id(id)
}

pub(super) fn fields(node: Node<'_>, id: u16) -> Vec<Node<'_>> {
    let Some(id) = std::num::NonZeroU16::new(id) else { return Vec::new() };
    let mut cursor = node.walk();
    node.children_by_field_id(id, &mut cursor).collect()
}

pub(super) fn named_children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).collect()
}
