//! Reading a live database.
use orm_driver::Connection;
use crate::dialect::Inspection;
pub(super) async fn inspect(_connection: &mut dyn Connection) -> orm_driver::Result<Inspection> {
    Ok(Inspection::default())
}
