"""`marula emoji`."""

import json
from pathlib import Path

import pytest

from tests.base.imaging.samples import encoded, moving, scene
from tests.cli.conftest import Answer, Call, Rows, run_sql
from tests.domain.emoji.test_packs import tar


@pytest.fixture(autouse=True)
def empty(server: str) -> None:
    """No emoji and no files from the test before, which had another folder."""
    run_sql(server, "delete from custom_emojis")
    run_sql(server, "delete from blobs")


def png(folder: Path, name: str = "a.png", size: int = 64) -> Path:
    path = folder / name
    path.write_bytes(encoded(scene(size, size), "PNG"))
    return path


def listed(call: Call) -> dict[str, dict[str, object]]:
    return {one["shortcode"]: one for one in json.loads(call("emoji", "list", "--json").out)}


def test_an_emoji_is_added_listed_changed_and_removed(call: Call, tmp_path: Path) -> None:
    assert call("emoji", "add", ":leaf:", str(png(tmp_path)), "--category", "plants").out == "OK\n"
    leaf = listed(call)["leaf"]
    assert (leaf["category"], leaf["visible_in_picker"], leaf["disabled"]) == ("plants", True, False)
    assert str(leaf["url"]).startswith("https://marula.example/media/")
    assert "leaf" in call("emoji", "list").out
    assert call("emoji", "change", "leaf", "--shortcode", "tree", "--category", "", "--unlisted").code == 0
    tree = listed(call)["tree"]
    assert (tree["category"], tree["visible_in_picker"]) == (None, False)
    assert call("emoji", "disable", "tree").code == 0
    assert listed(call)["tree"]["disabled"] is True
    assert call("emoji", "enable", "tree").code == 0
    assert call("emoji", "remove", "tree").code == 0
    assert listed(call) == {}
    for words in (("remove", "tree"), ("disable", "tree"), ("change", "tree", "--category", "x")):
        gone = call("emoji", *words)
        assert (gone.code, gone.err) == (1, "There is no emoji :tree:\n")


def test_a_name_that_is_taken_needs_overwrite(call: Call, tmp_path: Path) -> None:
    call("emoji", "add", "leaf", str(png(tmp_path)))
    before = listed(call)["leaf"]
    taken = call("emoji", "add", "leaf", str(png(tmp_path, "b.png", 32)))
    assert taken.code == 1
    assert "has already been taken" in taken.err
    assert call("emoji", "add", "leaf", str(png(tmp_path, "b.png", 32)), "--overwrite").code == 0
    after = listed(call)["leaf"]
    assert after["id"] == before["id"]
    assert after["url"] != before["url"]
    call("emoji", "add", "tree", str(png(tmp_path)))
    assert "already been taken" in call("emoji", "change", "tree", "--shortcode", "leaf").err


@pytest.mark.parametrize("name", ["x", "a-b", "ä1", "../../x", "a" * 129, "a b", ""])
def test_a_name_that_no_text_could_use_is_refused(call: Call, tmp_path: Path, name: str) -> None:
    assert "2 to 128 letters" in call("emoji", "add", name, str(png(tmp_path))).err
    assert listed(call) == {}


@pytest.mark.parametrize(
    "data", [b"<svg><script/></svg>", encoded(scene(64, 64), "JPEG"), b"", b"\x89PNG\r\n\x1a\nxxx"]
)
def test_only_pictures_that_emoji_may_be_are_taken(call: Call, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(data)
    refused = call("emoji", "add", "leaf", str(path))
    assert (refused.code, listed(call)) == (1, {})
    assert refused.err
    assert call("emoji", "add", "leaf", str(tmp_path / "absent.png")).code == 1


def test_one_that_moves_has_a_still_picture(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(moving("GIF"))
    call("emoji", "add", "wave", str(path))
    wave = listed(call)["wave"]
    assert str(wave["url"]).endswith(".gif")
    assert str(wave["static_url"]).endswith(".png")


def test_a_pack_is_imported_and_what_is_wrong_in_it_is_named(call: Call, tmp_path: Path) -> None:
    good = png(tmp_path).read_bytes()
    pack = tar(
        tmp_path / "p.tar.gz", {"leaf.png": good, "x.png": good, "bad.png": b"<script>", "huge.png": b"\0" * 300_000}
    )
    words = ("emoji", "import", str(pack), "--prefix", "p_", "--category", "plants", "--unlisted")
    said = call(*words)
    assert said.code == 0
    assert said.out.splitlines()[-1] == "Imported 2, skipped 0, failed to import 2"
    assert "'p_bad'" in said.out
    assert "256 KB" in said.out
    found = listed(call)
    assert set(found) == {"p_leaf", "p_x"}
    assert (found["p_leaf"]["category"], found["p_leaf"]["visible_in_picker"]) == ("plants", False)
    assert call(*words).out.splitlines()[-1] == "Imported 0, skipped 2, failed to import 2"
    assert call(*words, "--overwrite").out.splitlines()[-1] == "Imported 2, skipped 0, failed to import 2"


def test_what_is_exported_is_imported_elsewhere_with_its_categories(call: Call, toot: Call, tmp_path: Path) -> None:
    call("emoji", "add", "leaf", str(png(tmp_path)), "--category", "plants")
    call("emoji", "add", "wave", str(png(tmp_path, "b.png", 32)))
    assert exported(toot, tmp_path).out == f"Exported 2 to {tmp_path / 'export.tar.gz'}\n"
    again = exported(toot, tmp_path)
    assert (again.code, again.err) == (1, "Archive already exists! Use '--overwrite' to overwrite it!\n")
    assert exported(toot, tmp_path, "--overwrite", "--category", "plants").out.startswith("Exported 1 ")
    call("emoji", "remove", "leaf")
    assert toot("emoji", "import", str(tmp_path / "export.tar.gz")).out.startswith("Imported 1,")
    assert listed(call)["leaf"]["category"] == "plants"


def exported(toot: Call, folder: Path, *words: str) -> Answer:
    return toot("emoji", "export", str(folder), *words)


def test_purging_removes_those_of_other_servers_or_all(call: Call, toot: Call, server: str, rows: Rows) -> None:
    for domain in ("evil.example", "sub.evil.example", "notevil.example"):
        run_sql(
            server,
            "insert into custom_emojis (shortcode, domain, url, static_url, created_at)"
            " values ('leaf', $1, 'https://x/a.png', 'https://x/a.png', now())",
            domain,
        )
    call("domains", "block", "evil.example", "--severity", "suspend")
    assert toot("emoji", "purge", "--suspended-only").out == "OK, removed 2\n"
    assert [row["domain"] for row in rows("select domain from custom_emojis")] == ["notevil.example"]
    refused = call("emoji", "disable", "leaf", "--domain", "notevil.example")
    assert refused.code == 0
    assert rows("select disabled from custom_emojis")[0]["disabled"] is True
    assert toot("emoji", "purge", "--remote-only").out == "OK, removed 1\n"
    assert toot("emoji", "purge").out == "OK, removed 0\n"
