"""The next migration: its lenses and hovers, the previews, and the command that writes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import pytest_lsp
from conftest import PROFILES
from editor import Editor, make_editor
from lsprotocol import types as lsp
from project import ORM_BIN, Project
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, client_capabilities

#: The commands of ours that the client says it has.
COMMANDS = ["orm.showReferences", "orm.showMigration", "orm.createMigration"]
REQUEST_FAILED = -32803
NICKNAME = "  nickname  text?\n  email"


@pytest_lsp.fixture(
    params=PROFILES, config=ClientServerConfig(server_command=[ORM_BIN, "lsp"], client_factory=make_editor)
)
async def migrated(lsp_client: Editor, request: pytest.FixtureRequest, project: Project):
    """An editor with all commands, in a project that has a migration."""
    created = project.orm("migrate", "create", "first")
    assert created.returncode == 0, created.stderr
    await lsp_client.start_session(project, client_capabilities(request.param), {"commands": COMMANDS})
    yield
    await lsp_client.shutdown_session()


def plain(value: object) -> object:
    """An answer of a request of our own as plain data."""
    if hasattr(value, "_asdict"):
        return {key: plain(it) for key, it in value._asdict().items()}
    return [plain(it) for it in value] if isinstance(value, list | tuple) else value


async def ask(editor: Editor, method: str, **params: object) -> object:
    return plain(await editor.protocol.send_request_async(method, params))


async def lenses(editor: Editor, name: str) -> list[lsp.CodeLens]:
    found = await editor.text_document_code_lens_async(lsp.CodeLensParams(editor.document(name)))
    return [await editor.code_lens_resolve_async(it) for it in found or []]


async def migration_titles(editor: Editor, name: str) -> list[str]:
    """The lenses about the next migration."""
    return [it.command.title for it in await lenses(editor, name) if it.command.command != "orm.showReferences"]


async def create(editor: Editor, **asked: object) -> dict:
    params = lsp.ExecuteCommandParams("orm.createMigration", [asked])
    return plain(await editor.workspace_execute_command_async(params))


async def refusal(editor: Editor, **asked: object) -> tuple[str, dict]:
    with pytest.raises(JsonRpcException) as refused:
        await create(editor, **asked)
    assert refused.value.code == REQUEST_FAILED
    return refused.value.message, plain(refused.value.data)


def save(editor: Editor, name: str) -> None:
    editor.project.path(name).write_text(editor.texts[name].text, encoding="utf-8")


def migrations(project: Project) -> list[Path]:
    return sorted(project.path("orm-migrations").glob("*"))


def document(editor: Editor, name: str) -> dict:
    return {"uri": editor.project.uri(name)}


async def test_a_change_has_lenses_that_go_with_it(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    assert await migration_titles(editor, "users.orm") == []
    editor.edit("users.orm", "  email", NICKNAME)
    assert await migration_titles(editor, "users.orm") == [
        "Next migration · PostgreSQL: 1 statement, instant · Spanner: 1 statement, instant",
        "Create migration",
        "PostgreSQL: +column nickname, instant · Spanner: +column nickname, instant",
    ]
    editor.edit("users.orm", NICKNAME, "  email")
    assert await migration_titles(editor, "users.orm") == []


async def test_lenses_call_the_commands_that_the_client_has(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    users = editor.edit("users.orm", "  email", NICKNAME)
    whole, new, declaration, references = await lenses(editor, "users.orm")
    uri = editor.project.uri("users.orm")
    assert (whole.command.command, plain(whole.command.arguments)) == ("orm.showMigration", [uri, None])
    assert (new.command.command, plain(new.command.arguments)) == (
        "orm.createMigration",
        [{"textDocument": {"uri": uri}}],
    )
    assert declaration.command.command == "orm.showMigration"
    assert users.slice(declaration.range) == "users"
    position = declaration.range.start
    assert plain(declaration.command.arguments) == [uri, {"line": position.line, "character": position.character}]
    assert references.command.command == "orm.showReferences"
    shown = await ask(editor, "orm/previewMigration", textDocument={"uri": uri}, position=plain_position(position))
    assert [(it["dialect"], it["languageId"], it["text"]) for it in shown] == [
        ("postgres", "sql", 'ALTER TABLE "users" ADD COLUMN "nickname" TEXT;\n'),
        ("spanner", "sql", "ALTER TABLE users ADD COLUMN nickname STRING(MAX);\n"),
    ]


def plain_position(position: lsp.Position) -> dict:
    return {"line": position.line, "character": position.character}


async def test_the_hover_shows_the_statements(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    users = editor.edit("users.orm", "  email", NICKNAME)
    hover = await editor.hover("users.orm", users.at("users"))
    assert 'ALTER TABLE "users" ADD COLUMN "nickname" TEXT;' in hover.contents.value
    assert "ALTER TABLE users ADD COLUMN nickname STRING(MAX);" in hover.contents.value
    other = await editor.hover("users.orm", users.at("email"))
    assert "Next migration" not in other.contents.value


async def test_what_is_typed_is_not_migrated_before_it_is_saved(migrated: Editor):
    editor = migrated
    before = migrations(editor.project)
    editor.open("users.orm")
    editor.edit("users.orm", "  email", NICKNAME)
    message, data = await refusal(editor, textDocument=document(editor, "users.orm"), name="second")
    assert "users.orm is not saved" in message
    assert data == {"reason": "unsaved", "files": [editor.project.uri("users.orm")]}
    assert migrations(editor.project) == before


async def test_nor_are_settings(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    editor.open("orm.toml", '[targets]\npostgres = "18"\n')
    message, data = await refusal(editor, textDocument=document(editor, "users.orm"), name="second")
    assert "orm.toml is not saved" in message
    assert data == {"reason": "unsaved", "files": [editor.project.uri("orm.toml")]}


async def test_the_command_writes_what_the_command_line_writes(migrated: Editor, tmp_path_factory: pytest.TempPathFactory):
    editor = migrated
    editor.open("users.orm")
    editor.edit("users.orm", "  email", NICKNAME)
    save(editor, "users.orm")
    copy = Project(tmp_path_factory.mktemp("copy") / "project")
    shutil.copytree(editor.project.folder, copy.folder)
    printed = copy.orm("migrate", "create", "second one")
    assert printed.returncode == 0, printed.stderr

    created = await create(editor, textDocument=document(editor, "users.orm"), name="second one")
    [_, there], [_, here] = migrations(copy), migrations(editor.project)
    assert created["files"] == [here.as_uri()]
    assert here.read_bytes() == there.read_bytes()
    assert here.name.split("-", 1)[1] == there.name.split("-", 1)[1] == "second-one.sql"
    assert created["notes"] == ["add column nickname to users"]
    assert "add column nickname to users" in printed.stderr
    # The server has read it without being told.
    assert await migration_titles(editor, "users.orm") == []
    again = await create(editor, project=editor.project.folder.as_uri(), name="third")
    assert again == {"files": [], "notes": ["nothing changed"]}
    assert len(migrations(editor.project)) == 2


async def test_the_client_is_told_to_ask_for_lenses_again(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    editor.edit("users.orm", "  email", NICKNAME)
    save(editor, "users.orm")
    await create(editor, textDocument=document(editor, "users.orm"), name="second")
    await migration_titles(editor, "users.orm")
    workspace = editor.capabilities.workspace
    can_refresh = bool(workspace and workspace.code_lens and workspace.code_lens.refresh_support)
    assert (editor.refreshed_lenses > 0) == can_refresh


async def test_data_is_lost_with_consent_only(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    editor.edit("users.orm", "  email  text  @unique\n", "")
    save(editor, "users.orm")
    asked = {"textDocument": document(editor, "users.orm"), "name": "drop"}
    message, data = await refusal(editor, **asked)
    assert data == {"reason": "dataLoss", "losses": ["drops column email of table users"]}
    printed = editor.project.orm("migrate", "create", "drop")
    assert printed.returncode != 0
    assert message in printed.stderr
    assert len(migrations(editor.project)) == 1
    created = await create(editor, **asked, acceptDataLoss=True)
    assert "Loses data: drops column email of table users" in created["notes"]
    assert len(migrations(editor.project)) == 2


async def test_errors_are_refused_in_the_words_of_the_command_line(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    editor.edit("users.orm", "text", "txet")
    save(editor, "users.orm")
    message, data = await refusal(editor, textDocument=document(editor, "users.orm"), name="second")
    assert data == {"reason": "errors"}
    printed = editor.project.orm("migrate", "create", "second")
    assert message in printed.stderr
    assert len(migrations(editor.project)) == 1


async def test_migrations_that_are_not_in_order_are_told_and_refused(migrated: Editor):
    editor = migrated
    [first] = migrations(editor.project)
    first.write_text("nonsense", encoding="utf-8")
    changed = lsp.FileEvent(first.as_uri(), lsp.FileChangeType.Changed)
    editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
    editor.open("users.orm")
    titles = await migration_titles(editor, "users.orm")
    assert titles[0].startswith(f"The migrations are not in order: {first.name}"), titles
    message, data = await refusal(editor, textDocument=document(editor, "users.orm"), name="second")
    assert data == {"reason": "migrations"}
    assert message.startswith("the migrations are not in order")


async def test_a_name_without_letters_and_an_unknown_project_are_refused(migrated: Editor):
    editor = migrated
    editor.open("users.orm")
    editor.edit("users.orm", "  email", NICKNAME)
    save(editor, "users.orm")
    message, data = await refusal(editor, textDocument=document(editor, "users.orm"), name="?")
    assert data == {"reason": "failed"} and "makes no name of a migration" in message
    message, data = await refusal(editor, project="file:///nowhere", name="second")
    assert data == {"reason": "failed"} and "no such project" in message
    assert len(migrations(editor.project)) == 1


@pytest.mark.parametrize("dialect", ["postgres", "spanner"])
async def test_the_preview_is_what_the_command_line_prints(migrated: Editor, dialect: str):
    editor = migrated
    posts = editor.open("posts.orm")
    where = {"textDocument": document(editor, "posts.orm")}
    previews = await ask(editor, "orm/previewDdl", **where, position=plain_position(posts.at("title")))
    preview = next(it for it in previews if it["dialect"] == dialect)
    assert preview["text"] == editor.project.orm("ddl", "--dialect", dialect).stdout
    assert preview["changed"] == []
    assert preview["missing"] == []
    lines = preview["text"].split("\n")
    [selected] = preview["selection"]
    assert [lines[selected["startLine"]].split()[0].strip('"')] == ["title"]
    assert selected["startLine"] == selected["endLine"]

    posts = editor.edit("posts.orm", "  title", "  body        text?\n  title")
    ids = [it["resultId"] for it in previews]
    at_name = plain_position(posts.at("posts"))
    after = await ask(editor, "orm/previewDdl", **where, position=at_name, previousResultIds=ids)
    preview = next(it for it in after if it["dialect"] == dialect)
    lines = preview["text"].split("\n")
    changed = [line for it in preview["changed"] for line in lines[it["startLine"] : it["endLine"] + 1]]
    assert [it.split()[0].strip('"') for it in changed] == ["body"]
    assert "CREATE TABLE" in lines[preview["selection"][0]["startLine"]]
    same = await ask(editor, "orm/previewDdl", **where, previousResultIds=[it["resultId"] for it in after])
    assert [it["text"] for it in same] == [None, None]


async def test_the_syntax_tree_and_the_page_of_a_rule(migrated: Editor):
    editor = migrated
    editor.open("posts.orm")
    start = {"line": 0, "character": 0}
    tree = await ask(editor, "orm/syntaxTree", textDocument=document(editor, "posts.orm"))
    part = await ask(
        editor, "orm/syntaxTree", textDocument=document(editor, "posts.orm"), range={"start": start, "end": start}
    )
    assert "Visibility" in part and "user_id" not in part
    assert "user_id" in tree and "[2, 0]" in tree
    page = await ask(editor, "orm/explain", code="unknown-type")
    explained = json.loads(editor.project.orm("explain", page["code"], "--format", "json").stdout)
    assert (page["title"], page["url"]) == (explained["title"], explained["url"])
    assert page["markdown"].startswith(f"# {page['code']} unknown-type")
    assert await ask(editor, "orm/explain", code="ORM999") is None


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[ORM_BIN, "lsp"], client_factory=make_editor))
async def plain_editor(lsp_client: Editor, project: Project):
    """An editor whose user wants neither kind of lens."""
    options = {"lenses": {"migrations": False, "references": False}}
    await lsp_client.start_session(project, client_capabilities(PROFILES[0]), options)
    yield
    await lsp_client.shutdown_session()


async def test_lenses_can_be_switched_off(plain_editor: Editor):
    plain_editor.open("users.orm")
    assert await lenses(plain_editor, "users.orm") == []
