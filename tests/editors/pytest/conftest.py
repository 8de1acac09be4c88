"""A server per test, over stdio, under what each of three editors says that it can do."""

from __future__ import annotations

import pathlib

import pytest
import pytest_lsp
from editor import Editor, make_editor
from project import ORM_BIN, Project
from pytest_lsp import ClientServerConfig, client_capabilities

#: VS Code counts columns in UTF-16; Neovim and Emacs offer UTF-8 and UTF-32 as well, in different orders.
PROFILES = ["visual-studio-code", "neovim@0.11.0", "emacs"]


@pytest.fixture
def project(tmp_path: pathlib.Path) -> Project:
    return Project.create(tmp_path)


@pytest_lsp.fixture(
    params=PROFILES, config=ClientServerConfig(server_command=[ORM_BIN, "lsp"], client_factory=make_editor)
)
async def editor(lsp_client: Editor, request: pytest.FixtureRequest, project: Project):
    await lsp_client.start_session(project, client_capabilities(request.param))
    yield
    await lsp_client.shutdown_session()
