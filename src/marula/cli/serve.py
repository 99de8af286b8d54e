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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

from marula.base.db.embedded import EmbeddedPostgres
from marula.base.kernel.config import Config
from marula.base.kernel.errors import MarulaError

WEB_GRACE, WORKER_GRACE = 5.0, 3.0
"""Seconds to finish what is being done when the server stops: first those that serve HTTP, then those that run jobs."""

START_LIMIT = 60.0
"""Seconds that a process may take until it says that it is ready."""

RESTART_PAUSES = (0.5, 1, 2, 5, 10, 30)
"""Seconds before a process that ended by itself is started again, longer each time until it has lived for a while."""

LIVED = 60.0
TRIES = 3
"""How often a process may end before the server was ever ready."""


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
    ready_fd: int | None = None
    told: str | None = None
    deaths: int = 0
    started: float = 0.0
    start_at: float = 0.0

    def start(self, environment: Mapping[str, str], inherited: Sequence[int]) -> None:
        """Start it, out of reach of Ctrl+C, with a descriptor on which it says that it is ready."""
        self.ready_fd, write = os.pipe()
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            self.command,
            env={**environment, "MARULA_READY_FD": str(write)},
            pass_fds=(write, *inherited),
            start_new_session=True,
        )
        os.close(write)
        self.told, self.started = None, time.monotonic()

    def hear(self) -> None:
        """Read what it says about itself."""
        if self.ready_fd is not None:
            text = os.read(self.ready_fd, 4096).decode()
            if text.startswith("ready"):
                self.told = text.removeprefix("ready").strip()
            self._close()

    def ended(self) -> int | None:
        """How it ended; None while it lives. One that does not get ready in time is ended."""
        if self.process is None:
            return None
        if self.told is None and time.monotonic() - self.started > START_LIMIT:
            self.kill()
        return self.process.poll()

    def bury(self) -> float:
        """Forget the process; gives the seconds after which it is started again."""
        now = time.monotonic()
        self.deaths = 1 if self.told is not None and now - self.started > LIVED else self.deaths + 1
        pause = RESTART_PAUSES[min(self.deaths, len(RESTART_PAUSES)) - 1]
        self.process, self.start_at = None, now + pause
        self._close()
        return pause

    def terminate(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has ended; kill it, and what it started, at the deadline."""
        if self.process is not None:
            try:
                self.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it, and what it started, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _close(self) -> None:
        if self.ready_fd is not None:
            os.close(self.ready_fd)
            self.ready_fd = None


class Supervisor:
    """The processes of one server."""

    def __init__(self, config: Config, *, say: Callable[[str], None], program: Sequence[str] | None = None) -> None:
        """`program`: how children are run, `python -m marula` unless a test says otherwise."""
        self._config = config
        self._say = say
        self._program = program or (sys.executable, "-m", "marula")
        self._stopping = False
        self._web: list[Child] = []
        self._workers: list[Child] = []
        self._postgres: EmbeddedPostgres | None = None
        self._environment = {**os.environ, "MARULA_DATA_DIR": str(config.data_dir)}

    def run(self, *, web_workers: int, job_workers: int) -> None:
        """Serve until a signal says stop. Raises CannotServe, or what PostgreSQL says."""
        wake = self._hear_signals()
        alive, alive_write = os.pipe()
        self._environment["MARULA_PARENT_FD"] = str(alive)
        with self._listen() as listener:
            self._start_postgres()
            try:
                self._migrate()
                self._plan(listener.fileno(), web_workers, job_workers)
                self._serve((listener.fileno(), alive), wake)
            finally:
                self._stop_children()
                os.close(alive_write)
                self._stop_postgres()

    def _hear_signals(self) -> int:
        """A descriptor that becomes readable with each signal."""
        wake, wakened = os.pipe()
        os.set_blocking(wakened, False)
        signal.set_wakeup_fd(wakened, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, _notice)
        return wake

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
        return listener

    def _start_postgres(self) -> None:
        if self._config.database_dsn is not None:
            self._environment["DATABASE_URL"] = self._config.database_dsn
            return
        self._say("Starting the database.")
        config = self._config
        postgres = EmbeddedPostgres(
            config.data_dir, say=self._say, binaries=config.pg_binaries, shared_buffers=config.pg_shared_buffers
        )
        postgres.start()
        self._postgres = postgres
        self._environment["DATABASE_URL"] = postgres.dsn

    def _stop_postgres(self) -> None:
        if self._postgres is not None:
            self._say("Stopping the database.")
            self._postgres.stop()

    def _migrate(self) -> None:
        """Bring the database up to date in a process of its own, whose memory is given back."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "marula.base.db.migrations", self._environment["DATABASE_URL"]],
            env=self._environment,
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )
        if done.returncode != 0:
            raise CannotServe(f"The database could not be brought up to date: {done.stderr.strip()[-800:]}")

    def _plan(self, listener: int, web_workers: int, job_workers: int) -> None:
        web = [*self._program, "web", "--fd", str(listener)]
        worker = [*self._program, "worker"]
        self._web = [Child(f"web {number}", web) for number in range(1, web_workers + 1)]
        self._workers = [Child(f"worker {number}", worker) for number in range(1, job_workers + 1)]

    @property
    def _children(self) -> list[Child]:
        return self._web + self._workers

    def _serve(self, inherited: Sequence[int], wake: int) -> None:
        announced = False
        while not self._stopping:
            self._start_due(inherited)
            self._listen_to_children(wake)
            if self._stopping:
                return
            for child in self._children:
                code = child.ended()
                if code is not None:
                    self._replace(child, code, announced=announced)
            if self._postgres is not None and self._postgres.lost():
                self._say("The database ended by itself; it is started again.")
                self._postgres.revive()
            if not announced and all(child.told is not None for child in self._children):
                announced = True
                self._announce()

    def _start_due(self, inherited: Sequence[int]) -> None:
        for child in self._children:
            if child.process is None and time.monotonic() >= child.start_at:
                child.start(self._environment, inherited)

    def _listen_to_children(self, wake: int) -> None:
        """Wait for a signal, a word of a child, or a second."""
        speaking = [child.ready_fd for child in self._children if child.ready_fd is not None]
        readable, _, _ = select.select([wake, *speaking], [], [], 1.0)
        if wake in readable:
            os.read(wake, 4096)
        for child in self._children:
            if child.ready_fd in readable:
                child.hear()

    def _replace(self, child: Child, code: int, *, announced: bool) -> None:
        pause = child.bury()
        ended = f"The process {child.name} ended by itself ({_reason(code)})"
        if not announced and child.deaths == TRIES:
            raise CannotServe(f"{ended} {TRIES} times before it was ready; what it said stands above.")
        self._say(f"{ended}; it is started again in {pause} s.")

    def _announce(self) -> None:
        link = next((child.told for child in self._children if child.told), "")
        lines = [f"Marula is ready: {self._config.web_url}"]
        if link:
            lines += ["There is no owner yet. Make the owner's account here, once:", f"  {link}"]
        if not self._config.rate_limits:
            lines.append("Warning: rate limits are off (MARULA_RATE_LIMITS).")
        self._say("\n".join(["", *lines, "Stop it with Ctrl+C.", ""]))

    def _stop_children(self) -> None:
        """End those that serve HTTP, then those that run the jobs that the last requests left."""
        if self._children:
            self._say("Stopping; what is being done is finished first.")
        for children, grace in ((self._web, WEB_GRACE), (self._workers, WORKER_GRACE)):
            deadline = time.monotonic() + grace
            for child in children:
                child.terminate()
            for child in children:
                child.end(deadline)


def _notice(number: int, frame: FrameType | None) -> None:
    """A child has ended; that the signal came is enough to wake the loop."""


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
