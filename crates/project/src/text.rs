//! Reading one text file, whatever is in it: an answer that names the file and says what to do, never a panic.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The largest file that is read, in bytes (64 MiB). The syntax tree of a file takes many times its size.
pub const MAX_FILE_SIZE: u64 = 64 << 20;

const UTF8_MARK: &str = "\u{feff}";

/// The content of a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The text without byte order mark, its line ends as they are.
    pub text: String,
    /// Whether the file starts with a byte order mark. An offset in [`text`](Self::text) is then
    /// [`MARK_LENGTH`](Self::MARK_LENGTH) bytes less than in the file.
    pub byte_order_mark: bool,
}

impl SourceText {
    /// The length of a byte order mark in UTF-8, in bytes.
    pub const MARK_LENGTH: usize = UTF8_MARK.len();

    /// The bytes as they stand in the file.
    pub fn to_file_content(&self) -> String {
        let mark = if self.byte_order_mark { UTF8_MARK } else { "" };
        format!("{mark}{}", self.text)
    }
}

/// A file that cannot be read as text.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: ReadProblem,
}

/// Why a file cannot be read as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadProblem {
    /// The operating system refused.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A folder, a device, a pipe.
    #[error("is not a regular file")]
    NotAFile,
    /// Over [`MAX_FILE_SIZE`].
    #[error("is {size} bytes long; the most that is read is {MAX_FILE_SIZE}")]
    TooLarge {
        /// Its length in bytes.
        size: u64,
    },
    /// UTF-16 or UTF-32, told by its byte order mark.
    #[error("is UTF-16 text, not UTF-8")]
    Utf16,
    /// Another encoding, or no text at all.
    #[error("is not UTF-8 text: line {line} holds the byte 0x{byte:02X}, which can't stand there")]
    NotUtf8 {
        /// The line of the first wrong byte, from 1.
        line: usize,
        /// That byte.
        byte: u8,
    },
    /// A NUL byte, which no schema and no SQL can hold.
    #[error("holds a NUL byte in line {line}")]
    Nul {
        /// Its line, from 1.
        line: usize,
    },
}

impl ReadProblem {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            ReadProblem::Io(_) => "check that the file exists and that you may read it",
            ReadProblem::NotAFile => "name a file that holds text",
            ReadProblem::TooLarge { .. } => "divide it into several files: all files of a project are one schema",
            ReadProblem::Utf16 | ReadProblem::NotUtf8 { .. } => "save it in your editor with the encoding UTF-8",
            ReadProblem::Nul { .. } => "remove the NUL byte; if the file is no text, leave it out of `[schema] files`",
        }
    }
}

/// Reads the text file at `path`.
pub fn read_text(path: &Path) -> Result<SourceText, ReadError> {
    read_bytes(path).and_then(decode).map_err(|problem| ReadError { path: path.to_owned(), problem })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadProblem> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(ReadProblem::NotAFile);
    }
    if metadata.len() > MAX_FILE_SIZE {
        return Err(ReadProblem::TooLarge { size: metadata.len() });
    }
    Ok(fs::read(path)?)
}

/// Decodes the bytes of a text file.
pub fn decode(bytes: Vec<u8>) -> Result<SourceText, ReadProblem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(ReadProblem::Utf16);
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ReadProblem::Nul { line: line_of(&bytes, offset) });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        ReadProblem::NotUtf8 { line: line_of(bytes, offset), byte: bytes[offset] }
    })?;
    Ok(match text.strip_prefix(UTF8_MARK) {
        Some(rest) => SourceText { text: rest.to_owned(), byte_order_mark: true },
        None => SourceText { text, byte_order_mark: false },
    })
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn text_stays_as_it_is() {
        let text = decode("a\r\nä".into()).unwrap();
        assert_eq!(text, SourceText { text: "a\r\nä".into(), byte_order_mark: false });
        assert_eq!(decode(Vec::new()).unwrap().text, "");
    }

    #[test]
    fn a_byte_order_mark_is_taken_off_and_put_back() {
        let text = decode("\u{feff}table".into()).unwrap();
        assert_eq!((text.text.as_str(), text.byte_order_mark), ("table", true));
        assert_eq!(text.to_file_content(), "\u{feff}table");
    }

    #[test]
    fn what_is_no_utf8_text_is_named() {
        assert_eq!(problem(b"ok\n\xE4"), "is not UTF-8 text: line 2 holds the byte 0xE4, which can't stand there");
        assert_eq!(problem(b"a\n\nb\0"), "holds a NUL byte in line 3");
        assert_eq!(problem(b"\xFF\xFEt\0"), "is UTF-16 text, not UTF-8");
    }

    #[test]
    fn folders_missing_and_huge_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read_text(folder.path()).unwrap_err().problem, ReadProblem::NotAFile));
        assert!(matches!(read_text(&folder.path().join("none")).unwrap_err().problem, ReadProblem::Io(_)));
        let huge = folder.path().join("huge.orm");
        fs::File::create(&huge).unwrap().set_len(MAX_FILE_SIZE + 1).unwrap();
        let error = read_text(&huge).unwrap_err();
        assert!(error.to_string().contains("huge.orm: is 67108865 bytes long"), "{error}");
    }
}
