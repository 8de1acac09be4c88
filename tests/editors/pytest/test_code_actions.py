"""What the menu of an editor does at a place: the edits are applied, and the program accepts what they make."""

from __future__ import annotations

import pytest
from editor import Editor
from lsprotocol import types as lsp

SCHEMA = """\
enum State { open, done }

mixin Named {
  name  text
}

table users {
  id          uuid         @primary_key
  ...Named
  mood        text         @check(mood in ("good", "bad"))
  created_at  timestamptz = now()
  updated_at  timestamptz = now()
}

table mails {
  id         uuid  @primary_key
  sender     uuid  @references(users.id)
  receiver   uuid  @references(users.id)
  // orm-allow PERF020 ORM204: as they came
  uuid       text

  index(uuid)

  unique(sender, id)
}

query of_mood(state: State) {
  from mails
  where uuid = "x"
  select id
}

query raw_names : many(id: uuid) = sql("SELECT id FROM ${users} WHERE mood IS NOT NULL")
"""


async def actions(editor: Editor, name: str, range_: lsp.Range, *only: str) -> list[lsp.CodeAction]:
    context = lsp.CodeActionContext([], only=list(only) or None)
    params = lsp.CodeActionParams(editor.document(name), range_, context)
    return await editor.text_document_code_action_async(params) or []


async def applied(editor: Editor, action: lsp.CodeAction) -> None:
    """Writes the files as they are after the action."""
    if action.edit is None:
        action = await editor.code_action_resolve_async(action)
    assert action.edit
    changes = action.edit.changes or {it.text_document.uri: it.edits for it in action.edit.document_changes}
    names = {editor.project.uri(name): name for name in editor.texts}
    for uri, edits in changes.items():
        text = editor.texts[names[uri]].apply(edits)
        editor.project.path(names[uri]).write_text(text, encoding="utf-8")


def place(text, needle: str, within: str | None = None) -> lsp.Range:
    position = text.at(needle, within)
    return lsp.Range(position, position)


@pytest.mark.parametrize(
    ("needle", "within", "title", "kind", "expected"),
    [
        ("...Named", None, "Inline mixin `Named`", "refactor.inline", "  name  text\n  mood"),
        ("mood", "mood        text", "Change `mood` to an enum", "refactor.rewrite", "enum UsersMood { good, bad }"),
        ("mood", "mood        text", "Make `mood` nullable", "refactor.rewrite", "text?"),
        ("sender", "sender     uuid", "Tell relations apart: `as: sender_row, back: mails_by_sender`", "refactor.rewrite", "back: mails_by_sender"),
        ("PERF020", None, "Split into 2 comments", "refactor.rewrite", "// orm-allow ORM204: as they came"),
        ("from mails", None, "Add `index(uuid)` to `mails`", "", None),
        ("raw_names", None, "Convert to clauses", "refactor.rewrite", "where mood is not null"),
        ("of_mood", None, "Convert to raw SQL", "refactor.rewrite", 'sql(postgres: """'),
        ("users", "table users", "Generate a query by key for `users`", "refactor.generate", "query users_by_id(id: uuid)"),
        ("unique(sender", None, "Sort the members of `mails`", "source.sortMembers.orm", "  unique(sender, id)\n  index(uuid)"),
    ],
    ids=lambda it: it if isinstance(it, str) and " " in it and "`" in it else None,
)
async def test_an_action_leaves_a_project_that_is_accepted(
    editor: Editor, needle: str, within: str | None, title: str, kind: str, expected: str | None
):
    users = editor.open("users.orm", SCHEMA)
    editor.project.path("posts.orm").unlink()
    found = await actions(editor, "users.orm", place(users, needle, within), *([kind] if kind else []))
    titles = [it.title for it in found]
    if expected is None:
        # An index on the column is there.
        assert title not in titles
        return
    assert title in titles
    [action] = [it for it in found if it.title == title]
    assert str(getattr(action.kind, "value", action.kind)).startswith(kind)
    await applied(editor, action)
    written = editor.project.path("users.orm").read_text(encoding="utf-8")
    assert expected in written, written
    checked = editor.project.orm("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


async def test_selected_columns_become_a_mixin(editor: Editor):
    users = editor.open("users.orm", SCHEMA)
    editor.project.path("posts.orm").unlink()
    start, end = users.at("created_at"), users.at("updated_at")
    [action] = await actions(editor, "users.orm", lsp.Range(start, end), "refactor.extract")
    assert action.title == "Extract 2 members to a mixin"
    before = editor.project.path("users.orm")
    before.write_text(SCHEMA, encoding="utf-8")
    ddl = editor.project.orm("ddl").stdout
    await applied(editor, action)
    assert "mixin Timestamps {" in before.read_text(encoding="utf-8")
    assert editor.project.orm("ddl").stdout == ddl


async def test_all_that_is_certain_is_fixed_at_once(editor: Editor):
    users = editor.open("users.orm", "table users {\n  id  UUID  @Primary_Key\n  n   int\n}\n")
    editor.project.path("posts.orm").unlink()
    whole = lsp.Range(lsp.Position(0, 0), users.position(len(users.text)))
    [action] = await actions(editor, "users.orm", whole, "source.fixAll")
    await applied(editor, action)
    assert editor.project.orm("check").returncode == 0


async def test_what_is_nowhere_declared_can_be(editor: Editor):
    users = editor.open("users.orm", "table users {\n  id     uuid   @primary_key\n  state  State = open\n}\n")
    editor.project.path("posts.orm").unlink()
    found = await actions(editor, "users.orm", place(users, "State"), "quickfix")
    [action] = [it for it in found if it.title == "Declare enum `State`"]
    await applied(editor, action)
    assert editor.project.orm("check").returncode == 0
