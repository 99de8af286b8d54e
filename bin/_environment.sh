# Makes Marula's Python environment, once for each lock file. Sourced by the programs in this folder.
# Needs Python 3.11 or newer and nothing else; works with the bash 3.2 of macOS.

set -eu

here() { # the folder of a script, through links
  local path="$1" target
  while [ -L "$path" ]; do
    target=$(readlink "$path")
    case "$target" in /*) path="$target" ;; *) path="$(dirname "$path")/$target" ;; esac
  done
  (cd "$(dirname "$path")/.." && pwd -P)
}

fail() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
  local candidate
  for candidate in "${MARULA_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Marula needs Python 3.11 or newer and found none. Install it, or say where it is: MARULA_PYTHON=/path/to/python3"
}

checksum() { cksum <"$1" | cut -d' ' -f1,2 | tr ' ' '-'; }

make_environment() { # make_environment run|dev: install the pinned packages unless they are there
  local kind="$1" venv="$MARULA_ROOT/.venv" wanted have lock python
  wanted="$kind $(checksum "$MARULA_ROOT/requirements/$kind.lock")"
  have=$(cat "$venv/installed" 2>/dev/null || true)
  [ "$wanted" = "$have" ] && return
  if [ "$kind" = run ] && [ "$have" = "dev $(checksum "$MARULA_ROOT/requirements/dev.lock")" ]; then return; fi
  lock="$MARULA_ROOT/.venv.lock"
  until mkdir "$lock" 2>/dev/null; do
    if [ -f "$lock/pid" ] && ! kill -0 "$(cat "$lock/pid")" 2>/dev/null; then rm -rf "$lock"; continue; fi
    sleep 0.2
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf "$MARULA_ROOT/.venv.lock"' EXIT
  if [ "$(cat "$venv/installed" 2>/dev/null || true)" != "$wanted" ]; then
    python=$(find_python)
    if [ ! -x "$venv/bin/python" ]; then
      echo "Making Marula's environment in $venv (once)." >&2
      "$python" -m venv "$venv" >/dev/null 2>&1 ||
        fail "This Python cannot make environments. On Debian or Ubuntu: apt install python3-venv"
    fi
    echo "Installing Marula's packages (once; about a minute)." >&2
    rm -f "$venv/installed"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
      -r "$MARULA_ROOT/requirements/$kind.lock" >&2 ||
      fail "The packages could not be installed; the lines above say why. Is there a connection to the internet?"
    printf '%s' "$wanted" >"$venv/installed"
  fi
  rm -rf "$lock"
  trap - EXIT
}

run_python() { # run_python ARGUMENTS: with Marula's environment, in the folder one is in
  PYTHONPATH="$MARULA_ROOT/src${PYTHONPATH:+:$PYTHONPATH}" exec "$MARULA_ROOT/.venv/bin/python" "$@"
}
