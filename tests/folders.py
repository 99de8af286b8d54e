"""Folders for servers of tests: PostgreSQL's own user can enter them, and nothing of them stays."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def open_folder() -> Generator[Path]:
    """An empty folder that every user can enter; removed when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="marula-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
