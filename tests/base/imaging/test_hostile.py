"""Files that were made to harm, or are broken: each is refused with a sentence, and leaves nothing."""

import asyncio
import io
import os
import re
import signal
import sys
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import psutil
import pytest
from PIL import Image

from marula.base.imaging import (
    ATTACHMENT,
    AVATAR,
    EMOJI,
    DecoderFailed,
    Limits,
    Name,
    TooLarge,
    Undecodable,
    decode,
    decoders,
    programs,
    stop,
)
from tests.base.imaging.conftest import Desk
from tests.base.imaging.reels import pattern, reel, saved, tone
from tests.base.imaging.samples import encoded, heic, moving, noise, png_of, scene, written

H264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p")
SCRIPT = b"<!doctype html><script>alert(document.cookie)</script>"


@pytest.fixture(autouse=True)
async def nothing_stays(desk: Desk, tmp_path: Path) -> AsyncIterator[None]:
    """After each of these tests: no process of ours, once those that rest are stopped."""
    yield
    await stop()
    assert [one for one in psutil.Process().children(recursive=True) if "imaging" in " ".join(command(one))] == []
    assert [path.name for path in desk.into.iterdir() if path.name.startswith(".")] == []


def command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline()
    return []


async def refused(desk: Desk, data: bytes, error: type[Exception] = Undecodable, **options: object) -> str:
    """The sentence with which these bytes are refused; nothing may be left."""
    with pytest.raises(error) as caught:
        await desk.decode(data, **options)  # pyright: ignore[reportArgumentType]
    assert desk.left == []
    sentence = str(caught.value)
    assert re.search(r"Allowed are ", sentence), sentence
    assert str(desk.folder) not in sentence
    return sentence


async def still_works(desk: Desk) -> None:
    """The next file is none the worse for it."""
    assert (await desk.decode(encoded(scene(), "JPEG"))).kind == "image"
    for path in desk.into.iterdir():
        path.unlink()


PICTURES = {
    "jpeg": encoded(noise(640, 480), "JPEG"),
    "progressive": encoded(noise(640, 480), "JPEG", progressive=True),
    "png": encoded(noise(200, 200), "PNG"),
    "webp": encoded(noise(640, 480), "WEBP"),
    "gif": encoded(noise(200, 200), "GIF"),
    "moving-gif": moving("GIF"),
    "moving-webp": moving("WEBP"),
    "avif": encoded(noise(640, 480), "AVIF"),
    "heic": heic(noise(640, 480)),
}


@pytest.mark.parametrize("form", PICTURES)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
async def test_a_picture_that_was_cut_off_is_refused(desk: Desk, form: str, share: float) -> None:
    data = PICTURES[form]
    for recipe in (ATTACHMENT, AVATAR):
        await refused(desk, data[: int(len(data) * share)], recipe=recipe)
    await still_works(desk)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", (*H264, "-movflags", "+faststart")),
        ("a.mp4", H264),
        ("a.mov", H264),
        ("a.webm", ("-c:v", "libvpx", "-deadline", "realtime")),
    ],
    ids=["fast", "mp4", "mov", "webm"],
)
@pytest.mark.parametrize("share", [0.05, 0.6])
async def test_a_film_that_was_cut_off_is_refused(
    desk: Desk, tmp_path: Path, name: str, options: tuple[str, ...], share: float
) -> None:
    data = reel(tmp_path, name, [*pattern(), *tone(), *options])
    await refused(desk, data[: int(len(data) * share)])
    await still_works(desk)


@pytest.mark.parametrize("name", ["a.wav", "a.m4a", "a.flac"])
async def test_a_sound_that_was_cut_off_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    data = reel(tmp_path, name, tone())
    await refused(desk, data[: len(data) * 6 // 10])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x00" * 10_000,
        SCRIPT,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
        b"%PDF-1.7\n",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"push graphic-context\nimage over 0,0 0,0 'https://example.com/x'\n",
    ],
    ids=["empty", "a-byte", "zeros", "html", "svg", "xml", "pdf", "playlist", "concat", "mvg"],
)
async def test_what_is_no_picture_film_or_sound_is_refused_by_saying_what_is_one(desk: Desk, data: bytes) -> None:
    sentence = await refused(desk, data)
    for title in ("JPEG", "PNG", "WebP", "GIF", "AVIF", "HEIC", "MP4", "WebM", "MOV", "MP3", "FLAC", "Opus"):
        assert title in sentence


