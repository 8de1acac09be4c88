"""Which files belong together, and what happens when files change outside of the editor."""

from __future__ import annotations

from editor import Editor
from lsprotocol import types as lsp
from project import POSTS, USERS


def on_disk(editor: Editor, name: str, kind: lsp.FileChangeType, text: str | None) -> None:
    """Another program writes or removes a file, and the editor tells the server."""
    path = editor.project.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    events = [lsp.FileEvent(editor.project.uri(name), kind)]
    editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(events))


async def test_the_server_asks_to_be_told_about_files(editor: Editor):
    editor.open("users.orm")
    await editor.wait_for_errors("users.orm")
    workspace = editor.capabilities.workspace
    watched = workspace and workspace.did_change_watched_files
    if not (watched and watched.dynamic_registration):
        assert all(it.method != lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES for it in editor.registrations)
        return
    watched_files = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
    [registration] = [it for it in editor.registrations if it.method == watched_files]
    patterns = " ".join(str(it["globPattern"]) for it in registration.register_options["watchers"])
    assert ".orm" in patterns
    assert "orm.toml" in patterns


async def test_a_file_that_another_program_wrote_is_seen(editor: Editor):
    editor.open("posts.orm", POSTS.replace("users.id", "people.id"))
    await editor.wait_for_errors("posts.orm", "people")
    on_disk(editor, "people.orm", lsp.FileChangeType.Created, USERS.replace("table users", "table people"))
    await editor.wait_for_errors("posts.orm")


async def test_a_file_that_another_program_removed_is_forgotten(editor: Editor):
    editor.open("posts.orm")
    await editor.wait_for_errors("posts.orm")
    on_disk(editor, "users.orm", lsp.FileChangeType.Deleted, None)
    await editor.wait_for_errors("posts.orm", "users")


async def test_what_is_typed_outweighs_what_is_on_disk(editor: Editor):
    editor.open("posts.orm")
    editor.open("users.orm")
    editor.edit("users.orm", "table users", "table people")
    await editor.wait_for_errors("posts.orm", "users")
    on_disk(editor, "users.orm", lsp.FileChangeType.Changed, USERS)
    editor.edit("posts.orm", "users.id", "people.id")
    await editor.wait_for_errors("posts.orm")


async def test_a_folder_with_its_own_settings_is_its_own_project(editor: Editor):
    on_disk(editor, "other/orm.toml", lsp.FileChangeType.Created, "")
    on_disk(editor, "other/posts.orm", lsp.FileChangeType.Created, POSTS)
    editor.open("posts.orm")
    editor.open("other/posts.orm")
    await editor.wait_for_errors("other/posts.orm", "users")
    await editor.wait_for_errors("posts.orm")


async def test_hover_shows_the_databases_that_the_settings_name(editor: Editor):
    users = editor.open("users.orm")
    on_disk(editor, "orm.toml", lsp.FileChangeType.Created, '[targets]\npostgres = "15"\n')
    await editor.wait_for_hover("users.orm", users.at("users"), lambda text: "Spanner" not in text)
    on_disk(editor, "orm.toml", lsp.FileChangeType.Changed, '[targets]\npostgres = "15"\nspanner = true\n')
    await editor.wait_for_hover("users.orm", users.at("users"), lambda text: "Spanner" in text)


async def test_settings_that_cannot_be_read_are_an_error_in_them(editor: Editor):
    editor.open("users.orm")
    on_disk(editor, "orm.toml", lsp.FileChangeType.Created, "[targets\n")
    [error] = await editor.wait_for_any_errors("orm.toml")
    assert error.range.start.line == 0
    on_disk(editor, "orm.toml", lsp.FileChangeType.Changed, "[targets]\nspanner = true\n")
    await editor.wait_for_errors("orm.toml")
