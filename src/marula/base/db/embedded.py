"""The embedded PostgreSQL: made, started and stopped with Marula, so that nobody has to run a database.

It listens on a Unix socket only, in a folder that only its own user and root can enter. PostgreSQL refuses to run as
root; started by root it runs as an unprivileged user. Whoever needs it first starts it and whoever leaves last stops
it: a server, a worker beside it, or one command. After a crash of all of them the next one takes over the server that
still runs, or lets PostgreSQL recover.
"""

import fcntl
import hashlib
import os
import pwd
import re
import secrets
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import quote

from marula.base.db.binaries import Binaries, find
from marula.base.kernel.errors import MarulaError

USERS = ("postgres", "nobody")
"""Whom PostgreSQL runs as when Marula is started by root, the first that exists."""

LONGEST_SOCKET = 90
"""Bytes of a socket's folder that every system takes, with room for the file's name."""

PLAIN = re.compile(r"[A-Za-z0-9_/.+-]+")
"""Paths that need no quoting in PostgreSQL's options."""

REFUSALS = 20
"""How often a start may fail: after a crash, what is left of the old server takes moments to end."""

SSL_REQUEST = bytes.fromhex("00000008 04d2162f")
"""A question that every server answers with one byte, before anyone signs in. Spec: PostgreSQL, SSLRequest."""

OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "jit": "off",
    "wal_compression": "on",
    "max_wal_size": "512MB",
    "autovacuum_naptime": "20s",
    "log_min_messages": "warning",
    "unix_socket_permissions": "0700",
}


class Busy(MarulaError):
    """Another Marula serves this data."""


class Broken(MarulaError):
    """PostgreSQL did not start; the end of its own words is in the sentence."""


class Runner(NamedTuple):
    """Whom PostgreSQL runs as."""

    uid: int
    gid: int


