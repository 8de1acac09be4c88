//! Names that the schema does not spell out: one prefix for both dialects, made of physical names.
//!
//! A derived name that is too long for PostgreSQL (63 bytes, the shorter limit) is cut and ends in a short hash of the
//! whole, so that it is the same in both databases and two long names do not meet.

use sha2::{Digest, Sha256};

use crate::{Dialect, ObjectName};

/// The table in which a database remembers its migrations, in the default schema.
pub const HISTORY_TABLE: &str = "orm_migrations";

/// The table whose row keeps two runners apart, where the database has no lock for that.
pub const LOCK_TABLE: &str = "orm_migrations_lock";

/// `idx_TABLE_COLUMN…`: an index.
pub fn index(table: &ObjectName, columns: &[&str]) -> String {
    derive("idx", table, columns, None)
}

/// `uq_TABLE_COLUMN…`: a unique constraint or unique index.
pub fn unique(table: &ObjectName, columns: &[&str]) -> String {
    derive("uq", table, columns, None)
}

/// `fk_TABLE_COLUMN…_PARENT`: a foreign key.
pub fn foreign_key(table: &ObjectName, columns: &[&str], parent: &ObjectName) -> String {
    derive("fk", table, columns, Some(parent))
}

/// `ck_TABLE_COLUMN…`: a check.
pub fn check(table: &ObjectName, columns: &[&str]) -> String {
    derive("ck", table, columns, None)
}

/// `INDEX_key1`: the hidden column of Spanner behind a key of an index, counted from 0.
pub fn computed_key(index: &str, key: usize) -> String {
    fit(&format!("{index}_key{}", key + 1))
}

/// A named schema is a part of the name: Spanner keeps the constraints of all schemas in one namespace.
fn derive(prefix: &str, table: &ObjectName, columns: &[&str], parent: Option<&ObjectName>) -> String {
    let object = |name: &ObjectName| [name.schema.clone(), Some(name.name.clone())].into_iter().flatten();
    let parts = std::iter::once(prefix.to_owned())
        .chain(object(table))
        .chain(columns.iter().map(|&it| it.to_owned()))
        .chain(parent.into_iter().flat_map(object));
    fit(&parts.collect::<Vec<_>>().join("_"))
}

/// Cuts `name` to what every dialect takes; a name that fits is left alone.
pub fn fit(name: &str) -> String {
    const HASH_LENGTH: usize = 8;
    let limit = Dialect::Postgres.capabilities().name_length.limit();
    if name.len() <= limit {
        return name.to_owned();
    }
    let hash = Sha256::digest(name.as_bytes()).iter().take(HASH_LENGTH / 2).fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    });
    let mut end = limit - HASH_LENGTH - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{hash}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> ObjectName {
        ObjectName::unqualified(name)
    }

    #[test]
    fn names_are_made_of_physical_names() {
        assert_eq!(index(&table("uploads"), &["file_type"]), "idx_uploads_file_type");
        assert_eq!(unique(&table("users"), &["email"]), "uq_users_email");
        assert_eq!(foreign_key(&table("uploads"), &["user_id"], &table("users")), "fk_uploads_user_id_users");
    }

    #[test]
    fn a_named_schema_is_a_part_of_the_name() {
        let users = ObjectName { schema: Some("auth".to_owned()), name: "users".to_owned() };
        assert_eq!(index(&users, &["email"]), "idx_auth_users_email");
        assert_eq!(foreign_key(&table("uploads"), &["user_id"], &users), "fk_uploads_user_id_auth_users");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let column = "c".repeat(60);
        let one = index(&table("one"), &[&column, "x"]);
        let two = index(&table("one"), &[&column, "y"]);
        assert_eq!(one.len(), 63);
        assert_eq!(two.len(), 63);
        assert_ne!(one, two);
    }

    #[test]
    fn cutting_respects_characters() {
        let name = fit(&"ä".repeat(40));
        assert!(name.len() <= 63 && name.starts_with('ä'));
    }
}
