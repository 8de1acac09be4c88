//! A query as plain data: pieces of text, parameters between them, parts that a caller may leave out.
//!
//! `where?` and `values $rows` make the text of a query depend on what a caller gives. So the pieces are put together, and
//! parameters numbered, when that is known: by [`Rendered::bind`], in an application by its stubs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{
    QueryDialect,
    marks::{self, Mark},
};

/// A query in the SQL of one database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// What runs, in order and in one transaction. The rows that they give, and the numbers of rows that they change,
    /// are those of the query together.
    pub statements: Vec<RenderedStatement>,
    /// Whether it changes rows or locks them, which a read-only transaction cannot.
    pub writes: bool,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedStatement {
    /// The text.
    pub pieces: Vec<Piece>,
    /// The parameter for each of whose rows it runs once. Neighbours with the same one run together, row by row.
    pub each: Option<String>,
    /// Whether it gives rows.
    pub gives_rows: bool,
}

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// SQL.
    Text(String),
    /// A value that the caller gives; NULL where it gives none.
    Parameter(String),
    /// A column, by its physical name, of a row that the caller gives: of the parameter that [`Piece::Each`] or
    /// [`RenderedStatement::each`] names. NULL where the row does not have it.
    Cell(String),
    /// Pieces in whose place the word `DEFAULT` stands where the row does not have a column.
    OrDefault {
        /// The physical name of the column.
        column: String,
        /// What stands there otherwise.
        pieces: Vec<Piece>,
    },
    /// Pieces that are left out unless the caller gives all of these.
    When {
        /// Parameters, or columns of a row, as [`Given::absent`] and [`Given::rows`] know them.
        present: Vec<String>,
        /// What is left out.
        pieces: Vec<Piece>,
    },
    /// Pieces for each row of a parameter, with commas between them.
    Each {
        /// The parameter.
        parameter: String,
        /// The pieces of a row.
        pieces: Vec<Piece>,
    },
}

/// What a caller gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The parameters that are absent.
    pub absent: BTreeSet<String>,
    /// For each parameter that stands for rows, and each of them, the columns that it does not have. One that is missing
    /// here has one row with everything.
    pub rows: BTreeMap<String, Vec<BTreeSet<String>>>,
}

/// A statement that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The text, with `$1` or `@p1` for the first parameter.
    pub sql: String,
    /// What the parameters are, in order.
    pub parameters: Vec<Slot>,
    /// Whether it gives rows.
    pub gives_rows: bool,
}

/// What a parameter of a statement is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A parameter of the query.
    Parameter(String),
    /// A column of a row that is one.
    Cell {
        /// The parameter.
        parameter: String,
        /// Which row, from 0.
        row: usize,
        /// The physical name of the column.
        column: String,
    },
}

/// What stands between the name of a parameter of rows and a column.
const POINT: &str = "[].";

/// The name of a column of a parameter of rows, for marks.
pub(super) fn cell(parameter: &str, column: &str) -> String {
    format!("{parameter}{POINT}{column}")
}

/// Whether a parameter is a column of a parameter of rows.
pub(super) fn is_cell(name: &str) -> bool {
    name.contains(POINT)
}

/// Takes a text with marks apart.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut parser = Parser { stack: vec![(None, Vec::new())], depth: 0 };
    for (index, part) in marks::split(text).enumerate() {
        match (index % 2 == 1).then(|| Mark::parse(part)).flatten() {
            Some(mark) => parser.mark(mark),
            None => parser.text(part),
        }
    }
    parser.stack.pop().map(|(_, pieces)| pieces).unwrap_or_default()
}

/// What an open part of a text becomes.
enum Open {
    When(Vec<String>),
    Each(String),
    OrDefault(String),
}

struct Parser {
    stack: Vec<(Option<Open>, Vec<Piece>)>,
    depth: usize,
}

