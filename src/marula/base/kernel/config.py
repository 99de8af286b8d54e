"""The settings of the process: from the environment and an `.env` file, checked at start.

Names that Mastodon's operators know keep their meaning; ours begin with MARULA_. A value that cannot be used is
refused with the variable's name, what is wrong and an example. Nothing is listed here that nothing reads.
"""

import ipaddress
import os
import secrets
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

import msgspec
from dotenv import dotenv_values

from marula.base.kernel.errors import MarulaError

Origin: TypeAlias = Literal["default", "environment", ".env file"]
Parse: TypeAlias = Callable[[str], Any]

MASKED = "••••••"


class ConfigError(MarulaError):
    """A setting that cannot be used."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting: its variables (the first that is set counts), how its text is read, and what it is for."""

    field: str
    names: tuple[str, ...]
    parse: Parse
    default: Any
    help: str
    example: str
    secret: bool = False


class Shown(msgspec.Struct, frozen=True):
    """A setting in force, for people to read."""

    name: str
    value: str
    origin: Origin
    help: str


class MailConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The mail server that mail goes out through. `tls`: from the first byte; `starttls`: after asking."""

    server: str
    port: int
    login: str | None
    password: str | None
    sender: str
    reply_to: str | None
    tls: bool
    starttls: Literal["always", "auto", "never"]
    verify: bool
    ca_file: str | None


class Config(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The settings in force. `shown` keeps where each came from."""

    port: int
    bind: str
    local_domain: str
    web_domain: str
    https: bool
    data_dir: Path
    database_dsn: str | None
    db_pool: int
    pg_binaries: Path | None
    rate_limits: bool
    trusted_proxies: tuple[str, ...]
    mail: MailConfig | None
    default_locale: str
    log_level: str
    log_format: Literal["text", "json"]
    web_workers: int
    job_workers: int
    given_secret: str | None
    shown: tuple[Shown, ...]

    @property
    def web_url(self) -> str:
        """Where browsers reach this server, without a slash at the end."""
        return f"{'https' if self.https else 'http'}://{self.web_domain}"

    @cached_property
    def secret(self) -> str:
        """What signed links are signed with: as given, or made once and kept in the data directory."""
        return self.given_secret or _kept_secret(self.data_dir / "secret")


def _whole(least: int, most: int) -> Parse:
    def parse(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return parse


def _choice(*words: str) -> Parse:
    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return text.lower()

    return parse


def _switch(text: str) -> bool:
    words = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}
    if text.lower() not in words:
        raise ValueError("must be on or off")
    return words[text.lower()]


def _domain(text: str) -> str:
    host, _, port = text.partition(":")
    if "/" in text or "@" in text or not host or " " in text or (port and not port.isdigit()):
        raise ValueError("must be a domain, without https:// and without a path")
    return text.lower()


def _networks(text: str) -> tuple[str, ...]:
    parts = tuple(part for part in text.replace(",", " ").split() if part)
    for part in parts:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise ValueError(f"contains {part}, which is no address or network") from None
    return parts


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("must begin with postgresql://")
    return text


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError("is a file, not a folder")
    return path.absolute()


def _mailbox(text: str) -> str:
    if "@" not in text:
        raise ValueError("must be an e-mail address")
    return text


