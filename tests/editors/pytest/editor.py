"""A client that keeps documents as an editor does: opened, typed into, closed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import pytest
from lsprotocol import types as lsp
from project import Project, Text
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

#: Seconds that anything may take before it counts as missing: a loaded machine is slow, a dead server is silent.
PATIENCE = float(os.environ.get("ORM_PATIENCE", "60"))


class Editor(LanguageClient):
    """The editor's side of one session; `start_session` comes first."""

    project: Project
    server: lsp.InitializeResult
    #: What the server asked to be told about, after it was initialized.
    registrations: list[lsp.Registration]

    #: What the server told of its work.
    traces: list[lsp.LogTraceParams]

    #: How often the server asked to be asked for lenses again.
    refreshed_lenses: int

    #: And for semantic tokens.
    refreshed_tokens: int

    async def start_session(
        self, project: Project, capabilities: lsp.ClientCapabilities, options: dict | None = None
    ) -> None:
        self.project = project
        self.texts: dict[str, Text] = {}
        self.versions: dict[str, int] = {}
        folder = lsp.WorkspaceFolder(uri=project.folder.as_uri(), name="project")
        params = lsp.InitializeParams(
            capabilities, root_uri=folder.uri, workspace_folders=[folder], initialization_options=options
        )
        self.server = await self.initialize_session(params)

    @property
    def encoding(self) -> str:
        """How columns are counted: what the server chose of what the client offers."""
        encoding = self.server.capabilities.position_encoding or "utf-16"
        return getattr(encoding, "value", encoding)

    def open(self, name: str, text: str | None = None) -> Text:
        """Opens the file, with `text` in place of what is on disk."""
        text = self.project.path(name).read_text(encoding="utf-8") if text is None else text
        self.texts[name], self.versions[name] = Text(text, self.encoding), 1
        item = lsp.TextDocumentItem(self.project.uri(name), "orm", 1, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return self.texts[name]

    def edit(self, name: str, old: str, new: str) -> Text:
        """Replaces `old`, which occurs once, by `new`: as an incremental change when the server takes those."""
        before = self.texts[name]
        after = Text(before.text.replace(old, new), self.encoding)
        if self.sync_kind() == lsp.TextDocumentSyncKind.Incremental:
            change = lsp.TextDocumentContentChangePartial(text=new, range=before.range_of(old))
        else:
            change = lsp.TextDocumentContentChangeWholeDocument(text=after.text)
        self.texts[name], self.versions[name] = after, self.versions[name] + 1
        document = lsp.VersionedTextDocumentIdentifier(version=self.versions[name], uri=self.project.uri(name))
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
        return after

    def close(self, name: str) -> None:
        self.text_document_did_close(lsp.DidCloseTextDocumentParams(self.document(name)))

    def sync_kind(self) -> lsp.TextDocumentSyncKind | None:
        sync = self.server.capabilities.text_document_sync
        return sync.change if isinstance(sync, lsp.TextDocumentSyncOptions) else sync

    def document(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.project.uri(name))

    def errors(self, name: str) -> list[lsp.Diagnostic] | None:
        """The errors that the server published last; `None` before it published anything for the file."""
        published = self.diagnostics.get(self.project.uri(name))
        if published is None:
            return None
        return [it for it in published if it.severity == lsp.DiagnosticSeverity.Error]

    async def wait_for_errors(self, name: str, *words: str) -> list[lsp.Diagnostic]:
        """Waits until the errors of the file stand under `words` of its text, in that order, and name them."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not self.errors_are(name, words):
                    await self.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        except TimeoutError:
            pytest.fail(f"errors should be under {words}, are {self.errors(name)}")
        return self.errors(name)

    def errors_are(self, name: str, words: tuple[str, ...]) -> bool:
        errors = self.errors(name)
        if errors is None or len(errors) != len(words):
            return False
        return all(self.is_under(name, error, word) for error, word in zip(errors, words, strict=True))

    def is_under(self, name: str, error: lsp.Diagnostic, word: str) -> bool:
        """Whether `error` stands under `word`; an error of an earlier text may stand nowhere in this one."""
        try:
            return self.texts[name].slice(error.range) == word and word in error.message
        except (IndexError, ValueError):
            return False

    async def wait_for_any_errors(self, name: str) -> list[lsp.Diagnostic]:
        """Waits until the file has errors."""
        async with asyncio.timeout(PATIENCE):
            while not self.errors(name):
                await self.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return self.errors(name)

    async def hover(self, name: str, position: lsp.Position) -> lsp.Hover | None:
        return await self.text_document_hover_async(lsp.HoverParams(self.document(name), position))

    async def wait_for_hover(self, name: str, position: lsp.Position, wanted: Callable[[str], bool]) -> None:
        """Asks until the hover's text is as `wanted`."""
        async with asyncio.timeout(PATIENCE):
            while not ((hover := await self.hover(name, position)) and wanted(hover.contents.value)):
                await asyncio.sleep(0.05)

    def traces_of(self, method: str) -> list[lsp.LogTraceParams]:
        """What the server told of requests with this method."""
        return [it for it in self.traces if it.message.startswith(method)]

    async def definition(self, name: str, position: lsp.Position) -> list[tuple[str, lsp.Range]]:
        """Where the name at `position` is declared: file and range of the name."""
        result = await self.text_document_definition_async(lsp.DefinitionParams(self.document(name), position))
        places = result if isinstance(result, list) else [result] if result else []
        return [
            (it.target_uri, it.target_selection_range) if isinstance(it, lsp.LocationLink) else (it.uri, it.range)
            for it in places
        ]

    async def formatted(self, name: str) -> str:
        """The text after Format Document."""
        options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
        params = lsp.DocumentFormattingParams(self.document(name), options)
        return self.texts[name].apply(await self.text_document_formatting_async(params) or [])


def make_editor() -> Editor:
    """An editor that also answers the server's own requests: what pytest-lsp's client knows, and registrations."""
    editor = Editor(converter_factory=default_converter)
    register_lsp_features(editor)
    editor.registrations = []
    editor.traces = []

    editor.refreshed_lenses = 0
    editor.refreshed_tokens = 0

    @editor.feature(lsp.WORKSPACE_CODE_LENS_REFRESH)
    def refresh(client: Editor, _params: None) -> None:
        client.refreshed_lenses += 1

    @editor.feature(lsp.WORKSPACE_SEMANTIC_TOKENS_REFRESH)
    def refresh_tokens(client: Editor, _params: None) -> None:
        client.refreshed_tokens += 1

    @editor.feature(lsp.WORKSPACE_INLAY_HINT_REFRESH)
    def refresh_hints(_client: Editor, _params: None) -> None:
        """The editor of the tests shows no hints."""

    @editor.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def register(client: Editor, params: lsp.RegistrationParams) -> None:
        client.registrations.extend(params.registrations)

    @editor.feature(lsp.LOG_TRACE)
    def trace(client: Editor, params: lsp.LogTraceParams) -> None:
        client.traces.append(params)

    return editor