@pytest.mark.parametrize(
    "head",
    [
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
        b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1",
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41",
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
        b"OggS" + b"\x00" * 24 + b"OpusHead",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"fLaC\x00\x00\x00\x22",
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
    ],
    ids=["jpeg", "png", "gif", "webp", "avif", "heic", "mp4", "webm", "opus", "wav", "flac", "mp3"],
)
async def test_what_only_begins_like_a_file_is_refused(desk: Desk, head: bytes) -> None:
    await refused(desk, head + SCRIPT * 40)
    await refused(desk, head + bytes(range(256)) * 40)


async def test_the_format_that_a_recipe_does_not_take_is_refused(desk: Desk, tmp_path: Path) -> None:
    assert "PNG, WebP and GIF pictures" in await refused(desk, encoded(scene(), "JPEG"), recipe=EMOJI)
    sentence = await refused(desk, reel(tmp_path, "a.mp3", tone()), recipe=AVATAR)
    assert "films" not in sentence


def archive() -> bytes:
    """A zip with a page in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("index.html", SCRIPT)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("tail", [SCRIPT, archive()], ids=["html", "zip"])
async def test_what_is_hidden_behind_a_picture_does_not_come_out(desk: Desk, form: str, tail: bytes) -> None:
    decoded = await desk.decode(encoded(scene(), form) + tail)
    for made in decoded.files.values():
        data = made.path.read_bytes()
        assert b"<script" not in data
        assert not zipfile.is_zipfile(io.BytesIO(data))


async def test_what_is_hidden_inside_a_picture_does_not_come_out(desk: Desk) -> None:
    for data in (
        encoded(scene(), "JPEG", comment=SCRIPT),
        encoded(scene(), "GIF", comment=SCRIPT),
        moving("GIF", comment=SCRIPT),
    ):
        decoded = await desk.decode(data, AVATAR)
        assert not any(b"<script" in made.path.read_bytes() for made in decoded.files.values())


async def test_what_is_hidden_behind_a_film_does_not_come_out(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(), *H264])
    free = (len(SCRIPT) + 8).to_bytes(4) + b"free" + SCRIPT
    decoded = await desk.decode(data + free)
    assert b"<script" not in decoded.files[Name.ORIGINAL].path.read_bytes()


async def test_fifty_thousand_pixels_each_way_are_refused_before_any_is_read(desk: Desk) -> None:
    sentence = await refused(desk, png_of(50_000, 50_000), TooLarge)
    assert "50000 × 50000" in sentence
    assert "33,177,600 pixels" in sentence
    await still_works(desk)


async def test_measures_that_are_not_true_are_found_out(desk: Desk) -> None:
    await refused(desk, png_of(2_000, 2_000, b"\x00" * 10_000))
    data = bytearray(encoded(scene(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = b"\xff\x00\xff\x00"
    await refused(desk, bytes(data), TooLarge)


async def test_a_picture_of_all_the_pixels_allowed_is_read(desk: Desk) -> None:
    data = encoded(Image.new("RGB", (7680, 4320), (9, 9, 9)), "PNG")
    assert len(data) < 200_000
    decoded = await desk.decode(data)
    made = decoded.files[Name.ORIGINAL]
    assert (made.width, made.height) == (3840, 2160)


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
@pytest.mark.parametrize("recipe", [ATTACHMENT, AVATAR], ids=["attachment", "avatar"])
async def test_four_thousand_frames_are_refused(desk: Desk, form: str, recipe: object) -> None:
    data = moving(form, frames=4000, width=16, height=24, **({"lossless": True} if form == "WEBP" else {}))
    assert "1,000 frames" in await refused(desk, data, TooLarge, recipe=recipe)


async def test_frames_that_are_many_and_large_are_refused(desk: Desk) -> None:
    sentence = await refused(desk, moving("GIF", frames=3, width=3000, height=2000), TooLarge)
    assert "921,600 pixels" in sentence
    many = moving("GIF", frames=900, width=400, height=400)
    assert "frames" in await refused(desk, many, TooLarge, recipe=AVATAR)


async def test_a_film_of_ten_hours_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(64, 64, seconds=36_000, rate=1), *H264, "-preset", "ultrafast"])
    assert "240 minutes" in await refused(desk, data, TooLarge)


async def test_a_sound_of_ten_hours_is_refused(desk: Desk, tmp_path: Path) -> None:
    minute = reel(
        tmp_path, "a.mp3", [*tone(60), "-ar", "8000", "-b:a", "8k", "-write_xing", "0", "-id3v2_version", "0"]
    )
    assert "240 minutes" in await refused(desk, minute * 600, TooLarge)


async def test_a_film_with_too_many_frames_to_convert_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(64, 64, seconds=4), "-c:v", "mpeg4"])
    assert "up to 100 frames" in await refused(desk, data, TooLarge, limits=Limits(film_frames=100))


async def test_a_film_with_too_many_frames_in_a_second_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(64, 64, seconds=1, rate=240), *H264])
    assert "120" in await refused(desk, data, TooLarge)


async def test_a_film_with_too_many_pixels_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(4096, 2176, seconds=0.1), *H264, "-preset", "ultrafast"])
    assert "8,294,400 pixels" in await refused(desk, data, TooLarge)


async def test_a_file_that_is_too_large_is_not_even_opened(desk: Desk, tmp_path: Path) -> None:
    small = msgspec.structs.replace(ATTACHMENT, picture_bytes=2 * 1024 * 1024, film_bytes=3 * 1024 * 1024)
    data = encoded(scene(), "JPEG")
    assert "pictures of up to 2 MB" in await refused(desk, data + bytes(2 * 1024 * 1024), TooLarge, recipe=small)
    data = reel(tmp_path, "a.mp3", tone())
    assert "sounds of up to 3 MB" in await refused(desk, data + bytes(3 * 1024 * 1024), TooLarge, recipe=small)


async def test_a_film_may_not_read_other_files(desk: Desk, tmp_path: Path) -> None:
    """A playlist that calls itself a film, and one that is hidden in a film's own format."""
    secret = saved(tmp_path, "secret", b"the password")
    for data in (
        f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile://{secret}\n#EXT-X-ENDLIST".encode(),
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41" + f"#EXTM3U\nfile://{secret}\n".encode() * 9,
    ):
        await refused(desk, data)


