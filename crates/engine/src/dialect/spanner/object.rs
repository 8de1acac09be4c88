//! Views, of which Spanner keeps the text.

use orm_model::ObjectName;

use super::Spanner;
use crate::{
    catalog::View,
    dialect::{expression::ExpressionDialect, object::ObjectDialect},
    plan::Statement,
};

impl ObjectDialect for Spanner {
    fn lower_view(&self, query: &str, _: Option<&str>) -> View {
        View { query: query.to_owned(), comment: None }
    }

    /// `INVOKER`: who reads the view needs the right to read its tables, as with a query.
    fn create_view(&self, name: &ObjectName, view: &View) -> Vec<Statement> {
        vec![Statement::new(format!("CREATE VIEW {} SQL SECURITY INVOKER AS\n{}", self.object(name), view.query))]
    }

    fn replace_view(&self, name: &ObjectName, view: &View) -> Option<Statement> {
        let name = self.object(name);
        Some(Statement::new(format!("CREATE OR REPLACE VIEW {name} SQL SECURITY INVOKER AS\n{}", view.query)))
    }
}
