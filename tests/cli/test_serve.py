"""The supervisor, with tiny stand-ins for the processes it watches over."""

import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from marula.base.db.embedded import EmbeddedPostgres
from tests.folders import open_folder

SOURCE = str(Path(__file__).parents[2] / "src")

SUPERVISOR = """
import os, sys
from marula.base.kernel.config import load
from marula.cli.serve import Supervisor
say = lambda sentence: print(sentence, flush=True)
supervisor = Supervisor(load(os.environ, None), say=say, program=(sys.executable, sys.argv[1]))
try:
    supervisor.run(web_workers=int(sys.argv[2]), job_workers=int(sys.argv[3]))
except Exception as error:
    print(type(error).__name__, error, flush=True)
"""

CHILD = """
import http.server, os, signal, socket, sys, threading, time

kind = sys.argv[1]
with open("lives", "a") as lives:
    lives.write(f"{kind} {os.getpid()} {os.environ['DATABASE_URL']}\\n")

def ready(more=""):
    os.write(int(os.environ["MARULA_READY_FD"]), f"ready {more}\\n".encode())

def leave(*_):
    with open("ends", "a") as ends:
        ends.write(f"{kind}\\n")
    os._exit(0)

def watch():
    os.read(int(os.environ["MARULA_PARENT_FD"]), 1)
    leave()

threading.Thread(target=watch, daemon=True).start()
signal.signal(signal.SIGTERM, leave)
"""

SERVING = """
if kind == "web":
    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(str(os.getpid()).encode())
        def log_message(self, *_):
            pass
    server = http.server.HTTPServer(("", 0), Pages, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=int(sys.argv[3]))
    ready("http://localhost/setup?token=fig")
    server.serve_forever()
ready()
time.sleep(60)
"""


class Served:
    """A running supervisor."""

    def __init__(self, place: Path, child: str, *, port: int, web: int, workers: int, dsn: str | None) -> None:
        (place / "child.py").write_text(CHILD + textwrap.dedent(child))
        self.place = place
        self.port = port
        self._words = place / f"said-{port}"
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": SOURCE, "PORT": str(self.port)}
        environment |= {"MARULA_DATA_DIR": str(place / "data")}
        if dsn is not None:
            environment["DATABASE_URL"] = dsn
        arguments = (str(place / "child.py"), str(web), str(workers))
        command = [sys.executable, "-c", SUPERVISOR, *arguments]
        with self._words.open("a") as said:
            self.process = subprocess.Popen(command, cwd=place, env=environment, stdout=said, stderr=said)

    @property
    def said(self) -> str:
        return self._words.read_text()

    def lives(self, kind: str) -> list[int]:
        """The processes of a kind that were ever started."""
        written = self.place / "lives"
        rows = [line.split() for line in written.read_text().splitlines()] if written.exists() else []
        return [int(row[1]) for row in rows if row[0] == kind]

    def ask(self) -> int:
        """Which process answers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
            return int(answer.read())

    def await_ready(self) -> None:
        until(lambda: "Marula is ready" in self.said, self)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Stop it; gives the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        assert self.process.wait(20) == 0
        return time.monotonic() - began


Serve = Callable[..., Served]


@pytest.fixture
def serve(database: str) -> Iterator[Serve]:
    """Starts supervisors in one folder; what is left of them is ended after the test."""
    started: list[Served] = []
    with open_folder() as place:

        def start(
            child: str = SERVING, *, port: int = 0, web: int = 1, workers: int = 1, dsn: str | None = database
        ) -> Served:
            served = Served(place, child, port=port or free_port(), web=web, workers=workers, dsn=dsn)
            started.append(served)
            return served

        yield start
        for served in started:
            served.process.kill()
            served.process.wait()
        for served in started[:1]:
            until(lambda served=served: not any(map(alive, served.lives("web") + served.lives("worker"))), served)
        if EmbeddedPostgres.running(place / "data"):
            left = EmbeddedPostgres(place / "data", say=lambda _: None)
            left.start(join=True)
            left.stop()


def until(true: Callable[[], bool], served: Served) -> None:
    """Wait for something; after 20 s it is not going to happen."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, served.said
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_says_where_to_open_it_and_how_to_make_the_owner_once_all_are_ready(serve: Serve):
    served = serve(web=2, workers=2)
    served.await_ready()
    assert f"Marula is ready: http://localhost:{served.port}\n" in served.said
    assert "There is no owner yet" in served.said
    assert "  http://localhost/setup?token=fig\n" in served.said
    assert (len(served.lives("web")), len(served.lives("worker"))) == (2, 2)
    assert served.ask() in served.lives("web")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_the_web_before_the_workers(serve: Serve, number: signal.Signals):
    served = serve()
    served.await_ready()
    assert served.stop(number) < 3
    assert (served.place / "ends").read_text() == "web\nworker\n"
    assert "started again" not in served.said