async def test_what_takes_too_much_memory_is_refused(desk: Desk) -> None:
    data = encoded(noise(4000, 3000), "PNG")
    await refused_somehow(desk, data, Limits(memory=190 * 1024 * 1024))
    await still_works(desk)


async def test_a_film_that_takes_too_much_memory_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = reel(tmp_path, "a.mp4", [*pattern(1920, 1080), "-c:v", "mpeg4"])
    await refused_somehow(desk, data, Limits(film_memory=420 * 1024 * 1024))
    await still_works(desk)


async def refused_somehow(desk: Desk, data: bytes, limits: Limits) -> None:
    with pytest.raises((TooLarge, Undecodable)) as caught:
        await desk.decode(data, limits=limits)
    assert "Allowed are" in str(caught.value)
    assert desk.left == []


async def test_what_takes_too_long_by_the_clock_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = encoded(noise(4000, 3000), "WEBP", quality=95)
    assert "too long" in await refused(desk, data, TooLarge, limits=Limits(clock=0.2))
    film = reel(tmp_path, "a.mp4", [*pattern(1280, 720, seconds=10), "-c:v", "mpeg4"])
    assert "too long" in await refused(desk, film, TooLarge, limits=Limits(film_clock=0.7))
    await still_works(desk)


async def test_what_takes_too_much_work_is_refused(desk: Desk, tmp_path: Path) -> None:
    film = reel(tmp_path, "a.mp4", [*pattern(1920, 1080, seconds=10), "-c:v", "mpeg4"])
    assert "too long" in await refused(desk, film, TooLarge, limits=Limits(film_cpu=1))


async def test_what_becomes_too_large_is_refused(desk: Desk, tmp_path: Path) -> None:
    assert "0 MB" in await refused(desk, encoded(noise(900, 900), "PNG"), TooLarge, limits=Limits(made_bytes=50_000))
    data = reel(tmp_path, "a.mp4", [*pattern(1280, 720), "-c:v", "mpeg4"])
    await refused(desk, data, TooLarge, limits=Limits(made_bytes=50_000))


async def running(desk: Desk, name: str) -> psutil.Process:
    """The process of this name, as soon as it is there."""
    for _ in range(400):
        for process in psutil.Process().children(recursive=True):
            if name in " ".join(command(process)) and process.ppid() != os.getpid():
                return process
        await asyncio.sleep(0.01)
    raise AssertionError(f"{name} did not start")


@asynccontextmanager
async def long_film(desk: Desk, tmp_path: Path) -> AsyncGenerator[asyncio.Task[object]]:
    """A film that is being decoded for a while."""
    data = reel(tmp_path, "a.mp4", [*pattern(1280, 720, seconds=20), "-c:v", "mpeg4", "-q:v", "9"])
    task: asyncio.Task[object] = asyncio.create_task(desk.decode(data))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


async def test_a_film_whose_decoder_is_killed_is_refused_and_nothing_goes_on(desk: Desk, tmp_path: Path) -> None:
    async with long_film(desk, tmp_path) as task:
        program = await running(desk, "libx264")
        fork = psutil.Process(program.ppid())
        fork.send_signal(signal.SIGKILL)
        with pytest.raises(Undecodable, match="Allowed are"):
            await task
        await gone(program)
    assert desk.left == []
    await still_works(desk)


