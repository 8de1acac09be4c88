"""Errors while one types: where they are, and that they go."""

from __future__ import annotations

import asyncio

from editor import PATIENCE, Editor


async def test_a_correct_project_has_no_errors(editor: Editor):
    editor.open("users.orm")
    editor.open("posts.orm")
    await editor.wait_for_errors("users.orm")
    await editor.wait_for_errors("posts.orm")


async def test_an_error_appears_where_it_is_typed_and_goes_when_it_is_corrected(editor: Editor):
    editor.open("users.orm")
    await editor.wait_for_errors("users.orm")
    editor.edit("users.orm", "text", "txet")
    [error] = await editor.wait_for_errors("users.orm", "txet")
    assert str(error.code).startswith("ORM")
    assert error.source == "orm"
    editor.edit("users.orm", "txet", "text")
    await editor.wait_for_errors("users.orm")


async def test_every_edit_counts(editor: Editor):
    editor.open("users.orm")
    for wrong in ("txet", "tetx", "ttex"):
        editor.edit("users.orm", "text", wrong)
        await editor.wait_for_errors("users.orm", wrong)
        editor.edit("users.orm", wrong, "text")
    await editor.wait_for_errors("users.orm")


async def test_columns_are_counted_in_the_encoding_of_the_session(editor: Editor):
    # One unit or more in each encoding: é is 2 bytes, 語 is 3, 🦀 is 4 and two units of UTF-16.
    editor.open("users.orm", 'table users {\n  id  uuid = uuid()  @primary_key\n  note  text = "é語🦀"  @uniqeu\n}\n')
    [error] = await editor.wait_for_errors("users.orm", "uniqeu")
    line = '  note  text = "é語🦀"  @'
    columns = {"utf-8": len(line.encode()), "utf-16": len(line) + 1, "utf-32": len(line)}
    assert error.range.start.line == 2
    assert error.range.start.character == columns[editor.encoding]


async def test_an_edit_after_an_emoji_lands_where_it_was_made(editor: Editor):
    editor.open("users.orm", 'table users {\n  id  uuid = uuid()  @primary_key\n  note  text = "é語🦀"  @unique\n}\n')
    await editor.wait_for_errors("users.orm")
    editor.edit("users.orm", "@unique", "@uniqeu")
    await editor.wait_for_errors("users.orm", "uniqeu")
    editor.edit("users.orm", "@uniqeu", "@unique")
    await editor.wait_for_errors("users.orm")


async def test_lines_may_end_in_carriage_return_and_newline(editor: Editor):
    editor.open("users.orm", "table users {\r\n  id  uuid = uuid()  @primary_key\r\n  note  txet\r\n}\r\n")
    [error] = await editor.wait_for_errors("users.orm", "txet")
    assert (error.range.start.line, error.range.end.line) == (2, 2)


async def test_an_edit_of_one_file_is_seen_in_another(editor: Editor):
    editor.open("users.orm")
    editor.open("posts.orm")
    await editor.wait_for_errors("posts.orm")
    editor.edit("users.orm", "table users", "table people")
    await editor.wait_for_errors("posts.orm", "users")
    editor.edit("users.orm", "table people", "table users")
    await editor.wait_for_errors("posts.orm")


async def test_the_colours_of_another_document_are_asked_for_again(editor: Editor):
    editor.open("users.orm")
    editor.open("posts.orm")
    await editor.wait_for_errors("posts.orm")
    editor.edit("users.orm", "table users", "table people")
    await editor.wait_for_errors("posts.orm", "users")
    workspace = editor.capabilities.workspace
    can_refresh = bool(workspace and workspace.semantic_tokens and workspace.semantic_tokens.refresh_support)
    async with asyncio.timeout(PATIENCE):
        while can_refresh and editor.refreshed_tokens == 0:
            await asyncio.sleep(0.05)
    assert (editor.refreshed_tokens > 0) == can_refresh


async def test_a_half_typed_line_leaves_its_neighbours_alone(editor: Editor):
    editor.open("posts.orm")
    await editor.wait_for_errors("posts.orm")
    editor.edit("posts.orm", "  title       text\n", "  title       text =\n  body        txet\n")
    errors = await editor.wait_for_any_errors("posts.orm")
    lines = {it.range.start.line for it in errors}
    assert lines == {6, 7}, errors


async def test_closing_a_file_forgets_what_was_not_saved(editor: Editor):
    editor.open("users.orm")
    editor.open("posts.orm")
    editor.edit("users.orm", "table users", "table people")
    await editor.wait_for_errors("posts.orm", "users")
    editor.close("users.orm")
    await editor.wait_for_errors("posts.orm")


async def test_a_burst_of_edits_ends_with_the_errors_of_the_last_text(editor: Editor):
    editor.open("users.orm")
    line = "  email  text"
    for _ in range(50):
        editor.edit("users.orm", line, line + "t")
        line += "t"
    await editor.wait_for_errors("users.orm", "text" + 50 * "t")
    editor.edit("users.orm", line, "  email  text")
    await editor.wait_for_errors("users.orm")


async def test_a_file_name_may_have_spaces_and_letters_of_any_language(editor: Editor):
    name = "my schéma #1 語.orm"
    editor.project.path(name).write_text("", encoding="utf-8")
    editor.open(name, "table drafts {\n  id  uuid = uuid()  @primary_key\n  note  txet\n}\n")
    await editor.wait_for_errors(name, "txet")
