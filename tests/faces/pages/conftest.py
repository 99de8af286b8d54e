"""What the tests of pages share: whether there is a web app does not depend on what was built on this machine."""

from pathlib import Path

import pytest

from marula.faces.pages import built


@pytest.fixture(autouse=True)
def app_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the built app is looked for; nothing is there."""
    folder = tmp_path / "built"
    monkeypatch.setattr(built, "FOLDER", folder)
    return folder