class EmbeddedPostgres:
    """The PostgreSQL of one data folder."""

    def __init__(
        self,
        data_dir: Path,
        *,
        say: Callable[[str], None],
        binaries: Path | None = None,
        shared_buffers: str = "32MB",
    ) -> None:
        """`say` is told of steps that take time. `binaries`: the folder of the programs, instead of those found."""
        self._data_dir = data_dir.resolve()
        self._say = say
        self._setting = binaries
        self._shared_buffers = shared_buffers
        self._locks: dict[str, IO[Any]] = {}

    @property
    def dsn(self) -> str:
        """Where it is reached."""
        return f"postgresql://marula@/marula?host={quote(str(self._sockets), safe='/')}"

    @classmethod
    def running(cls, data_dir: Path) -> str | None:
        """The DSN of the server of this data folder when it runs and takes connections."""
        found = cls(data_dir, say=lambda _: None)
        return found.dsn if found._ready() else None

    def start(self, *, join: bool = False) -> None:
        """Make the database when there is none, start it unless it runs; return when it takes connections.

        `join`: beside whoever else uses it. Without it, raises Busy when another has started it so. Raises Broken, or
        NoPostgres.
        """
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True)
            if not join and not self._lock("serve.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
                raise Busy(
                    f"Another Marula is running on {self._data_dir}. Stop it first, or choose another folder: "
                    "MARULA_DATA_DIR=/another/folder"
                )
            with self._gate():
                self._lock("users.lock", fcntl.LOCK_SH)
                if not self._ready():
                    self._make_and_launch()
        except PermissionError as error:
            self._release()
            raise Broken(
                f"This user may not use {error.filename}. Start Marula as the user who made {self._data_dir}."
            ) from error
        except Busy:
            self._release()
            raise
        except BaseException:
            with suppress(Broken):  # the first error tells more
                self.stop()
            raise

    def stop(self) -> None:
        """Leave; stop the server cleanly when nobody else uses it. May be called twice."""
        if not self._locks:
            return
        with self._gate():
            users = self._locks.get("users.lock")
            last = users is not None and _try_lock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if last and (self._cluster / "postmaster.pid").exists():
                self._run(self._programs(), "pg_ctl", "-D", "cluster", "-m", "fast", "-w", "-t", "30", "stop")
                if self._sockets.parent != self._home:
                    shutil.rmtree(self._sockets)
            self._release()

    def lost(self) -> bool:
        """Whether the server that was started has ended by itself, or been killed. Cheap enough for every second."""
        state = self._state()
        if not state:
            return True
        try:
            os.kill(int(state[0]), 0)
        except ProcessLookupError:
            return True
        return False

    def revive(self) -> None:
        """Start it again after it was lost. Raises Broken."""
        with self._gate():
            if not self._ready():
                self._make_and_launch()

    def _make_and_launch(self) -> None:
        self._make_home()
        binaries = self._programs()
        if not (self._cluster / "PG_VERSION").exists():
            self._initialise(binaries)
        self._launch(binaries)
        self._create_database(binaries)

    @property
    def _home(self) -> Path:
        return (self._data_dir / "postgres").resolve()

    @property
    def _cluster(self) -> Path:
        return self._home / "cluster"

    @property
    def _sockets(self) -> Path:
        """The folder of the socket: beside the data, or where that path is too long or odd, below /tmp."""
        folder = self._home / "run"
        if len(os.fsencode(folder)) < LONGEST_SOCKET and PLAIN.fullmatch(str(folder)):
            return folder
        return Path("/tmp") / f"marula-{_short(self._home)}"  # noqa: S108 - made private, its owner checked

    @property
    def _runner(self) -> Runner | None:
        """Whom PostgreSQL runs as, when not as ourselves: whose the data is, or an unprivileged user."""
        if os.geteuid() != 0:
            return None
        if self._cluster.exists() and self._cluster.stat().st_uid != 0:
            owner = self._cluster.stat()
            return Runner(owner.st_uid, owner.st_gid)
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        for name in USERS:
            if name in known:
                return Runner(known[name].pw_uid, known[name].pw_gid)
        raise Broken("PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as.")

    def _make_home(self) -> None:
        """The folder of the database, owned by the user it runs as.

        Where that user cannot reach the data folder, the database lives below /var/lib and a link points there.
        """
        link = self._data_dir / "postgres"
        runner = self._runner
        if runner is not None and not os.path.lexists(link) and not _reachable(self._data_dir, runner):
            elsewhere = Path(f"/var/lib/marula-{secrets.token_hex(6)}")
            self._say(
                f"PostgreSQL runs as an unprivileged user, who cannot enter {self._data_dir}: "
                f"the database is kept in {elsewhere}, and {link} leads there."
            )
            link.symlink_to(elsewhere)
        for folder in (self._home, self._sockets):
            _make_private(folder, runner)

    def _programs(self) -> Binaries:
        """The programs, where the user can run them: copied beside the data, with their libraries, when need be."""
        binaries, runner = find(self._setting, _major(self._cluster)), self._runner
        if runner is None or _reachable(binaries.folder.resolve(), runner):
            return binaries
        install = binaries.folder.parent
        package = install.parent
        copies = self._home / "programs"
        copy = copies / binaries.version
        if not copy.exists():
            self._say("Copying the programs of PostgreSQL to where its user can read them.")
            shutil.rmtree(copies, ignore_errors=True)
            draft = copies / "new"
            shutil.copytree(install, draft / package.name / install.name, ignore=shutil.ignore_patterns("include"))
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, draft / libraries.name)
            _give(copies, runner)
            draft.rename(copy)
        return Binaries(copy / package.name / install.name / "bin", binaries.version)

    def _initialise(self, binaries: Binaries) -> None:
        self._say(f"Making a database with PostgreSQL {binaries.major}.")
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        locale = builtin if binaries.major >= 17 else [f"--lc-ctype={_character_type()}"]
        shutil.rmtree(self._home / "cluster.new", ignore_errors=True)
        self._run(
            binaries, "initdb", "-D", "cluster.new", "-U", "marula", "-A", "trust", "-E", "UTF8", "--locale=C", *locale
        )
        (self._home / "cluster.new").rename(self._cluster)

    def _launch(self, binaries: Binaries) -> None:
        settings = OPTIONS | {"unix_socket_directories": str(self._sockets), "shared_buffers": self._shared_buffers}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        start = ("-D", "cluster", "-l", "postgres.log", "-w", "-t", "120", "-o", options, "start")
        refusals = 0
        while not self._ready():
            try:
                self._run(binaries, "pg_ctl", *start)
            except Broken as error:
                refusals += 1
                if refusals == REFUSALS:
                    raise Broken(f"{error.why} {_tail(self._home / 'postgres.log')}") from error
                time.sleep(0.5)

    def _create_database(self, binaries: Binaries) -> None:
        connect = ("-X", "-h", str(self._sockets), "-U", "marula", "-d", "postgres", "-Atq", "-c")
        if self._run(binaries, "psql", *connect, "select 1 from pg_database where datname = 'marula'").strip() != "1":
            self._run(binaries, "psql", *connect, "create database marula")

    def _run(self, binaries: Binaries, program: str, *arguments: str) -> str:
        """Run a program of PostgreSQL as its user, out of reach of Ctrl+C. Raises Broken with what it said."""
        runner = self._runner
        identity: dict[str, Any] = (
            {} if runner is None else {"user": runner.uid, "group": runner.gid, "extra_groups": []}
        )
        with tempfile.TemporaryFile() as said:  # not a pipe: the server that pg_ctl starts would hold its end open
            done = subprocess.run(  # noqa: S603 - our own programs, no shell
                [binaries.program(program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self._home,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                check=False,
                **identity,
            )
            said.seek(0)
            told = said.read().decode(errors="replace").strip()
        if done.returncode != 0:
            raise Broken(f"{program} failed: {told[-600:]}")
        return told

    def _ready(self) -> bool:
        """Whether the server takes connections: neither absent nor recovering nor stopping."""
        state = self._state()
        return len(state) > 7 and state[7].strip() == "ready" and _answers(self._sockets)

    def _state(self) -> list[str]:
        """What the server writes of itself: first its process, in the eighth line how it is. Empty where none runs."""
        try:
            return (self._cluster / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            return []

    @contextmanager
    def _gate(self) -> Generator[None]:
        """Alone among those who start and stop the server of this data."""
        with open(self._data_dir / "gate.lock", "a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _lock(self, name: str, how: int) -> bool:
        self._locks[name] = open(self._data_dir / name, "a")  # noqa: SIM115 - held until stop
        return _try_lock(self._locks[name], how)

    def _release(self) -> None:
        for lock in self._locks.values():
            lock.close()
        self._locks.clear()


def _character_type() -> str:
    """A locale that knows the letters of all scripts, by the name it has here; else C, which knows ASCII only."""
    told = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)  # noqa: S607
    known = told.stdout.split()
    return next((name for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8") if name in known), "C")


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _answers(folder: Path) -> bool:
    """Whether a server answers; after a crash the socket may still take connections that nobody will answer."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(folder / ".s.PGSQL.5432"))
            probe.sendall(SSL_REQUEST)
            return probe.recv(1) != b""
        except OSError:
            return False


def _major(cluster: Path) -> int | None:
    version = cluster / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _make_private(folder: Path, runner: Runner | None) -> None:
    """A folder that only the runner can enter. Raises Broken when it is somebody else's already."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    ours = {os.geteuid()} if runner is None else {0, runner.uid}
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in ours:
        raise Broken(f"{folder} belongs to another user, so the database cannot be kept there.")
    folder.chmod(0o700)
    if runner is not None:
        os.chown(folder, *runner)


def _reachable(path: Path, runner: Runner) -> bool:
    """Whether a user can enter a folder and every folder above it."""
    for folder in (path, *path.parents):
        status = folder.stat()
        shift = 6 if status.st_uid == runner.uid else 3 if status.st_gid == runner.gid else 0
        if not status.st_mode >> shift & 1:
            return False
    return True


def _give(root: Path, runner: Runner) -> None:
    for path in (root, *root.rglob("*")):
        os.chown(path, *runner, follow_symlinks=False)


def _try_lock(lock: IO[Any], how: int) -> bool:
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        return False
    return True


def _tail(log: Path) -> str:
    try:
        return "PostgreSQL says: " + log.read_text(errors="replace")[-600:].strip()
    except FileNotFoundError:
        return ""
