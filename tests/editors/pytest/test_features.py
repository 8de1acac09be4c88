"""What an editor asks about a place or a document."""

from __future__ import annotations

import re

import pytest
from editor import Editor
from lsprotocol import types as lsp
from project import POSTS


def markdown(hover: lsp.Hover | None) -> str:
    assert hover, "no hover"
    assert isinstance(hover.contents, lsp.MarkupContent), hover
    assert hover.contents.kind == lsp.MarkupKind.Markdown
    return hover.contents.value


def ddl(hover: lsp.Hover | None) -> dict[str, str]:
    """The SQL under each dialect's heading."""
    sections = re.findall(r"(PostgreSQL|Spanner)[^`]*```sql\n(.*?)```", markdown(hover), re.DOTALL)
    return {dialect: sql.strip() for dialect, sql in sections}


async def test_hover_shows_the_ddl_of_both_dialects(editor: Editor):
    users = editor.open("users.orm")
    hover = await editor.hover("users.orm", users.at("users"))
    sql = ddl(hover)
    assert 'CREATE TABLE "users"' in sql["PostgreSQL"] or "CREATE TABLE users" in sql["PostgreSQL"]
    assert "UUID" in sql["PostgreSQL"]
    assert "TEXT" in sql["PostgreSQL"]
    assert "STRING(36)" in sql["Spanner"]
    assert "STRING(MAX)" in sql["Spanner"]
    assert "People who log in." in markdown(hover)
    assert hover.range is None or users.slice(hover.range) == "users"


@pytest.mark.parametrize(("heading", "dialect"), [("PostgreSQL", "postgres"), ("Spanner", "spanner")])
async def test_hover_shows_what_the_terminal_prints(editor: Editor, heading: str, dialect: str):
    users = editor.open("users.orm")
    shown = ddl(await editor.hover("users.orm", users.at("users")))[heading]
    printed = editor.project.orm("ddl", "--dialect", dialect)
    assert printed.returncode == 0, printed.stderr
    statements = [it.strip() for it in shown.split(";") if it.strip()]
    assert statements
    for statement in statements:
        assert statement in printed.stdout


async def test_hover_follows_edits_that_are_not_saved(editor: Editor):
    editor.open("users.orm")
    users = editor.edit("users.orm", "  email", "  nickname  text?\n  email")
    sql = ddl(await editor.hover("users.orm", users.at("users")))
    assert "nickname" in sql["PostgreSQL"]
    assert "nickname" in sql["Spanner"]


async def test_hover_on_a_column_names_its_types(editor: Editor):
    posts = editor.open("posts.orm")
    sql = ddl(await editor.hover("posts.orm", posts.at("user_id")))
    assert "UUID" in sql["PostgreSQL"]
    assert "STRING(36)" in sql["Spanner"]


async def test_a_place_behind_an_emoji_is_the_word_under_the_cursor(editor: Editor):
    users = editor.open("users.orm")
    posts = editor.open("posts.orm", POSTS.replace("uuid  @references", 'uuid  @db("é語🦀")  @references'))
    [(uri, range_)] = await editor.definition("posts.orm", posts.at("users", "users.id"))
    assert uri == editor.project.uri("users.orm")
    assert users.slice(range_) == "users"


async def test_hover_on_nothing_is_nothing(editor: Editor):
    posts = editor.open("posts.orm")
    blank = posts.position(posts.text.index("\n\n") + 1)
    assert await editor.hover("posts.orm", blank) is None


async def test_document_symbols_are_the_declarations_with_their_columns(editor: Editor):
    posts = editor.open("posts.orm")
    symbols = await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(editor.document("posts.orm")))
    assert [it.name for it in symbols] == ["Visibility", "posts"]
    enum, table = symbols
    assert [it.name for it in enum.children] == ["private", "shared", "public"]
    assert [it.name for it in table.children] == ["id", "user_id", "visibility", "title"]
    assert enum.kind == lsp.SymbolKind.Enum
    for symbol in [enum, table, *enum.children, *table.children]:
        assert posts.slice(symbol.selection_range) == symbol.name
        assert symbol.name in posts.slice(symbol.range)
    assert posts.slice(table.range).startswith("table posts {")
    assert posts.slice(table.range).endswith("}")


