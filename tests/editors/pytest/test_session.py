"""Starting, stopping, and what a server must survive."""

from __future__ import annotations

import asyncio
import subprocess

import pytest
from editor import PATIENCE, Editor
from lsprotocol import types as lsp
from project import ORM_BIN
from pygls.exceptions import JsonRpcMethodNotFound


async def test_the_server_says_what_it_can_do(editor: Editor):
    capabilities = editor.server.capabilities
    assert capabilities.hover_provider
    assert capabilities.definition_provider
    assert capabilities.document_symbol_provider
    assert capabilities.document_formatting_provider
    assert editor.sync_kind() in (lsp.TextDocumentSyncKind.Full, lsp.TextDocumentSyncKind.Incremental)
    assert editor.server.server_info and editor.server.server_info.name and editor.server.server_info.version


async def test_the_position_encoding_is_one_that_the_client_offers(editor: Editor):
    general = editor.capabilities.general
    offered = [getattr(it, "value", it) for it in (general and general.position_encodings) or ["utf-16"]]
    assert editor.encoding in offered


async def test_an_unknown_request_is_refused_and_the_next_one_answered(editor: Editor):
    editor.open("users.orm")
    with pytest.raises(JsonRpcMethodNotFound):
        async with asyncio.timeout(PATIENCE):
            await editor.protocol.send_request_async("orm/noSuchRequest", {})
    assert await editor.hover("users.orm", editor.texts["users.orm"].at("users"))


async def test_an_unknown_notification_is_ignored(editor: Editor):
    users = editor.open("users.orm")
    editor.protocol.notify("orm/noSuchNotification", {"anything": 1})
    editor.protocol.notify("$/noSuchNotification", {})
    assert await editor.hover("users.orm", users.at("users"))


async def test_requests_about_an_unknown_file_get_an_answer(editor: Editor):
    nowhere = lsp.TextDocumentIdentifier((editor.project.folder / "nowhere.orm").as_uri())
    async with asyncio.timeout(PATIENCE):
        assert not await editor.text_document_hover_async(lsp.HoverParams(nowhere, lsp.Position(0, 0)))
        assert not await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(nowhere))


async def test_a_position_outside_of_the_text_gets_an_answer(editor: Editor):
    users = editor.open("users.orm")
    async with asyncio.timeout(PATIENCE):
        for position in (lsp.Position(10_000, 0), lsp.Position(0, 10_000)):
            await editor.hover("users.orm", position)
        assert await editor.hover("users.orm", users.at("users"))


async def test_a_buffer_without_a_file_does_no_harm(editor: Editor):
    untitled = lsp.TextDocumentItem("untitled:Untitled-1", "orm", 1, "table drafts {\n")
    editor.text_document_did_open(lsp.DidOpenTextDocumentParams(untitled))
    users = editor.open("users.orm")
    async with asyncio.timeout(PATIENCE):
        assert await editor.hover("users.orm", users.at("users"))


async def test_what_goes_wrong_is_in_the_log_of_the_editor(editor: Editor):
    editor.open("users.orm")
    document = lsp.VersionedTextDocumentIdentifier(version=0, uri=editor.project.uri("users.orm"))
    change = lsp.TextDocumentContentChangeWholeDocument(text="")
    editor.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
    async with asyncio.timeout(PATIENCE):
        while not editor.log_messages:
            await editor.wait_for_notification(lsp.WINDOW_LOG_MESSAGE)
    [logged] = editor.log_messages
    assert logged.type == lsp.MessageType.Error
    assert editor.project.uri("users.orm") in logged.message
    assert await editor.hover("users.orm", editor.texts["users.orm"].at("users")), "the old edit was left out"


async def test_the_server_traces_what_it_does_for_an_editor_that_wants_that(editor: Editor):
    users = editor.open("users.orm")
    position = users.at("users")
    await editor.hover("users.orm", position)
    assert not editor.traces_of(lsp.TEXT_DOCUMENT_HOVER)
    for value in (lsp.TraceValue.Messages, lsp.TraceValue.Verbose):
        editor.traces.clear()
        editor.set_trace(lsp.SetTraceParams(value))
        await editor.hover("users.orm", position)
        [trace] = editor.traces_of(lsp.TEXT_DOCUMENT_HOVER)
        assert (trace.verbose is None) == (value == lsp.TraceValue.Messages)
    editor.traces.clear()
    editor.set_trace(lsp.SetTraceParams(lsp.TraceValue.Off))
    await editor.hover("users.orm", position)
    assert not editor.traces_of(lsp.TEXT_DOCUMENT_HOVER)


def frame(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


INITIALIZE = frame(
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
)
SHUTDOWN = frame(b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}')
EXIT = frame(b'{"jsonrpc":"2.0","method":"exit"}')


class Server:
    """The bare process, for what happens outside of an orderly session."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([ORM_BIN, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def request(self, message: bytes) -> bytes:
        """Sends one request and reads its answer."""
        self.send(message)
        header = self.process.stdout.readline()
        assert header.lower().startswith(b"content-length:"), header
        while self.process.stdout.readline().strip():
            pass
        return self.process.stdout.read(int(header.split(b":")[1]))

    def send(self, message: bytes) -> None:
        self.process.stdin.write(message)
        self.process.stdin.flush()


def test_exit_after_shutdown_ends_the_process_with_success():
    with Server() as server:
        assert b'"capabilities"' in server.request(INITIALIZE)
        assert b'"result":null' in server.request(SHUTDOWN).replace(b" ", b"")
        server.send(EXIT)  # stdin stays open, as VS Code leaves it
        assert server.process.wait(PATIENCE) == 0


def test_exit_without_shutdown_ends_the_process_with_failure():
    with Server() as server:
        server.request(INITIALIZE)
        server.send(EXIT)
        assert server.process.wait(PATIENCE) == 1


def test_the_server_ends_when_its_editor_is_gone():
    with Server() as server:
        server.request(INITIALIZE)
        server.process.stdin.close()
        server.process.stdin = None
        server.process.wait(PATIENCE)


def test_stdout_carries_nothing_but_the_protocol():
    with Server() as server:
        server.request(INITIALIZE)
        server.request(SHUTDOWN)
        output, _ = server.process.communicate(EXIT, timeout=PATIENCE)
        assert output == b""
