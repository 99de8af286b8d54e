"""Packs of emoji: read as other software writes them, and whatever a stranger puts into them."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from marula.base.kernel.errors import Refused
from marula.domain.emoji import Entry, packs

PNG = b"\x89PNG\r\n\x1a\n"


def tar(path: Path, files: dict[str, bytes], *, mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as pack:  # pyright: ignore[reportArgumentType, reportCallIssue]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            pack.addfile(info, io.BytesIO(data))
    return path


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return path


def test_pictures_are_named_after_their_files_as_mastodon_does(tmp_path: Path) -> None:
    pack = tar(tmp_path / "p.tar.gz", {"leaf.png": PNG, "notes.txt": b"no", "deep/tree.GIF": b"GIF"})
    assert list(packs.read(pack)) == [Entry("leaf", None, PNG), Entry("tree", None, b"GIF")]


def test_a_list_of_misskey_says_names_and_categories(tmp_path: Path) -> None:
    listed = [
        {"downloaded": True, "fileName": "a1.png", "emoji": {"name": "leaf", "category": "plants", "aliases": []}},
        {"fileName": "a2.png", "emoji": {"name": "tree", "category": None}},
        {"fileName": 7, "emoji": None},
        "nothing",
    ]
    meta = json.dumps({"metaVersion": 2, "emojis": listed}).encode()
    pack = zipped(tmp_path / "p.zip", {"a1.png": PNG, "a2.png": PNG, "unnamed.png": PNG, "meta.json": meta})
    assert list(packs.read(pack)) == [Entry("leaf", "plants", PNG), Entry("tree", None, PNG)]


def test_a_list_of_pleroma_says_names(tmp_path: Path) -> None:
    meta = json.dumps({"pack": {"license": "CC0"}, "files": {"leaf": "x/a1.png", "odd": 5}}).encode()
    pack = tar(tmp_path / "p.tar", {"pack.json": meta, "a1.png": PNG}, mode="w")
    assert list(packs.read(pack)) == [Entry("leaf", None, PNG)]


@pytest.mark.parametrize("meta", [b"{", b"[]", b'{"emojis": 5}', b"null", b"\xff"])
def test_a_list_that_cannot_be_understood_is_as_none(tmp_path: Path, meta: bytes) -> None:
    pack = zipped(tmp_path / "p.zip", {"meta.json": meta, "leaf.png": PNG})
    assert list(packs.read(pack)) == [Entry("leaf", None, PNG)]


@pytest.mark.parametrize("make", [tar, zipped], ids=["tar", "zip"])
def test_no_name_in_a_pack_leads_anywhere(tmp_path: Path, make: object) -> None:
    names = ["../../up.png", "/etc/root.png", "..\\..\\back.png", "a/../../b.png", "nul\x01.png", ".png", "..png"]
    inside = tmp_path / "inside"
    inside.mkdir()
    before = sorted(tmp_path.rglob("*"))
    pack = make(inside / "p", dict.fromkeys(names, PNG))  # pyright: ignore[reportCallIssue]
    found = [one.shortcode for one in packs.read(pack)]
    assert not any("/" in name for name in found)
    assert found[:2] == ["up", "root"]
    pack.unlink()
    assert sorted(tmp_path.rglob("*")) == before


def test_links_folders_and_devices_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "p.tar.gz"
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    with tarfile.open(path, "w:gz") as pack:
        for name, kind in (("soft.png", tarfile.SYMTYPE), ("hard.png", tarfile.LNKTYPE), ("null.png", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            pack.addfile(info)
        info = tarfile.TarInfo("folder.png")
        info.type = tarfile.DIRTYPE
        pack.addfile(info)
    assert list(packs.read(path)) == []


def test_a_picture_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    large = b"\0" * (50 * 1024 * 1024)
    for pack in (tar(tmp_path / "p.tar.gz", {"a.png": large}), zipped(tmp_path / "p.zip", {"a.png": large})):
        assert list(packs.read(pack)) == [Entry("a", None, None)]


def test_a_bomb_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "LARGEST_PACK", 1024 * 1024)
    pack = tar(tmp_path / "p.tar.gz", {f"a{number}.png": b"\0" * 300_000 for number in range(10)})
    assert pack.stat().st_size < 20_000
    with pytest.raises(Refused, match="holds more than"):
        list(packs.read(pack))


@pytest.mark.parametrize("make", [tar, zipped], ids=["tar", "zip"])
def test_too_many_files_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object) -> None:
    monkeypatch.setattr(packs, "MOST_ENTRIES", 3)
    pack = make(tmp_path / "p", {f"a{number}.png": PNG for number in range(4)})  # pyright: ignore[reportCallIssue]
    with pytest.raises(Refused, match="holds more than"):
        list(packs.read(pack))


@pytest.mark.parametrize(
    "data", [b"", b"no archive", gzip.compress(b"x" * 2000), b"\x1f\x8b", b"\x1f\x8b\x08\x00garbage garbage"]
)
def test_what_is_no_pack_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "p").write_bytes(data)
    with pytest.raises(Refused, match="no pack of emoji"):
        list(packs.read(tmp_path / "p"))


def test_a_pack_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    whole = tar(tmp_path / "p.tar.gz", {"a.png": bytes(range(256)) * 500, "b.png": PNG}).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused):
        list(packs.read(tmp_path / "cut"))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    given = [Entry("leaf", "plants", PNG), Entry("wave", None, b"GIF")]
    assert packs.write(tmp_path / "p.tar.gz", iter([(given[0], "png"), (given[1], "gif")])) == 2
    assert list(packs.read(tmp_path / "p.tar.gz")) == given
    with pytest.raises(FileExistsError):
        packs.write(tmp_path / "p.tar.gz", iter([]))
