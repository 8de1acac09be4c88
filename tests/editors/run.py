#!/usr/bin/env python3
"""Runs the editor tests: the language server under real editors and independent clients.

    ORM_BIN=target/debug/orm tests/editors/run.py [SUITE…]

A suite that lacks a tool is skipped by name, with how to get the tool; with CI=true it fails instead.
Screenshots and logs are left in artifacts/editors. The last line is `N passed, N failed`.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BIN = ROOT / ".tools/editors/venv/bin"
EXTENSION = ROOT / "editors/vscode"
ARTIFACTS = ROOT / "artifacts/editors"
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]

#: Vim, which runs a script without a screen.
VIM = ["-Nu", "NONE", "-i", "NONE", "-n", "-es", "-S"]

#: What VS Code calls this machine.
PLATFORM = f"{sys.platform}-{'arm64' if platform.machine() in ('aarch64', 'arm64') else 'x64'}"

#: Seconds that one command of a suite may take; each wait inside of it has its own, shorter limit.
COMMAND_LIMIT = 600
#: Seconds between asking a suite's processes to end and ending them.
GRACE = 5


@dataclass(frozen=True)
class Tool:
    """Something that a suite needs, where it is found, and how a person gets it."""

    name: str
    find: Callable[[], Path | str | None]
    advice: str


def file(path: Path) -> Callable[[], Path | None]:
    return lambda: path if path.exists() else None


def chromium() -> str | None:
    names = [os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES]
    return next((found for it in names if it and (found := shutil.which(it))), None)


def emacs() -> str | None:
    """An Emacs that has eglot."""
    found = shutil.which("emacs")
    if not found:
        return None
    looked = subprocess.run([found, "--batch", "-l", HERE / "eglot/load.el"], capture_output=True)
    return found if looked.returncode == 0 else None


def vim() -> str | None:
    """A Vim that has ALE."""
    found = shutil.which("vim")
    if not found:
        return None
    looked = subprocess.run([found, *VIM, HERE / "vim/load.vim"], capture_output=True, stdin=subprocess.DEVNULL)
    return found if looked.returncode == 0 else None


SETUP = "run tests/editors/setup.sh, which needs Python 3.11 or newer with venv, and the network"
CARGO = Tool("cargo", lambda: shutil.which(os.environ.get("CARGO", "cargo")), "install Rust")
PYTEST = Tool("pytest-lsp", file(BIN / "pytest"), SETUP)
NODE = Tool("Node.js", file(BIN / "node"), SETUP)
NEOVIM = Tool("Neovim", file(BIN / "nvim"), SETUP)
EMACS = Tool("Emacs with eglot", emacs, "install it (Debian: `apt install emacs-nox elpa-eglot`)")
ALE = Tool("Vim with ALE", vim, "install it (Debian: `apt install vim-nox vim-ale`)")
COMPILER = Tool("a C compiler", lambda: shutil.which(os.environ.get("CC", "cc")), "install cc, or set CC")
TYPES = Tool("the protocol's types", file(HERE / "node_modules/.installed"), SETUP)
EXTENSION_TOOLS = Tool("the tools of the extension", file(EXTENSION / "node_modules/.installed"), SETUP)
VSCODE = Tool("code-server", file(HERE / "node_modules/code-server/lib/vscode/node_modules"), SETUP)
CHROMIUM = Tool("Chromium", chromium, "install it (Debian: `apt install chromium`), or name it in CHROMIUM")


@dataclass(frozen=True)
class Command:
    """A program with its arguments, and the folder that it runs in."""

    arguments: list[str | Path]
    folder: Path = HERE


@dataclass(frozen=True)
class Suite:
    """One test command, and the commands that build what it needs first."""

    name: str
    needs: list[Tool]
    test: Command
    prepare: list[Command] = field(default_factory=list)
    #: Runs only when it is named: it tests nothing.
    is_on_request: bool = False

    def missing(self) -> list[Tool]:
        return [it for it in self.needs if not it.find()]


def suites(temporary: Path, orm: Path) -> list[Suite]:
    """Every suite, quick ones first. What they build goes into `temporary`, `orm` is the program."""
    cargo = os.environ.get("CARGO", "cargo")
    vsce = [EXTENSION / "node_modules/.bin/vsce", "package", "--no-dependencies"]
    unpublished = ["--skip-license", "--allow-missing-repository"]
    package = Command([BIN / "node", EXTENSION / "package.mjs", "--out", temporary / "orm.vsix"], EXTENSION)
    package_tests = Command([*vsce, *unpublished, "--out", temporary / "tests.vsix"], HERE / "vscode/extension-host")
    nvim = [BIN / "nvim", "-u", "NONE", "-i", "NONE", "--headless", "-l"]
    return [
        Suite("schema", [NODE, TYPES], Command([BIN / "node", "schema/test.mjs"])),
        Suite("sarif", [NODE, TYPES], Command([BIN / "node", "sarif/test.mjs"])),
        Suite("neovim", [NEOVIM, COMPILER], Command([*nvim, "neovim/test.lua"])),
        Suite("eglot", [EMACS], Command(["emacs", "--batch", "-l", "eglot/test.el"])),
        Suite("vim", [ALE], Command(["vim", *VIM, "vim/test.vim"])),
        Suite(
            "colours",
            [NODE, EXTENSION_TOOLS, NEOVIM, COMPILER],
            Command([BIN / "node", "colours/test.mjs"]),
        ),
        Suite("extension", [NODE, EXTENSION_TOOLS], Command([BIN / "npm", "test"], EXTENSION), [package]),
        Suite("pytest", [PYTEST], Command([BIN / "pytest", "-q", "-p", "no:cacheprovider", "pytest"])),
        Suite(
            "vscode",
            [NODE, EXTENSION_TOOLS, VSCODE, CHROMIUM],
            Command([BIN / "node", "vscode/test.mjs"]),
            [package, package_tests],
        ),
        Suite(
            "start",
            [NODE, EXTENSION_TOOLS, VSCODE, CHROMIUM],
            Command([BIN / "node", "vscode/start.mjs"]),
            [package],
        ),
        Suite(
            "bundled",
            [NODE, EXTENSION_TOOLS, VSCODE, CHROMIUM, CARGO],
            Command([BIN / "node", "vscode/bundled.mjs"]),
            [Command([cargo, "xtask", "dist", "--target", PLATFORM, "--server", orm], ROOT)],
        ),
        Suite(
            "screenshots",
            [NODE, EXTENSION_TOOLS, VSCODE, CHROMIUM],
            Command([BIN / "node", "vscode/screenshots.mjs"]),
            [package],
            is_on_request=True,
        ),
    ]


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def main(names: list[str]) -> int:
    orm = Path(os.environ.get("ORM_BIN", ROOT / "target/debug/orm")).resolve()
    if not os.access(orm, os.X_OK):
        print(f"there is no program {orm}: run `cargo build`, or name it in ORM_BIN", file=sys.stderr)
        return 2
    # A request to end unwinds the stack, so that nothing that was started stays behind.
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, lambda number, _: sys.exit(128 + number))
    known = [it.name for it in suites(Path(), orm)]
    if unknown := [it for it in names if it not in known]:
        print(f"no suite {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    setup = run(Command([HERE / "setup.sh"]), dict(os.environ))
    with tempfile.TemporaryDirectory(prefix="orm-editors-") as folder:
        chosen = [it for it in suites(Path(folder), orm) if it.name in names or not (names or it.is_on_request)]
        environment = environment_of(orm, Path(folder))
        counts = {it.name: run_suite(it, environment) for it in chosen}
    if setup.code != 0 and in_ci():
        counts["setup"] = Count(failed=1)
    print()
    for name, count in counts.items():
        print(f"{name:12} {count or 'skipped'}")
    total = sum((it for it in counts.values() if it), Count())
    print(total)
    return 1 if total.failed else 0


def in_ci() -> bool:
    return os.environ.get("CI") == "true"


def environment_of(orm: Path, temporary: Path) -> dict[str, str]:
    """What the suites see: the program, the tools, and no configuration or cache of the person who runs them."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    personal = ["CONFIG", "DATA", "STATE", "CACHE"]
    return {
        **os.environ,
        **{f"XDG_{it}_HOME": str(temporary / it.lower()) for it in personal},
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ORM_BIN": str(orm),
        "ORM_VSIX": str(temporary / "orm.vsix"),
        "ORM_TESTS_VSIX": str(temporary / "tests.vsix"),
        "ORM_BUNDLE": str(ROOT / f"target/dist/orm-{version()}-{PLATFORM}.vsix"),
        "CHROMIUM": chromium() or "",
        "ARTIFACTS": str(ARTIFACTS),
    }