SETTINGS = (
    Setting(
        field="port",
        names=("PORT",),
        parse=_whole(1, 65535),
        default=3000,
        help="The port that HTTP is served on.",
        example="3000",
    ),
    Setting(
        field="bind",
        names=("BIND",),
        parse=str,
        default="127.0.0.1",
        help="The address that HTTP is served on; 0.0.0.0 for all.",
        example="127.0.0.1",
    ),
    Setting(
        field="local_domain",
        names=("LOCAL_DOMAIN",),
        parse=_domain,
        default=None,
        help="The domain in people's handles. It cannot be changed later.",
        example="social.example.org",
    ),
    Setting(
        field="web_domain",
        names=("WEB_DOMAIN",),
        parse=_domain,
        default=None,
        help="The domain of the pages, where it is not LOCAL_DOMAIN.",
        example="social.example.org",
    ),
    Setting(
        field="https",
        names=("LOCAL_HTTPS",),
        parse=_switch,
        default=None,
        help="Whether browsers use https. On, unless the domain is this machine.",
        example="true",
    ),
    Setting(
        field="data_dir",
        names=("MARULA_DATA_DIR",),
        parse=_folder,
        default=Path("data"),
        help="The folder for the embedded database and for files.",
        example="/var/lib/marula",
    ),
    Setting(
        field="database_dsn",
        names=("DATABASE_URL",),
        parse=_database,
        default=None,
        help="A PostgreSQL of your own; without it Marula starts one.",
        example="postgresql://marula:password@localhost/marula",
        secret=True,
    ),
    Setting(
        field="db_host",
        names=("DB_HOST",),
        parse=str,
        default=None,
        help="The host or socket folder of a PostgreSQL of your own, instead of DATABASE_URL.",
        example="localhost",
    ),
    Setting(
        field="db_port",
        names=("DB_PORT",),
        parse=_whole(1, 65535),
        default=5432,
        help="Its port.",
        example="5432",
    ),
    Setting(
        field="db_name",
        names=("DB_NAME",),
        parse=str,
        default="marula",
        help="Its database.",
        example="marula",
    ),
    Setting(
        field="db_user",
        names=("DB_USER",),
        parse=str,
        default="marula",
        help="Its user.",
        example="marula",
    ),
    Setting(
        field="db_pass",
        names=("DB_PASS",),
        parse=str,
        default=None,
        help="The password of its user.",
        example="a long password",
        secret=True,
    ),
    Setting(
        field="db_sslmode",
        names=("DB_SSLMODE",),
        parse=_choice("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
        default=None,
        help="How its connections are encrypted.",
        example="require",
    ),
    Setting(
        field="db_pool",
        names=("DB_POOL", "MAX_THREADS"),
        parse=_whole(2, 200),
        default=10,
        help="Database connections of one process, at most.",
        example="10",
    ),
    Setting(
        field="pg_binaries",
        names=("MARULA_PG_BINARIES",),
        parse=_folder,
        default=None,
        help="The folder with the programs of the PostgreSQL to embed.",
        example="/usr/lib/postgresql/17/bin",
    ),
    Setting(
        field="rate_limits",
        names=("MARULA_RATE_LIMITS",),
        parse=_switch,
        default=True,
        help="Off switches all rate limits off: for tests and benchmarks only.",
        example="on",
    ),
    Setting(
        field="trusted_proxies",
        names=("TRUSTED_PROXY_IP",),
        parse=_networks,
        default=("127.0.0.0/8", "::1/128"),
        help="Networks of the proxies whose X-Forwarded-* headers count.",
        example="10.0.0.0/8",
    ),
    Setting(
        field="smtp_server",
        names=("SMTP_SERVER",),
        parse=str,
        default=None,
        help="The mail server. Without one, mail waits in the outbox page of the owner.",
        example="smtp.example.org",
    ),
    Setting(
        field="smtp_port",
        names=("SMTP_PORT",),
        parse=_whole(1, 65535),
        default=587,
        help="The port of the mail server.",
        example="587",
    ),
    Setting(
        field="smtp_login",
        names=("SMTP_LOGIN",),
        parse=str,
        default=None,
        help="The user at the mail server.",
        example="marula@example.org",
    ),
    Setting(
        field="smtp_password",
        names=("SMTP_PASSWORD",),
        parse=str,
        default=None,
        help="The password at the mail server.",
        example="a long password",
        secret=True,
    ),
    Setting(
        field="smtp_from",
        names=("SMTP_FROM_ADDRESS",),
        parse=_mailbox,
        default=None,
        help="Whom mail comes from.",
        example="Marula <notifications@example.org>",
    ),
    Setting(
        field="smtp_reply_to",
        names=("SMTP_REPLY_TO",),
        parse=_mailbox,
        default=None,
        help="Where answers to mail go.",
        example="admin@example.org",
    ),
    Setting(
        field="smtp_tls",
        names=("SMTP_TLS", "SMTP_SSL"),
        parse=_switch,
        default=False,
        help="Whether mail is encrypted from the first byte (port 465).",
        example="false",
    ),
    Setting(
        field="smtp_starttls",
        names=("SMTP_ENABLE_STARTTLS",),
        parse=_choice("always", "auto", "never"),
        default="auto",
        help="Whether mail is encrypted when the server offers it.",
        example="auto",
    ),
    Setting(
        field="smtp_verify",
        names=("SMTP_OPENSSL_VERIFY_MODE",),
        parse=_choice("none", "peer"),
        default="peer",
        help="Whether the certificate of the mail server must be right.",
        example="peer",
    ),
    Setting(
        field="smtp_ca_file",
        names=("SMTP_CA_FILE",),
        parse=str,
        default=None,
        help="The certificates to check it with.",
        example="/etc/ssl/certs/ca-certificates.crt",
    ),
    Setting(
        field="given_secret",
        names=("SECRET_KEY_BASE",),
        parse=str,
        default=None,
        help="What links in mails are signed with. Without it one is made and kept.",
        example="64 random characters or more",
        secret=True,
    ),
    Setting(
        field="default_locale",
        names=("DEFAULT_LOCALE",),
        parse=str,
        default="en",
        help="The language of the server's own texts.",
        example="en",
    ),
    Setting(
        field="log_level",
        names=("MARULA_LOG_LEVEL", "RAILS_LOG_LEVEL"),
        parse=_choice("debug", "info", "warning", "warn", "error"),
        default="info",
        help="How much is logged.",
        example="info",
    ),
    Setting(
        field="log_format",
        names=("MARULA_LOG_FORMAT",),
        parse=_choice("text", "json"),
        default="text",
        help="Log lines for people or for machines.",
        example="text",
    ),
    Setting(
        field="web_workers",
        names=("MARULA_WEB_WORKERS", "WEB_CONCURRENCY"),
        parse=_whole(1, 64),
        default=1,
        help="Processes that serve HTTP.",
        example="1",
    ),
    Setting(
        field="job_workers",
        names=("MARULA_JOB_WORKERS",),
        parse=_whole(1, 64),
        default=1,
        help="Processes that run jobs.",
        example="1",
    ),
)


def load(environ: Mapping[str, str], env_file: Path | None) -> Config:
    """The settings of this environment; what it does not say is read from the file. Raises ConfigError."""
    written = dotenv_values(env_file) if env_file is not None and env_file.is_file() else {}
    values: dict[str, Any] = {}
    shown: list[Shown] = []
    for setting in SETTINGS:
        name, text, origin = _given(setting, environ, written)
        values[setting.field] = setting.default if text is None else _read(setting, name, text)
        shown.append(Shown(name, _for_people(setting, text), origin, setting.help))
    return _config(values, tuple(shown))


def _given(
    setting: Setting, environ: Mapping[str, str], written: Mapping[str, str | None]
) -> tuple[str, str | None, Origin]:
    sources: tuple[tuple[Mapping[str, str | None], Origin], ...] = ((environ, "environment"), (written, ".env file"))
    for source, origin in sources:
        for name in setting.names:
            if source.get(name):
                return name, source[name], origin
    return setting.names[0], None, "default"


def _read(setting: Setting, name: str, text: str) -> Any:
    try:
        return setting.parse(text.strip())
    except ValueError as error:
        value = MASKED if setting.secret else text
        raise ConfigError(f"{name} {error}, but it is {value!r}. For example: {name}={setting.example}") from error


def _for_people(setting: Setting, text: str | None) -> str:
    if text is not None:
        return MASKED if setting.secret else text
    default = setting.default
    if isinstance(default, tuple):
        return " ".join(str(part) for part in default)
    return "" if default is None else str(default)


def _config(values: dict[str, Any], shown: tuple[Shown, ...]) -> Config:
    local = values["local_domain"] or f"localhost:{values['port']}"
    web = values["web_domain"] or local
    fields = {name: value for name, value in values.items() if name in Config.__struct_fields__}
    fields |= {
        "local_domain": local,
        "web_domain": web,
        "https": not _this_machine(web) if values["https"] is None else values["https"],
        "data_dir": Path(values["data_dir"]).absolute(),
        "database_dsn": values["database_dsn"] or _dsn(values),
        "mail": _mail(values, local),
        "log_level": "warning" if values["log_level"] == "warn" else values["log_level"],
        "shown": shown,
    }
    return Config(**fields)


def _this_machine(domain: str) -> bool:
    host = domain.rpartition(":")[0] if domain.rpartition(":")[2].isdigit() and ":" in domain else domain
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _dsn(values: dict[str, Any]) -> str | None:
    """The DSN that the DB_* variables make."""
    host = values["db_host"]
    if host is None:
        return None
    who = quote(values["db_user"], safe="")
    if values["db_pass"]:
        who += f":{quote(values['db_pass'], safe='')}"
    place = f"/{quote(values['db_name'], safe='')}"
    options = [f"sslmode={values['db_sslmode']}"] if values["db_sslmode"] else []
    if host.startswith("/"):
        options.append(f"host={quote(host, safe='/')}&port={values['db_port']}")
        return f"postgresql://{who}@{place}?{'&'.join(options)}"
    return f"postgresql://{who}@{host}:{values['db_port']}{place}" + (f"?{'&'.join(options)}" if options else "")


def _mail(values: dict[str, Any], local_domain: str) -> MailConfig | None:
    if values["smtp_server"] is None:
        return None
    return MailConfig(
        server=values["smtp_server"],
        port=values["smtp_port"],
        login=values["smtp_login"],
        password=values["smtp_password"],
        sender=values["smtp_from"] or f"notifications@{local_domain.partition(':')[0]}",
        reply_to=values["smtp_reply_to"],
        tls=values["smtp_tls"],
        starttls=values["smtp_starttls"],
        verify=values["smtp_verify"] == "peer",
        ca_file=values["smtp_ca_file"],
    )


def _kept_secret(path: Path) -> str:
    """The secret in a file that only its owner may read; made when there is none. Two at once agree on one."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_hex(64)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(made)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_text()
    finally:
        draft.unlink()
    return made
