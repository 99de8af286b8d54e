"""`python -m web.build`: build the web app into the folder from which the server serves it, unless it is there.

The stamp beside the files says what they were built from, so that a second call costs nothing.
"""

import hashlib
import shutil

from web.node import WEB, node, packages

BUILT = WEB.parent / "src" / "marula" / "faces" / "pages" / "built"
SINGLE = ("package-lock.json", "vite.config.ts", "svelte.config.js", "tsconfig.json")


def build() -> bool:
    """Build it; says whether there was anything to do. A server that runs meanwhile never sees half of it."""
    now, stamp = _sources(), BUILT / "stamp"
    if stamp.exists() and stamp.read_text() == now:
        return False
    packages()
    new, old = BUILT.with_name("built.new"), BUILT.with_name("built.old")
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    node("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", "--outDir", new)
    (new / "stamp").write_text(now)
    if BUILT.exists():
        BUILT.rename(old)
    new.rename(BUILT)
    shutil.rmtree(old, ignore_errors=True)
    return True


def _sources() -> str:
    """What the app is made of, as one digest. The types of the API leave nothing in it."""
    found = hashlib.sha256()
    for path in (*(WEB / name for name in SINGLE), *sorted((WEB / "src").rglob("*"))):
        if path.is_file() and path.name != "schema.ts":
            found.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


if __name__ == "__main__":
    build()