impl Parser {
    fn mark(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Line => self.text(&format!("\n{}", "  ".repeat(self.depth))),
            Mark::Deeper => self.depth += 1,
            Mark::Back => self.depth = self.depth.saturating_sub(1),
            Mark::Parameter(name) => self.push(parameter(name)),
            Mark::OrDefault(name) => {
                let column = name.split_once(POINT).map_or(name, |(_, column)| column);
                self.stack.push((Some(Open::OrDefault(column.to_owned())), Vec::new()));
            }
            Mark::When(names) => {
                let present = names.into_iter().map(str::to_owned).collect();
                self.stack.push((Some(Open::When(present)), Vec::new()));
            }
            Mark::Each(name) => self.stack.push((Some(Open::Each(name.to_owned())), Vec::new())),
            Mark::End => match self.stack.pop() {
                Some((Some(Open::When(present)), pieces)) => self.push(Piece::When { present, pieces }),
                Some((Some(Open::Each(parameter)), pieces)) => self.push(Piece::Each { parameter, pieces }),
                Some((Some(Open::OrDefault(column)), pieces)) => self.push(Piece::OrDefault { column, pieces }),
                Some(whole) => self.stack.push(whole),
                None => {}
            },
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, pieces)) = self.stack.last_mut() else { return };
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(before)) => before.push_str(text),
            _ => pieces.push(Piece::Text(text.to_owned())),
        }
    }

    fn push(&mut self, piece: Piece) {
        if let Some((_, pieces)) = self.stack.last_mut() {
            pieces.push(piece);
        }
    }
}

fn parameter(name: &str) -> Piece {
    match name.split_once(POINT) {
        Some((_, column)) => Piece::Cell(column.to_owned()),
        None => Piece::Parameter(name.to_owned()),
    }
}

impl Rendered {
    /// The statements for what a caller gives; none that would write no row.
    pub fn bind(&self, dialect: &dyn QueryDialect, given: &Given) -> Vec<Bound> {
        let mut bound = Vec::new();
        let mut rest = self.statements.as_slice();
        while let Some(first) = rest.first() {
            let together = rest.iter().take_while(|it| it.each == first.each).count();
            let (group, others) = rest.split_at(together);
            rest = others;
            match &first.each {
                None => {
                    let filled = group.iter().filter(|it| it.has_rows(given));
                    bound.extend(filled.flat_map(|it| it.bind_all_rows(dialect, given)));
                }
                Some(parameter) => {
                    for row in 0..given.count(parameter) {
                        bound.extend(group.iter().map(|it| it.bind(dialect, given, Some((parameter, row)))));
                    }
                }
            }
        }
        bound
    }
}

impl RenderedStatement {
    fn has_rows(&self, given: &Given) -> bool {
        let is_empty = |it: &Piece| matches!(it, Piece::Each { parameter, .. } if given.count(parameter) == 0);
        !self.pieces.iter().any(is_empty)
    }

    fn bind(&self, dialect: &dyn QueryDialect, given: &Given, row: Option<(&str, usize)>) -> Bound {
        self.bind_rows(dialect, given, row, 0..usize::MAX)
    }

    /// The statement; several of them where the rows of a parameter have more values than one takes.
    fn bind_all_rows(&self, dialect: &dyn QueryDialect, given: &Given) -> Vec<Bound> {
        let Some((parameter, pieces)) = self.rows() else { return vec![self.bind(dialect, given, None)] };
        let most = dialect.most_parameters().saturating_sub(self.shared());
        let parts = parts(given, parameter, pieces, most);
        parts.into_iter().map(|it| self.bind_rows(dialect, given, None, it)).collect()
    }

    /// The parameter of the rows that are written, and what is written of each.
    fn rows(&self) -> Option<(&str, &[Piece])> {
        self.pieces.iter().find_map(|it| match it {
            Piece::Each { parameter, pieces } => Some((parameter.as_str(), pieces.as_slice())),
            _ => None,
        })
    }

    /// How many parameters there are at most beside those of the rows.
    fn shared(&self) -> usize {
        let mut names = BTreeSet::new();
        walk(&self.pieces, &mut |it| {
            if let Piece::Parameter(name) = it {
                names.insert(name);
            }
        });
        names.len()
    }

