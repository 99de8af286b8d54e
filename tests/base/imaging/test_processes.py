"""The processes that decode: what ends them, and what is left when they end."""

import asyncio
import errno
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil
import pytest

from marula.base.imaging import (
    ATTACHMENT,
    DecoderFailed,
    Undecodable,
    decode,
    decoders,
    programs,
)
from tests.base.imaging.conftest import Desk, command
from tests.base.imaging.reels import pattern, reel, saved, tone
from tests.base.imaging.refusals import still_works
from tests.base.imaging.samples import encoded, noise, scene, written


async def running(name: str) -> psutil.Process:
    """The process of this name, as soon as it is there."""
    for _ in range(400):
        for process in psutil.Process().children(recursive=True):
            if name in command(process) and process.ppid() != os.getpid():
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
        program = await running("libx264")
        fork = psutil.Process(program.ppid())
        fork.send_signal(signal.SIGKILL)
        with pytest.raises(Undecodable, match="Allowed are"):
            await task
        await gone(program)
    assert desk.left == []
    await still_works(desk)


async def test_a_film_is_refused_when_all_that_decodes_it_is_killed(desk: Desk, tmp_path: Path) -> None:
    async with long_film(desk, tmp_path) as task:
        program = await running("libx264")
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
        program = await running("libx264")
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
            if name in command(process):
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
    tops = [one for one in psutil.Process().children() if "imaging" in command(one)]
    assert 1 <= len(tops) <= decoders.PICTURES


async def test_processes_that_have_nothing_to_do_are_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoders, "IDLE", 0.05)
    await still_works(desk)
    for _ in range(100):
        if not [one for one in psutil.Process().children() if "imaging" in command(one)]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it still runs")


async def test_a_process_that_decodes_knows_nothing_of_ours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARULA_SECRET_TEST", "the password")
    await still_works(desk)
    (top, *_) = [one for one in psutil.Process().children() if "imaging" in command(one)]
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


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="only root of Linux can make a small disk")
async def test_a_disk_that_is_full_is_no_fault_of_the_file(desk: Desk, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = await asyncio.create_subprocess_exec("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk))
    if await mounted.wait() != 0:
        pytest.skip("no file system may be mounted here")
    try:
        picture = written(tmp_path, encoded(noise(900, 900), "PNG"), "picture")
        film = written(tmp_path, reel(tmp_path, "a.mp4", [*pattern(1280, 720), "-c:v", "mpeg4"]), "film")
        for source in (picture, film):
            with pytest.raises(OSError, match="No space left") as caught:
                await decode(source, disk, ATTACHMENT)
            assert caught.value.errno == errno.ENOSPC
            assert list(disk.iterdir()) == []
    finally:
        unmounted = await asyncio.create_subprocess_exec("umount", str(disk))
        assert await unmounted.wait() == 0