@pytest.mark.parametrize(
    ("word", "within", "target"), [("users", "users.id", "users"), ("id", "users.id", "id")], ids=["table", "column"]
)
async def test_definition_leads_into_another_file(editor: Editor, word: str, within: str, target: str):
    users = editor.open("users.orm")
    posts = editor.open("posts.orm")
    [(uri, range_)] = await editor.definition("posts.orm", posts.at(word, within))
    assert uri == editor.project.uri("users.orm")
    assert users.slice(range_) == target


async def test_definition_leads_into_a_file_that_is_not_open(editor: Editor):
    posts = editor.open("posts.orm")
    [(uri, range_)] = await editor.definition("posts.orm", posts.at("users", "users.id"))
    assert uri == editor.project.uri("users.orm")
    assert range_.start == lsp.Position(1, len("table "))


async def test_definition_of_an_enum_type(editor: Editor):
    posts = editor.open("posts.orm")
    [(uri, range_)] = await editor.definition("posts.orm", posts.at("Visibility", "Visibility = private"))
    assert uri == editor.project.uri("posts.orm")
    assert posts.slice(range_) == "Visibility"
    assert range_.start.line == 0


async def test_definition_of_nothing_is_nothing(editor: Editor):
    posts = editor.open("posts.orm")
    assert await editor.definition("posts.orm", posts.position(posts.text.index("\n\n") + 1)) == []


UNTIDY = 'table   users{\n      id uuid=uuid()    @primary_key\nnote text =   "é語🦀"\n\temail text @unique\n}\n'


async def test_formatting_changes_white_space_and_nothing_else(editor: Editor):
    editor.open("users.orm", UNTIDY)
    formatted = await editor.formatted("users.orm")
    lines = formatted.split("\n")
    assert lines[0] == "table users {"
    assert [re.match(r" *", it).end() for it in lines[1:4]] == [2, 2, 2]
    assert "".join(formatted.split()) == "".join(UNTIDY.split())
    assert formatted.endswith("}\n")


async def test_formatting_twice_changes_nothing(editor: Editor):
    editor.open("users.orm", UNTIDY)
    once = await editor.formatted("users.orm")
    editor.open("posts.orm", once)
    assert await editor.formatted("posts.orm") == once


async def test_the_terminal_formats_as_the_editor_does(editor: Editor):
    editor.open("users.orm", UNTIDY)
    editor.project.path("users.orm").write_text(await editor.formatted("users.orm"), encoding="utf-8")
    checked = editor.project.orm("fmt", "--check", "users.orm")
    assert checked.returncode == 0, checked.stdout + checked.stderr


async def test_formatting_a_broken_file_loses_nothing(editor: Editor):
    broken = 'table users {\n    id uuid = (\n  email text "never closed\n'
    editor.open("users.orm", broken)
    assert "".join((await editor.formatted("users.orm")).split()) == "".join(broken.split())


def places(editor: Editor, locations: list[lsp.Location] | None) -> list[tuple[str, str]]:
    """File and text of each location, which must be open."""
    names = {editor.project.uri(name): name for name in editor.texts}
    return [(names[it.uri], editor.texts[names[it.uri]].slice(it.range)) for it in locations or []]


async def test_references_are_found_in_every_file(editor: Editor):
    users = editor.open("users.orm")
    editor.open("posts.orm")
    context = lsp.ReferenceContext(include_declaration=True)
    params = lsp.ReferenceParams(context, editor.document("users.orm"), users.at("users"))
    found = places(editor, await editor.text_document_references_async(params))
    assert found == [("posts.orm", "users"), ("users.orm", "users")]
    params = lsp.DocumentHighlightParams(editor.document("users.orm"), users.at("email"))
    highlights = await editor.text_document_document_highlight_async(params)
    assert [users.slice(it.range) for it in highlights] == ["email"]


async def test_what_only_a_query_knows_is_typed_at_all_its_places_at_once(editor: Editor):
    query = "query by_mail(mail: text) {\n  from users\n  where \"😀\" = $mail or email = $mail\n  select id\n}\n"
    text = editor.open("query.orm", query)
    params = lsp.LinkedEditingRangeParams(editor.document("query.orm"), text.at("mail", "(mail"))
    linked = await editor.text_document_linked_editing_range_async(params)
    assert [text.slice(it) for it in linked.ranges] == ["mail"] * 3
    params = lsp.LinkedEditingRangeParams(editor.document("query.orm"), text.at("email"))
    assert await editor.text_document_linked_editing_range_async(params) is None


async def completed(editor: Editor, name: str, position: lsp.Position) -> list[lsp.CompletionItem]:
    params = lsp.CompletionParams(editor.document(name), position)
    result = await editor.text_document_completion_async(params)
    return result.items if isinstance(result, lsp.CompletionList) else result or []