def version() -> str:
    """The version of the extension, which is that of the program."""
    return json.loads((EXTENSION / "package.json").read_text())["version"]


def run_suite(suite: Suite, environment: dict[str, str]) -> Count | None:
    """The suite's count; `None` when it was skipped."""
    print(f"\n== {suite.name}", flush=True)
    if missing := suite.missing():
        for tool in missing:
            print(f"{'missing' if in_ci() else 'skipped'}: {suite.name} needs {tool.name}: {tool.advice}")
        return Count(failed=1) if in_ci() else None
    for command in suite.prepare:
        prepared = run(command, environment, show=False)
        if prepared.code != 0:
            print("".join(prepared.output))
            return Count(failed=1)
    return tally(run(suite.test, environment))


@dataclass(frozen=True)
class Outcome:
    code: int
    output: list[str]


def tally(outcome: Outcome) -> Count:
    """Counts by the last line that sums up; a command without such a line is one check."""
    for line in reversed(outcome.output):
        if found := re.findall(r"(\d+) (passed|failed|error)", line):
            passed = sum(int(number) for number, word in found if word == "passed")
            failed = sum(int(number) for number, word in found if word != "passed")
            return Count(passed, failed or (1 if outcome.code else 0))
    return Count(failed=1) if outcome.code else Count(passed=1)


def run(command: Command, environment: dict[str, str], show: bool = True) -> Outcome:
    """Runs a command, by default showing its output as it comes, and ends every process that it left behind."""
    started = time.monotonic()
    process = subprocess.Popen(
        [str(it) for it in command.arguments],
        cwd=command.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    limit = threading.Timer(COMMAND_LIMIT, end, [process])
    limit.start()
    output = []
    try:
        for line in process.stdout:
            if show:
                print(line, end="", flush=True)
            output.append(line)
        code = process.wait()
    finally:
        limit.cancel()
        end(process)
    if time.monotonic() - started >= COMMAND_LIMIT:
        print(f"ended after {COMMAND_LIMIT} s: {' '.join(map(str, command.arguments))}")
    return Outcome(code, output)


def end(process: subprocess.Popen[str]) -> None:
    """Ends the process group: first politely, so that a browser can clean up, then for good."""
    for wanted in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, wanted)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and group_is_alive(process):
            time.sleep(0.05)


def group_is_alive(process: subprocess.Popen[str]) -> bool:
    process.poll()
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
