//! The client's messages, and that they end.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, ReadBuf};

/// An input that tells when it ends. A request that stays open has to be answered then: until all are, the server lives.
pub(crate) struct Input<R, F> {
    reader: R,
    on_end: Option<F>,
}

impl<R, F: FnOnce()> Input<R, F> {
    /// `on_end` is called once, at the end of `reader` or at its first error.
    pub(crate) fn new(reader: R, on_end: F) -> Self {
        Input { reader, on_end: Some(on_end) }
    }
}

impl<R: AsyncRead + Unpin, F: FnOnce() + Unpin> AsyncRead for Input<R, F> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let had_room = buffer.remaining() > 0;
        let result = ready!(Pin::new(&mut self.reader).poll_read(context, buffer));
        if result.is_err() || had_room && buffer.filled().len() == before {
            self.on_end.take().into_iter().for_each(|tell| tell());
        }
        Poll::Ready(result)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test]
    async fn the_end_is_told_once() {
        let mut ends = 0;
        let mut input = Input::new(&b"ab"[..], || ends += 1);
        let mut text = String::new();
        input.read_to_string(&mut text).await.unwrap();
        assert_eq!(input.read(&mut [0; 4]).await.unwrap(), 0);
        assert_eq!((text.as_str(), ends), ("ab", 1));
    }
}
