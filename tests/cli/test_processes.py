"""`marula web` and `marula worker`, as a supervisor runs them."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cli.conftest import Rows, run_sql

SOURCE = Path(__file__).resolve().parents[2] / "src"


@dataclass
class Supervised:
    """A process, what it told its supervisor, and the descriptor by which it sees that its parent is there."""

    process: subprocess.Popen[bytes]
    told: str
    alive: int


@contextmanager
def supervised(dsn: str, folder: Path, *words: str, hand_over: tuple[int, ...] = ()) -> Generator[Supervised]:
    """Run a process until it is ready; it is killed when the block ends and it still runs."""
    ready, write = os.pipe()
    parent, alive = os.pipe()
    environment = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "DATABASE_URL": dsn,
        "MARULA_DATA_DIR": str(folder / "data"),
        "MARULA_READY_FD": str(write),
        "MARULA_PARENT_FD": str(parent),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "marula", *words], env=environment, cwd=folder, pass_fds=(write, parent, *hand_over)
    )
    os.close(write)
    os.close(parent)
    try:
        yield Supervised(process, os.read(ready, 4096).decode(), alive)
    finally:
        os.close(ready)
        if process.poll() is None:
            process.kill()
            process.wait()


def test_web_serves_on_the_socket_it_is_given_and_tells_where_the_owner_is_made(server: str, tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        number = listener.fileno()
        with supervised(server, tmp_path, "web", "--fd", str(number), hand_over=(number,)) as web:
            assert web.told.startswith("ready http://localhost:3000/setup?token=")
            with urllib.request.urlopen(f"{address}/health", timeout=5) as response:
                assert response.status == 200
            os.close(web.alive)
            assert web.process.wait(10) == 0


def test_a_worker_survives_the_loss_of_the_database_and_stops_when_told(
    server: str, tmp_path: Path, rows: Rows
) -> None:
    with supervised(server, tmp_path, "worker") as worker:
        assert worker.told == "ready\n"
        run_sql(
            server,
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'marula-worker'
            """,
        )
        run_sql(
            server,
            """
            insert into jobs (lane, name, arguments, run_at) values ('upkeep', 'apps.forget_grants', '[]', now())
            """,
        )
        for _ in range(100):
            if not rows("select from jobs"):
                break
            try:
                worker.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        assert rows("select from jobs where name = 'apps.forget_grants'") == []
        assert worker.process.poll() is None
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(10) == 0
