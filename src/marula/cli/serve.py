"""`marula serve`: one light process that starts everything, watches over it and stops it.

It starts the embedded PostgreSQL unless another is configured, migrates, opens the listening socket and hands it to
the web processes, and starts the workers. It does no work itself and imports little, so it costs little.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from marula.base.db.embedded import EmbeddedPostgres
from marula.base.kernel.config import Config
from marula.base.kernel.errors import MarulaError

GRACE = 8.0
"""Seconds that processes have to finish what they do when the server stops."""

START_LIMIT = 60.0
"""Seconds that a process may take until it says that it is ready."""

RESTART_PAUSES = (0.5, 1, 2, 5, 10, 30)


def declare(parser: ArgumentParser) -> None:
    """The options of serve; what they do not say comes from the settings."""
    parser.add_argument("--web-workers", type=int, metavar="N", help="processes that serve HTTP")
    parser.add_argument("--job-workers", type=int, metavar="N", help="processes that run jobs")
    parser.set_defaults(run=serve)


def serve(config: Config, options: Namespace) -> None:
    """Serve until a signal says stop."""
    supervisor = Supervisor(config, say=lambda sentence: print(sentence, flush=True))
    supervisor.run(
        web_workers=max(1, options.web_workers or config.web_workers),
        job_workers=max(1, options.job_workers or config.job_workers),
    )


class CannotServe(MarulaError):
    """The server cannot be started; the sentence says why."""


@dataclass
class Child:
    """A process of ours: what it is called, how it is started, and how it fares."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    ready_fd: int = -1
    told: str | None = None
    deaths: int = 0
    start_at: float = 0.0
    started: float = field(default=0.0)


class Supervisor:
    """The processes of one server."""

    def __init__(self, config: Config, *, say: Callable[[str], None], program: Sequence[str] | None = None) -> None:
        """`program`: how children are run, `python -m marula` unless a test says otherwise."""
        self._config = config
        self._say = say
        self._program = program or (sys.executable, "-m", "marula")
        self._stopping = False
        self._children: list[Child] = []
        self._environment = dict(os.environ)

    def run(self, *, web_workers: int, job_workers: int) -> None:
        """Serve until a signal says stop. Raises CannotServe, or what PostgreSQL says."""
        wake, wakened = os.pipe()
        os.set_blocking(wakened, False)
        signal.set_wakeup_fd(wakened, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, _notice)
        listener = self._listen()
        postgres = self._start_postgres()
        alive, alive_write = os.pipe()
        os.set_inheritable(alive, True)
        try:
            self._migrate()
            self._plan(listener.fileno(), web_workers, job_workers)
            self._environment["MARULA_PARENT_FD"] = str(alive)
            self._serve(listener.fileno(), alive, wake)
        finally:
            self._stop_children()
            os.close(alive_write)
            listener.close()
            if postgres is not None:
                self._say("Stopping the database.")
                postgres.stop()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _listen(self) -> socket.socket:
        config = self._config
        family = socket.AF_INET6 if ":" in config.bind else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((config.bind, config.port))
        except OSError as error:
            raise CannotServe(
                f"Port {config.port} of {config.bind} cannot be used: {error.strerror}. Choose another: PORT=3001"
            ) from error
        listener.listen(1024)
        listener.set_inheritable(True)
        return listener

    def _start_postgres(self) -> EmbeddedPostgres | None:
        if self._config.database_dsn is not None:
            self._environment["DATABASE_URL"] = self._config.database_dsn
            return None
        postgres = EmbeddedPostgres(self._config.data_dir, say=self._say, binaries=self._config.pg_binaries)
        self._say("Starting the database.")
        postgres.start()
        self._environment["DATABASE_URL"] = postgres.dsn
        return postgres

    def _migrate(self) -> None:
        command = [sys.executable, "-m", "marula.base.db.migrations", self._environment["DATABASE_URL"]]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode != 0:
            raise CannotServe(f"The database could not be brought up to date: {done.stderr.strip()[-800:]}")

    def _plan(self, listener: int, web_workers: int, job_workers: int) -> None:
        web = [*self._program, "web", "--fd", str(listener)]
        worker = [*self._program, "worker"]
        self._children = [Child(f"web {number + 1}", web) for number in range(web_workers)]
        self._children += [Child(f"worker {number + 1}", worker) for number in range(job_workers)]

    def _serve(self, listener: int, alive: int, wake: int) -> None:
        announced = False
        while not self._stopping:
            now = time.monotonic()
            for child in self._children:
                if child.process is None and now >= child.start_at:
                    self._start(child, listener, alive)
            waiting = [child.ready_fd for child in self._children if child.ready_fd >= 0]
            readable, _, _ = select.select([wake, *waiting], [], [], 1.0)
            if wake in readable:
                os.read(wake, 4096)
            for child in self._children:
                self._look_after(child, readable)
            if not announced and all(child.told is not None for child in self._children):
                announced = True
                self._announce()

    def _start(self, child: Child, listener: int, alive: int) -> None:
        ready, write = os.pipe()
        child.process = subprocess.Popen(  # noqa: S603 - our own program
            child.command,
            env=self._environment | {"MARULA_READY_FD": str(write)},
            pass_fds=(write, listener, alive),
            start_new_session=True,
        )
        os.close(write)
        child.ready_fd, child.started = ready, time.monotonic()

    def _look_after(self, child: Child, readable: Sequence[int]) -> None:
        if child.process is None:
            return
        if child.ready_fd in readable:
            text = os.read(child.ready_fd, 4096).decode()
            os.close(child.ready_fd)
            child.ready_fd = -1
            if text.startswith("ready"):
                child.told, child.deaths = text.removeprefix("ready").strip(), 0
        code = child.process.poll()
        late = child.told is None and time.monotonic() - child.started > START_LIMIT
        if code is None and late:
            child.process.kill()
            code = child.process.wait()
        if code is not None:
            self._bury(child, code)

    def _bury(self, child: Child, code: int) -> None:
        if child.ready_fd >= 0:
            os.close(child.ready_fd)
        pause = RESTART_PAUSES[min(child.deaths, len(RESTART_PAUSES) - 1)]
        child.process, child.ready_fd, child.deaths = None, -1, child.deaths + 1
        child.start_at = time.monotonic() + pause
        self._say(f"The process {child.name} ended by itself ({_reason(code)}); it is started again in {pause} s.")

    def _announce(self) -> None:
        link = next((child.told for child in self._children if child.told), "")
        lines = [f"Marula is ready: {self._config.web_url}"]
        if link:
            lines += ["There is no owner yet. Make the owner's account here, once:", f"  {link}"]
        if not self._config.rate_limits:
            lines.append("Warning: rate limits are off (MARULA_RATE_LIMITS).")
        self._say("\n".join(["", *lines, "Stop it with Ctrl+C.", ""]))

    def _stop_children(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        if running:
            self._say("Stopping; what is being done is finished first.")
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _notice(number: int, frame: FrameType | None) -> None:
    """A child has ended; that the signal came is enough to wake the loop."""


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