    /// With these of the rows of a parameter.
    fn bind_rows(
        &self,
        dialect: &dyn QueryDialect,
        given: &Given,
        row: Option<(&str, usize)>,
        rows: Range<usize>,
    ) -> Bound {
        let mut binder =
            Binder { dialect, given, rows, sql: String::new(), parameters: Vec::new(), positions: BTreeMap::new() };
        binder.pieces(&self.pieces, row);
        Bound { sql: binder.sql, parameters: binder.parameters, gives_rows: self.gives_rows }
    }
}

/// The rows of a parameter, as many together as have no more than `most` values; one that has more stands alone.
fn parts(given: &Given, parameter: &str, pieces: &[Piece], most: usize) -> Vec<Range<usize>> {
    let mut columns = BTreeSet::new();
    walk(pieces, &mut |it| {
        if let Piece::Cell(column) = it {
            columns.insert(column.as_str());
        }
    });
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut values = 0;
    for row in 0..given.count(parameter) {
        let own = columns.iter().filter(|it| given.has_cell((parameter, row), it)).count();
        match parts.last_mut() {
            Some(part) if values + own <= most => part.end = row + 1,
            _ => {
                parts.push(row..row + 1);
                values = 0;
            }
        }
        values += own;
    }
    parts
}

fn walk<'p>(pieces: &'p [Piece], visit: &mut impl FnMut(&'p Piece)) {
    for piece in pieces {
        visit(piece);
        match piece {
            Piece::OrDefault { pieces, .. } | Piece::When { pieces, .. } | Piece::Each { pieces, .. } => {
                walk(pieces, visit);
            }
            Piece::Text(_) | Piece::Parameter(_) | Piece::Cell(_) => {}
        }
    }
}

impl Given {
    /// How many rows a parameter has.
    fn count(&self, parameter: &str) -> usize {
        self.rows.get(parameter).map_or(1, Vec::len)
    }

    fn has_cell(&self, (parameter, row): (&str, usize), column: &str) -> bool {
        let missing = self.rows.get(parameter).and_then(|it| it.get(row));
        missing.is_none_or(|it| !it.contains(column))
    }

    fn has(&self, name: &str, row: Option<(&str, usize)>) -> bool {
        match (name.split_once(POINT), row) {
            (Some((_, column)), Some(row)) => self.has_cell(row, column),
            _ => !self.absent.contains(name),
        }
    }
}

struct Binder<'a> {
    dialect: &'a dyn QueryDialect,
    given: &'a Given,
    /// Which rows of a parameter.
    rows: Range<usize>,
    sql: String,
    parameters: Vec<Slot>,
    /// Where each of the parameters is.
    positions: BTreeMap<Slot, usize>,
}

