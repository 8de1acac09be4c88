//! x
use crate::catalog::Catalog;
pub(super) fn catalog(catalog: Catalog) -> Catalog { catalog }
