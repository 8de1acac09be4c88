//! The client's messages: a header with the length, and as many bytes of JSON.
//!
//! What is no header is skipped up to the next one, so that whatever a client or its user writes costs no more than itself.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

const LENGTH: &[u8] = b"content-length:";

/// No line of a header is longer.
const LONGEST_LINE: u64 = 4096;

/// A message that is longer than this many bytes is none.
const LONGEST_MESSAGE: usize = 1 << 30;

/// Reads one message after the other.
pub(crate) struct MessageReader<I> {
    input: BufReader<I>,
}

impl<I: AsyncRead + Unpin> MessageReader<I> {
    pub(crate) fn new(input: I) -> Self {
        MessageReader { input: BufReader::with_capacity(1 << 16, input) }
    }

    /// The bytes of the next message, `None` at the end of the input.
    ///
    /// # Errors
    /// If the input can't be read.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(length) = self.header().await? else { return Ok(None) };
        let mut body = Vec::new();
        // The memory grows with what comes, whatever length was promised.
        (&mut self.input).take(length as u64).read_to_end(&mut body).await?;
        Ok((body.len() == length).then_some(body))
    }

    /// The length in the next header.
    async fn header(&mut self) -> io::Result<Option<usize>> {
        let mut length = None;
        let mut line = Vec::new();
        let mut is_skipping = false;
        loop {
            line.clear();
            if (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut line).await? == 0 {
                return Ok(None);
            }
            let text = line.trim_ascii();
            if text.is_empty() && length.is_some() {
                return Ok(length);
            }
            if let Some(start) = text.to_ascii_lowercase().windows(LENGTH.len()).rposition(|it| it == LENGTH) {
                length = parse_length(&text[start + LENGTH.len()..]);
            } else if !text.is_empty() && !text.contains(&b':') && !is_skipping {
                is_skipping = true;
                tracing::warn!("skips input that is no message");
            }
        }
    }
}

fn parse_length(text: &[u8]) -> Option<usize> {
    let length = str::from_utf8(text).ok()?.trim().parse().ok()?;
    (length <= LONGEST_MESSAGE).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn messages(input: &str) -> Vec<String> {
        let mut reader = MessageReader::new(input.as_bytes());
        let mut messages = Vec::new();
        while let Some(message) = reader.next().await.unwrap() {
            messages.push(String::from_utf8(message).unwrap());
        }
        messages
    }

    #[tokio::test]
    async fn headers_are_read_in_any_spelling() {
        let input = "Content-Length: 2\r\n\r\n{}content-length:3\nContent-Type: application/json\n\n[1]";
        assert_eq!(messages(input).await, ["{}", "[1]"]);
    }

    #[tokio::test]
    async fn what_is_no_header_is_skipped() {
        let long = "x".repeat(3 * LONGEST_LINE as usize);
        for garbage in ["hello\n\n", "{\"a\": 1}", "\r\n\r\n", "Content-Length: many\r\n\r\n", "ä\u{0}: \n", &long] {
            let input = format!("{garbage}Content-Length: 2\r\n\r\n{{}}");
            assert_eq!(messages(&input).await, ["{}"], "{garbage}");
        }
    }

    #[tokio::test]
    async fn a_message_that_does_not_come_is_none() {
        assert_eq!(messages("Content-Length: 5\r\n\r\n{}").await, [] as [&str; 0]);
        assert_eq!(messages("Content-Length: 99999999999999\r\n\r\n{}").await, [] as [&str; 0]);
        assert_eq!(messages("Content-Length: 2").await, [] as [&str; 0]);
    }
}