async def test_completion_offers_what_fits_first(editor: Editor):
    editor.open("users.orm")
    editor.open("posts.orm")
    posts = editor.edit("posts.orm", "  title       text\n", "  title       text\n  owner_id  uuid  @references(us)\n")
    items = await completed(editor, "posts.orm", posts.range_of("us", "@references(us)").end)
    assert items[0].label == "users.id"
    assert items[0].sort_text == min(it.sort_text for it in items)
    resolved = await editor.completion_item_resolve_async(items[0])
    # A client that names no format gets plain text.
    documentation = resolved.documentation
    assert "users.id" in (documentation if isinstance(documentation, str) else documentation.value)


async def test_a_space_brings_a_list_where_something_must_follow(editor: Editor):
    assert " " in editor.server.capabilities.completion_provider.trigger_characters
    editor.open("users.orm")
    editor.open("posts.orm")

    async def behind_space(line: str) -> list[str]:
        posts = editor.edit("posts.orm", "  title       text\n", f"  title       text\n{line}\n")
        context = lsp.CompletionContext(lsp.CompletionTriggerKind.TriggerCharacter, " ")
        place = posts.range_of(line).end
        result = await editor.text_document_completion_async(
            lsp.CompletionParams(editor.document("posts.orm"), place, context)
        )
        editor.edit("posts.orm", f"{line}\n", "")
        # Nothing is `null`, not a list that is empty.
        return result and [it.label for it in result.items]

    assert (await behind_space("  owner_id "))[0] == "uuid"
    assert "now" in await behind_space("  seen_at timestamptz = ")
    assert await behind_space("  owner_id uuid ") is None
    assert await behind_space("  // owner_id ") is None


async def renamed(editor: Editor, name: str, position: lsp.Position, new: str) -> dict[str, str]:
    """The text of every file that a rename changes."""
    params = lsp.RenameParams(editor.document(name), position, new)
    edit = await editor.text_document_rename_async(params)
    names = {editor.project.uri(name): name for name in editor.texts}
    edits = edit.changes or {it.text_document.uri: it.edits for it in edit.document_changes}
    return {names[uri]: editor.texts[names[uri]].apply(edits) for uri, edits in edits.items()}


async def test_a_rename_keeps_the_data_that_migrations_made(editor: Editor):
    users = editor.open("users.orm")
    editor.open("posts.orm")
    before = await renamed(editor, "users.orm", users.at("users"), "people")
    assert "table people {" in before["users.orm"]
    assert "@references(people.id" in before["posts.orm"]
    made = editor.project.orm("migrate", "create", "first")
    assert made.returncode == 0, made.stderr
    [file] = editor.project.path("orm-migrations").glob("*.sql")
    event = lsp.FileEvent(file.as_uri(), lsp.FileChangeType.Created)
    editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
    after = await renamed(editor, "users.orm", users.at("users"), "people")
    assert "table people @was(users) {" in after["users.orm"]
    for name, text in after.items():
        editor.project.path(name).write_text(text, encoding="utf-8")
    next_one = editor.project.orm("migrate", "create", "second")
    assert next_one.returncode == 0, next_one.stderr
    [second] = editor.project.path("orm-migrations").glob("*second*.sql")
    assert 'RENAME TO "people"' in second.read_text(encoding="utf-8")


async def test_symbols_tokens_hints_and_lenses_are_answered(editor: Editor):
    users = editor.open("users.orm")
    document = editor.document("users.orm")
    symbols = await editor.workspace_symbol_async(lsp.WorkspaceSymbolParams("ema"))
    assert [it.name for it in symbols] == ["email"]
    tokens = await editor.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert len(tokens.data) % 5 == 0 and tokens.data
    whole = lsp.Range(lsp.Position(0, 0), users.position(len(users.text)))
    hints = await editor.text_document_inlay_hint_async(lsp.InlayHintParams(document, whole))
    assert [it.label for it in hints] == ["UUID · STRING(36)", "TEXT · STRING(MAX)"]
    lenses = await editor.text_document_code_lens_async(lsp.CodeLensParams(document))
    titles = [(await editor.code_lens_resolve_async(it)).command.title for it in lenses]
    assert titles[0].startswith("First migration · PostgreSQL: ")
    assert titles[1:] == ["1 reference"]
    folds = await editor.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    assert [(it.start_line, it.end_line) for it in folds] == [(1, 4)]
