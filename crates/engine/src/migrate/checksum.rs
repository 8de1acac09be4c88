//! Hashes of migrations: what they are made of says which edits matter.
//!
//! - The *content* hash covers the model changes of a file. It stands in the header and in the `orm:parent` line of the
//!   next migration, so that a changed or badly merged file is noticed.
//! - The *checksum* covers what ran in a database: the statements of the `up` section of its dialect in their
//!   [normal form](super::lexer::Piece::normal). Comments, blanks, line ends, the other dialect's section and the `down`
//!   section may be edited after the migration was applied; an edit of the SQL that ran is noticed.

use sha2::{Digest, Sha256};

/// The SHA-256 of texts, kept apart, as 64 hexadecimal digits.
pub(crate) fn sha256<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hexadecimal(&hasher.finalize())
}

/// The hash of one statement in its normal form, as 16 hexadecimal digits: for comparing, not for security.
pub(crate) fn statement(normal: &str) -> String {
    sha256([normal])[..16].to_owned()
}

/// The content hash of a file with these `orm:change` lines: the first 32 digits, so that headers stay short.
pub(crate) fn content<'a>(changes: impl IntoIterator<Item = &'a str>) -> String {
    sha256(changes)[..32].to_owned()
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|it| [DIGITS[usize::from(it >> 4)] as char, DIGITS[usize::from(it & 15)] as char]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_apart() {
        assert_eq!(sha256(["a", "b"]), sha256(["a", "b"]));
        assert_ne!(sha256(["a", "b"]), sha256(["ab", ""]));
        assert_eq!(statement("SELECT 1").len(), 16);
        assert_eq!(content(["{}"]).len(), 32);
    }
}