async def test_a_film_is_refused_when_all_that_decodes_it_is_killed(desk: Desk, tmp_path: Path) -> None:
    async with long_film(desk, tmp_path) as task:
        program = await running(desk, "libx264")
        top = psutil.Process(program.ppid()).parent()
        assert top is not None
        top.send_signal(signal.SIGKILL)
        with pytest.raises(Undecodable, match="Allowed are"):
            await task
        await gone(program)
    assert desk.left == []
    await still_works(desk)


async def test_nothing_goes_on_when_nobody_waits_any_more(desk: Desk, tmp_path: Path) -> None:
    async with long_film(desk, tmp_path) as task:
        program = await running(desk, "libx264")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await gone(program)
    assert desk.left == []


async def test_nothing_goes_on_when_the_server_is_killed(desk: Desk, tmp_path: Path) -> None:
    film = saved(tmp_path, "film", reel(tmp_path, "a.mp4", [*pattern(1280, 720, seconds=20), "-c:v", "mpeg4"]))
    program = (
        "import asyncio, sys; from pathlib import Path; from marula.base.imaging import *\n"
        "asyncio.run(decode(Path(sys.argv[1]), Path(sys.argv[2]), ATTACHMENT))"
    )
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, film, str(desk.into), env=dict(os.environ, PYTHONPATH="src")
    )
    encoder = await running_below(server.pid, "libx264")
    everything = psutil.Process(server.pid).children(recursive=True)
    assert len(everything) >= 3
    server.kill()
    await server.wait()
    for process in (encoder, *everything):
        await gone(process)
    for path in desk.into.iterdir():
        assert path.name.startswith(".decoding-")
        for part in path.iterdir():
            part.unlink()
        path.rmdir()


async def running_below(pid: int, name: str) -> psutil.Process:
    for _ in range(600):
        for process in psutil.Process(pid).children(recursive=True):
            if name in " ".join(command(process)):
                return process
        await asyncio.sleep(0.01)
    raise AssertionError(f"{name} did not start")


async def gone(process: psutil.Process) -> None:
    """Wait until it has ended."""
    for _ in range(300):
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{process} still runs")


async def test_many_files_at_once_are_read_by_a_few_processes(desk: Desk, tmp_path: Path) -> None:
    data = encoded(noise(1200, 900), "JPEG")
    sources = [written(tmp_path, data, f"upload{number}") for number in range(12)]
    folders = [tmp_path / f"into{number}" for number in range(12)]
    for folder in folders:
        folder.mkdir()
    made = await asyncio.gather(
        *(decode(source, folder, ATTACHMENT) for source, folder in zip(sources, folders, strict=True))
    )
    assert {one.blurhash for one in made} == {made[0].blurhash}
    tops = [one for one in psutil.Process().children() if "imaging" in " ".join(command(one))]
    assert 1 <= len(tops) <= decoders.PICTURES


async def test_processes_that_have_nothing_to_do_are_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoders, "IDLE", 0.05)
    await still_works(desk)
    for _ in range(100):
        if not [one for one in psutil.Process().children() if "imaging" in " ".join(command(one))]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it still runs")


async def test_a_process_that_decodes_knows_nothing_of_ours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARULA_SECRET_TEST", "the password")
    await still_works(desk)
    (top, *_) = [one for one in psutil.Process().children() if "imaging" in " ".join(command(one))]
    assert "MARULA_SECRET_TEST" not in top.environ()
    assert {"MARULA_TEST_DATABASE_URL", "DATABASE_URL"}.isdisjoint(top.environ())
    assert os.getpgid(top.pid) == top.pid


async def test_without_ffmpeg_films_wait_and_pictures_go_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = reel(tmp_path, "a.mp3", tone())
    programs.ffmpeg.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "WHEEL", "absent_package")
    try:
        with pytest.raises(DecoderFailed, match="Install ffmpeg"):
            await desk.decode(data)
        assert desk.left == []
        await still_works(desk)
    finally:
        programs.ffmpeg.cache_clear()


async def test_a_folder_that_cannot_be_written_is_no_fault_of_the_file(desk: Desk, tmp_path: Path) -> None:
    source = written(tmp_path, encoded(scene(), "JPEG"))
    with pytest.raises(OSError):
        await decode(source, tmp_path / "absent", ATTACHMENT)


async def test_the_server_itself_never_loads_the_libraries() -> None:
    program = (
        "import sys; import marula.base.imaging\n"
        "assert not {'pyvips', 'numpy', 'PIL', 'pillow_heif', 'imageio_ffmpeg'} & set(sys.modules), sys.modules.keys()"
    )
    server = await asyncio.create_subprocess_exec(sys.executable, "-c", program, env=dict(os.environ, PYTHONPATH="src"))
    assert await server.wait() == 0
