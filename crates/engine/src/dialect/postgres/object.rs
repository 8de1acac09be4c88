//! Views.
//!
//! PostgreSQL keeps the parsed query of a view, not its text, and prints it anew with other names, casts and
//! parentheses. So the comment of the view holds a hash of the text that made it, by which a view is known again.

use orm_model::ObjectName;
use sha2::{Digest, Sha256};

use super::{Postgres, names::string};
use crate::{
    catalog::View,
    dialect::{expression::ExpressionDialect, object::ObjectDialect},
    plan::Statement,
};

impl ObjectDialect for Postgres {
    fn lower_view(&self, query: &str, doc: Option<&str>) -> View {
        let hash: String = Sha256::digest(query.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let doc = doc.filter(|it| !it.is_empty()).map(|it| format!("{it}\n")).unwrap_or_default();
        View { query: query.to_owned(), comment: Some(format!("{doc}orm: view of text {hash}")) }
    }

    fn create_view(&self, name: &ObjectName, view: &View) -> Vec<Statement> {
        let create = Statement::new(format!("CREATE VIEW {} AS\n{}", self.object(name), view.query));
        std::iter::once(create).chain(self.comment_on_view(name, view)).collect()
    }

    fn comment_on_view(&self, name: &ObjectName, view: &View) -> Option<Statement> {
        let comment = view.comment.as_ref()?;
        Some(Statement::new(format!("COMMENT ON VIEW {} IS {}", self.object(name), string(comment))))
    }

    /// It takes a query only that gives the same columns and more.
    fn replace_view(&self, _: &ObjectName, _: &View) -> Option<Statement> {
        None
    }
}
