"""What the documentation tells users of editors that no package registry has, so that none can be started here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

#: Helix refuses a file with a key that it does not know. Source: https://docs.helix-editor.com/languages.html (25.07).
HELIX_KEYS = {
    "language": {
        "name", "language-id", "scope", "injection-regex", "file-types", "shebangs", "roots", "auto-format",
        "diagnostic-severity", "comment-tokens", "block-comment-tokens", "indent", "language-servers", "grammar",
        "formatter", "soft-wrap", "text-width", "rulers", "path-completion", "workspace-lsp-roots",
        "persistent-diagnostic-sources",
    },
    "language-server": {"command", "args", "config", "timeout", "environment", "required-root-patterns"},
    "grammar": {"name", "source"},
}  # fmt: skip


def section(title: str) -> str:
    text = (ROOT / "docs/editor-setup.md").read_text()
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_helix_knows_every_key_of_its_languages_toml() -> None:
    settings = tomllib.loads(re.findall(r"```toml\n(.*?)```", section("Helix"), re.DOTALL)[0])
    assert settings.keys() == HELIX_KEYS.keys()
    [(server, how)] = settings["language-server"].items()
    [language], [grammar] = settings["language"], settings["grammar"]
    for name, entry in {"language-server": how, "language": language, "grammar": grammar}.items():
        assert entry.keys() <= HELIX_KEYS[name], name

    assert [how["command"], *how["args"]] == ["orm", "lsp"]
    assert language["language-servers"] == [server]
    assert language["indent"].keys() == {"tab-width", "unit"}
    assert grammar["name"] == language["name"]
    sources = ROOT / Path(grammar["source"]["path"]).relative_to("/path/to/orm")
    assert (sources / "src/parser.c").is_file()
    assert list((sources / "queries").glob("*.scm"))
