"""The project that the tests open, and how places in its text are named in the protocol."""

from __future__ import annotations

import os
import pathlib
import subprocess
from dataclasses import dataclass

from lsprotocol import types as lsp

ORM_BIN = os.environ["ORM_BIN"]

USERS = """\
/// People who log in.
table users {
  id     uuid = uuid()  @primary_key
  email  text  @unique
}
"""

POSTS = """\
enum Visibility : varchar(10) { private, shared, public }

table posts {
  id          uuid = uuid()  @primary_key
  user_id     uuid  @references(users.id, on_delete: cascade)
  visibility  Visibility = private
  title       text
}
"""


@dataclass(frozen=True)
class Project:
    """A folder of `.orm` files on disk."""

    folder: pathlib.Path

    @classmethod
    def create(cls, folder: pathlib.Path) -> Project:
        project = cls(folder)
        project.path("users.orm").write_text(USERS, encoding="utf-8")
        project.path("posts.orm").write_text(POSTS, encoding="utf-8")
        return project

    def path(self, name: str) -> pathlib.Path:
        return self.folder / name

    def uri(self, name: str) -> str:
        return self.path(name).as_uri()

    def orm(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs the program as a terminal would, in this project."""
        return subprocess.run(
            [ORM_BIN, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False
        )


class Text:
    """One version of a document, which translates between its text and positions in one encoding."""

    def __init__(self, text: str, encoding: lsp.PositionEncodingKind | str | None) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.encoding = getattr(encoding, "value", encoding) or "utf-16"

    def units(self, text: str) -> int:
        """The length of `text` as the protocol counts it."""
        unit = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[self.encoding]
        return len(text.encode(unit[0])) // unit[1]

    def position(self, offset: int) -> lsp.Position:
        """The position of the character at `offset`."""
        before = self.text[:offset].split("\n")
        return lsp.Position(line=len(before) - 1, character=self.units(before[-1]))

    def offset(self, position: lsp.Position) -> int:
        """The inverse of `position`; a position between two characters is an error."""
        line = self.lines[position.line]
        columns = [self.units(line[:length]) for length in range(len(line) + 1)]
        start = sum(len(it) + 1 for it in self.lines[: position.line])
        return start + columns.index(position.character)

    def range_of(self, needle: str, within: str | None = None) -> lsp.Range:
        """Where `needle` stands; `within` is a longer text that tells several apart."""
        context = within or needle
        assert self.text.count(context) == 1, f"{context!r} must occur once"
        start = self.text.index(context) + context.index(needle)
        return lsp.Range(start=self.position(start), end=self.position(start + len(needle)))

    def at(self, needle: str, within: str | None = None) -> lsp.Position:
        """A position inside `needle`, one character after its start."""
        start = self.range_of(needle, within).start
        return self.position(self.offset(start) + 1)

    def slice(self, range_: lsp.Range) -> str:
        """The text in `range_`."""
        return self.text[self.offset(range_.start) : self.offset(range_.end)]

    def apply(self, edits: list[lsp.TextEdit]) -> str:
        """The text after `edits`, which must not overlap."""
        result = self.text
        ends = [len(self.text)]
        for edit in sorted(edits, key=lambda it: self.offset(it.range.start), reverse=True):
            start, end = self.offset(edit.range.start), self.offset(edit.range.end)
            assert start <= end <= ends[-1], "edits overlap"
            ends.append(start)
            result = result[:start] + edit.new_text + result[end:]
        return result