impl Binder<'_> {
    fn pieces(&mut self, pieces: &[Piece], row: Option<(&str, usize)>) {
        for piece in pieces {
            match (piece, row) {
                (Piece::Text(text), _) => self.sql.push_str(text),
                (Piece::Parameter(name), _) => self.slot(Slot::Parameter(name.clone())),
                (Piece::OrDefault { column, .. }, Some(row)) if !self.given.has_cell(row, column) => {
                    self.sql.push_str("DEFAULT");
                }
                (Piece::OrDefault { pieces, .. }, row) => self.pieces(pieces, row),
                (Piece::Cell(column), Some((parameter, row))) => {
                    self.slot(Slot::Cell { parameter: parameter.to_owned(), row, column: column.clone() });
                }
                (Piece::Cell(_), None) => {}
                (Piece::When { present, pieces }, _) => {
                    if present.iter().all(|it| self.given.has(it, row)) {
                        self.pieces(pieces, row);
                    }
                }
                (Piece::Each { parameter, pieces }, _) => {
                    let rows = self.rows.start..self.rows.end.min(self.given.count(parameter));
                    for index in rows {
                        if index > self.rows.start {
                            self.sql.push(',');
                        }
                        self.pieces(pieces, Some((parameter, index)));
                    }
                }
            }
        }
    }

    /// A parameter; one that stands twice is sent once.
    fn slot(&mut self, slot: Slot) {
        let next = self.parameters.len();
        let position = *self.positions.entry(slot.clone()).or_insert(next);
        if position == next {
            self.parameters.push(slot);
        }
        self.sql.push_str(&self.dialect.placeholder(position + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect;

    fn rendered(text: &str, each: Option<&str>) -> Rendered {
        let each = each.map(str::to_owned);
        let statement = RenderedStatement { pieces: pieces(text), each, gives_rows: false };
        Rendered { statements: vec![statement], writes: false }
    }

    fn bound(rendered: &Rendered, given: &Given) -> Vec<(String, usize)> {
        let bound = rendered.bind(dialect::of(orm_model::Dialect::Postgres), given);
        bound.into_iter().map(|it| (it.sql, it.parameters.len())).collect()
    }

    #[test]
    fn what_is_absent_is_left_out_and_the_rest_is_numbered() {
        let optional = marks::when(&["b".to_owned()], &format!(" AND y = {}", marks::parameter("b")));
        let [a, c] = ["a", "c"].map(marks::parameter);
        let query = rendered(&format!("x = {a}{optional} AND z = {c} AND w = {a}"), None);
        let text = |given: &Given| bound(&query, given);
        assert_eq!(text(&Given::default()), [("x = $1 AND y = $2 AND z = $3 AND w = $1".to_owned(), 3)]);
        let absent = Given { absent: ["b".to_owned()].into(), ..Given::default() };
        assert_eq!(text(&absent), [("x = $1 AND z = $2 AND w = $1".to_owned(), 2)]);
    }

    #[test]
    fn rows_stand_as_often_as_there_are() {
        let [a, b] = ["a", "b"].map(|column| cell("rows", column));
        let row = format!(" ({}, {})", marks::parameter(&a), marks::or_default(&b, &marks::parameter(&b)));
        let given = Given {
            rows: [("rows".to_owned(), vec![BTreeSet::new(), ["b".to_owned()].into()])].into(),
            ..Given::default()
        };
        let whole = rendered(&format!("VALUES{}", marks::each("rows", &row)), None);
        assert_eq!(bound(&whole, &given), [("VALUES ($1, $2), ($3, DEFAULT)".to_owned(), 3)]);
        let single = rendered(&format!("VALUES{row}"), Some("rows"));
        let texts = [("VALUES ($1, $2)".to_owned(), 2), ("VALUES ($1, DEFAULT)".to_owned(), 1)];
        assert_eq!(bound(&single, &given), texts);
    }

    #[test]
    fn rows_with_more_values_than_a_statement_takes_are_several_statements() {
        let [a, b] = ["a", "b"].map(|column| cell("rows", column));
        let row = format!(" ({}, {})", marks::parameter(&a), marks::or_default(&b, &marks::parameter(&b)));
        let text = format!("{}VALUES{}", marks::parameter("x"), marks::each("rows", &row));
        let statement = RenderedStatement { pieces: pieces(&text), each: None, gives_rows: false };
        let query = Rendered { statements: vec![statement], writes: true };
        let counts = |rows: usize, full: usize| {
            let missing = |row: usize| if row < full { BTreeSet::new() } else { BTreeSet::from(["b".to_owned()]) };
            let given =
                Given { rows: [("rows".to_owned(), (0..rows).map(missing).collect())].into(), ..Given::default() };
            let bound = query.bind(dialect::of(orm_model::Dialect::Spanner), &given);
            assert!(bound.iter().all(|it| it.sql.starts_with("@p1VALUES (@p2, ") && it.parameters.len() <= 950));
            bound.iter().map(|it| it.parameters.len() - 1).collect::<Vec<_>>()
        };
        assert_eq!(counts(474, 474), [948]);
        assert_eq!(counts(475, 475), [948, 2]);
        assert_eq!(counts(1000, 0), [949, 51]);
        assert_eq!(counts(500, 470), [949, 21]);
    }

    #[test]
    fn lines_are_as_deep_as_they_stand() {
        let text = format!("EXISTS {}", marks::block(&format!("SELECT 'a\nb'{}FROM t", marks::LINE)));
        assert_eq!(pieces(&text), [Piece::Text("EXISTS (\n  SELECT 'a\nb'\n  FROM t\n)".to_owned())]);
    }
}