def test_a_process_that_is_killed_is_started_again(serve: Serve):
    served = serve()
    served.await_ready()
    first = served.ask()
    os.kill(first, signal.SIGKILL)
    until(lambda: len(served.lives("web")) == 2, served)
    assert "The process web 1 ended by itself (signal SIGKILL); it is started again in 0.5 s." in served.said
    assert served.ask() == served.lives("web")[1] != first
    assert served.said.count("Marula is ready") == 1


def test_one_that_does_not_stop_in_time_is_killed_with_what_it_started(serve: Serve):
    served = serve(
        """
        import subprocess
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        with open("lives", "a") as lives:
            lives.write(f"grandchild {started.pid} -\\n")
        ready()
        time.sleep(60)
        """
    )
    served.await_ready()
    assert served.stop() < 10
    assert not any(alive(pid) for kind in ("web", "worker", "grandchild") for pid in served.lives(kind))


def test_nothing_stays_behind_when_it_is_killed(serve: Serve):
    served = serve(web=2)
    served.await_ready()
    served.process.kill()
    until(lambda: not any(map(alive, served.lives("web") + served.lives("worker"))), served)


def test_it_gives_up_when_a_process_never_gets_ready(serve: Serve):
    served = serve("if kind == 'web':\n    sys.exit(3)" + SERVING)
    assert served.process.wait(20) == 0
    assert "CannotServe The process web 1 ended by itself (exit code 3) 3 times before it was ready" in served.said
    assert len(served.lives("web")) == 3


def test_a_taken_port_is_refused_in_words(serve: Serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = serve(port=int(taken.getsockname()[1]))
        assert served.process.wait(20) == 0
    assert re.search(r"CannotServe Port \d+ of 127.0.0.1 cannot be used: .*PORT=3001", served.said)


def test_a_database_that_is_not_there_is_refused_in_words(serve: Serve):
    served = serve(dsn=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert served.process.wait(20) == 0
    assert "CannotServe The database could not be brought up to date" in served.said
    assert served.lives("web") == []


def test_without_a_database_of_ones_own_it_brings_one_and_revives_it(serve: Serve):
    served = serve(dsn=None)
    served.await_ready()
    data = served.place / "data"
    dsn = EmbeddedPostgres.running(data)
    assert dsn is not None
    assert {line.split()[2] for line in (served.place / "lives").read_text().splitlines()} == {dsn}
    os.kill(int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    until(lambda: "The database ended by itself; it is started again." in served.said, served)
    until(lambda: EmbeddedPostgres.running(data) == dsn, served)
    assert served.stop() < 3
    assert EmbeddedPostgres.running(data) is None


def test_the_next_start_after_a_kill_takes_over_the_database_that_still_runs(serve: Serve):
    killed = serve(dsn=None)
    killed.await_ready()
    running = (killed.place / "data" / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0]
    killed.process.kill()
    killed.process.wait()
    served = serve(dsn=None)
    served.await_ready()
    assert (served.place / "data" / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0] == running
    served.stop()
    assert not alive(int(running))


def test_two_servers_of_one_data_folder_are_refused_in_words(serve: Serve):
    serve(dsn=None).await_ready()
    second = serve(dsn=None)
    assert second.process.wait(20) == 0
    assert "Busy Another Marula is running" in second.said
