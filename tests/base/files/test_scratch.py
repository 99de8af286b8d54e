"""Files that are only there while something is done with them."""

import os
import time
from pathlib import Path

import pytest

from marula.base.files import clear, scratch


async def fail_in(folder: Path) -> None:
    async with scratch(folder) as here:
        (here / "a").write_text("x")
        raise ValueError


async def test_a_folder_goes_whatever_happens_in_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        await fail_in(tmp_path / "new")
    assert os.listdir(tmp_path / "new") == []


def test_only_what_a_killed_process_left_is_cleared(tmp_path: Path) -> None:
    clear(tmp_path / "absent")
    for name in ("old", "young"):
        (tmp_path / name).write_text("x")
        (tmp_path / f"{name}-folder").mkdir()
    before = time.time() - 48 * 3600
    for path in (tmp_path / "old", tmp_path / "old-folder"):
        os.utime(path, (before, before))
    clear(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"young", "young-folder"}
