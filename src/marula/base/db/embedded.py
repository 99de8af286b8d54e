"""The embedded PostgreSQL: made, started and stopped with Marula, so that nobody has to run a database.

It listens on a Unix socket only, in a folder that only its own user and root can enter. PostgreSQL refuses to run as
root; started by root it runs as an unprivileged user. It is stopped cleanly with Marula; after a crash of either, the
next start takes over the running server or lets PostgreSQL recover. Beside a running Marula, commands join its
database as guests; the owner does not stop it under them.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from marula.base.db.binaries import Binaries, find
from marula.base.kernel.errors import MarulaError

USERS = ("postgres", "nobody")
"""Whom PostgreSQL runs as when Marula is started by root, the first that exists."""

LONGEST_SOCKET = 90
"""Bytes of a socket's path that every system takes, with room for the file's name."""

OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "jit": "off",
    "wal_compression": "on",
    "max_wal_size": "512MB",
    "autovacuum_naptime": "20s",
    "log_min_messages": "warning",
    "unix_socket_permissions": "0700",
}


class Busy(MarulaError):
    """Another Marula has this data."""


class Broken(MarulaError):
    """PostgreSQL did not start; the end of its own words is in the sentence."""


class EmbeddedPostgres:
    """The PostgreSQL of one data folder."""

    def __init__(self, data_dir: Path, *, say: Callable[[str], None], binaries: Path | None = None) -> None:
        """`say` is told of steps that take time. `binaries`: the folder of the programs, to be used instead of others."""
        self._data_dir = data_dir.absolute()
        self._say = say
        self._setting = binaries
        self._user = _unprivileged()
        self._locks: list[IO[Any]] = []
        self._owner = False

    @property
    def dsn(self) -> str:
        """Where it is reached."""
        return f"postgresql://marula@/marula?host={quote(str(_socket_folder(self._home)), safe='/')}"

    @classmethod
    def running(cls, data_dir: Path) -> str | None:
        """The DSN of the server of this data folder when it runs and takes connections."""
        found = cls(data_dir, say=lambda _: None)
        return found.dsn if _answers(_socket_folder(found._home)) else None

    def start(self, *, join: bool = False) -> None:
        """Make the database when there is none, and start it; return when it takes connections.

        `join`: use it as a guest when another Marula has started it. Raises Busy otherwise, Broken, or NoPostgres.
        """
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._owner = self._lock("owner", fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._lock("guests", fcntl.LOCK_SH)
        if not self._owner:
            if not join:
                raise Busy(
                    f"Another Marula is running on {self._data_dir}. Stop it first, or choose another folder: "
                    "MARULA_DATA_DIR=/another/folder"
                )
            self._await_owner()
            return
        home = self._make_home()
        if _answers(_socket_folder(home)):
            return
        cluster = home / "cluster"
        binaries = self._readable(home, find(self._setting, _major(cluster)))
        if not (cluster / "PG_VERSION").exists():
            self._initialise(binaries, cluster)
        self._launch(binaries, cluster)
        self._create_database(binaries)

    def stop(self) -> None:
        """Stop it cleanly when we started it, after the last guest has left."""
        if self._owner:
            guests = self._locks[-1]
            fcntl.flock(guests, fcntl.LOCK_UN)
            deadline = time.monotonic() + 5
            while not _try_lock(guests, fcntl.LOCK_EX | fcntl.LOCK_NB) and time.monotonic() < deadline:
                time.sleep(0.05)
            cluster = self._home / "cluster"
            if (cluster / "postmaster.pid").exists():
                binaries = self._readable(self._home, find(self._setting, _major(cluster)))
                self._run(binaries, "pg_ctl", "-D", str(cluster), "-m", "fast", "-w", "-t", "30", "stop")
        for lock in self._locks:
            lock.close()
        self._locks.clear()
        self._owner = False

    @property
    def _home(self) -> Path:
        return (self._data_dir / "postgres").resolve()

    def _make_home(self) -> Path:
        """The folder of the database, owned by the user it runs as.

        Where that user cannot reach the data folder, the database lives below /var/lib and a link points there.
        """
        link = self._data_dir / "postgres"
        if self._user is not None and not link.exists() and not _reachable(self._data_dir, self._user):
            elsewhere = Path("/var/lib") / f"marula-{_short(self._data_dir)}"
            self._say(f"The user {self._user} cannot enter {self._data_dir}, so the database is kept in {elsewhere}.")
            elsewhere.mkdir(mode=0o700, exist_ok=True)
            link.symlink_to(elsewhere)
        home = self._home
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _socket_folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._user is not None:
            entry = pwd.getpwnam(self._user)
            for folder in (home, _socket_folder(home)):
                os.chown(folder, entry.pw_uid, entry.pw_gid)
        return home

    def _readable(self, home: Path, binaries: Binaries) -> Binaries:
        """The programs where the user can run them: copied beside the data, with their libraries, when need be."""
        if self._user is None or _reachable(binaries.folder, self._user):
            return binaries
        install = binaries.folder.parent
        package = install.parent
        copy = home / "programs" / package.name / install.name
        if not copy.exists():
            self._say("Copying the programs of PostgreSQL to where its user can read them.")
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, home / "programs" / libraries.name, dirs_exist_ok=True)
            draft = copy.with_name(f"{copy.name}.new")
            shutil.copytree(install, draft, dirs_exist_ok=True, ignore=shutil.ignore_patterns("include"))
            _chown_all(home / "programs", self._user)
            draft.rename(copy)
        return Binaries(copy / "bin", binaries.major)

    def _initialise(self, binaries: Binaries, cluster: Path) -> None:
        self._say(f"Making a database with PostgreSQL {binaries.major}.")
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.major >= 17 else []
        draft = cluster.with_name("cluster.new")
        shutil.rmtree(draft, ignore_errors=True)
        arguments = ["-D", str(draft), "-U", "marula", "-A", "trust", "-E", "UTF8", "--locale=C", *locale]
        self._run(binaries, "initdb", *arguments)
        draft.rename(cluster)

    def _launch(self, binaries: Binaries, cluster: Path) -> None:
        settings = OPTIONS | {"unix_socket_directories": str(_socket_folder(self._home))}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = cluster.parent / "postgres.log"
        arguments = ("-D", str(cluster), "-l", str(log), "-w", "-t", "120", "-o", options, "start")
        for attempt in range(20):
            try:
                self._run(binaries, "pg_ctl", *arguments)
            except Broken as error:
                if attempt == 19:
                    raise Broken(f"{error.why} {_tail(log)}") from error
                time.sleep(0.5)
            else:
                return

    def _create_database(self, binaries: Binaries) -> None:
        folder = str(_socket_folder(self._home))
        query = "select 1 from pg_database where datname = 'marula'"
        connect = ("-h", folder, "-U", "marula", "-d", "postgres", "-Atq", "-c")
        if self._run(binaries, "psql", *connect, query).strip() != "1":
            self._run(binaries, "psql", *connect, "create database marula")

    def _run(self, binaries: Binaries, program: str, *arguments: str) -> str:
        """Run a program of PostgreSQL as its user. Raises Broken with what it said."""
        log = tempfile.TemporaryFile()
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        command: Sequence[str] = [binaries.program(program), *arguments]
        identity: dict[str, Any] = {}
        if self._user is not None:
            identity = {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []}
        with log:
            done = subprocess.run(  # noqa: S603 - our own programs, no shell
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", env=environment, check=False, **identity
            )
            log.seek(0)
            told = log.read().decode(errors="replace")
        if done.returncode != 0:
            raise Broken(f"{program} failed: {told.strip()[-600:]}")
        return told

    def _lock(self, name: str, how: int) -> bool:
        lock = open(self._data_dir / f"{name}.lock", "a")  # noqa: SIM115 - held until stop
        self._locks.append(lock)
        return _try_lock(lock, how)

    def _await_owner(self) -> None:
        deadline = time.monotonic() + 60
        while not _answers(_socket_folder(self._home)):
            if time.monotonic() > deadline:
                raise Broken(f"The database in {self._data_dir} is being started by another Marula and does not answer.")
            time.sleep(0.1)


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in USERS:
        if name in known:
            return name
    raise Broken("PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as.")


def _socket_folder(home: Path) -> Path:
    folder = home / "run"
    if len(os.fsencode(folder)) < LONGEST_SOCKET:
        return folder
    return Path(tempfile.gettempdir()) / f"marula-{_short(home)}"


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _answers(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(folder / ".s.PGSQL.5432"))
        except OSError:
            return False
        return True


def _major(cluster: Path) -> int | None:
    version = cluster / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def _reachable(path: Path, user: str) -> bool:
    """Whether a user can enter a folder and every folder above it."""
    entry = pwd.getpwnam(user)
    for folder in (path, *path.parents):
        status = folder.stat()
        shift = 6 if status.st_uid == entry.pw_uid else 3 if status.st_gid == entry.pw_gid else 0
        if not status.st_mode >> shift & 1:
            return False
    return True


def _chown_all(root: Path, user: str) -> None:
    entry = pwd.getpwnam(user)
    for path in (root, *root.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)


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
