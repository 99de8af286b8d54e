"""The settings of the process: from the environment and an `.env` file, checked at start.

A value that cannot be used is refused with the variable's name, what is wrong and an example.
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

from marula.base.kernel import vapid
from marula.base.kernel.errors import MarulaError
from marula.base.kernel.variables import SETTINGS, Setting

Origin: TypeAlias = Literal["default", "environment", ".env file"]

MASKED = "••••••"


class ConfigError(MarulaError):
    """A setting that cannot be used."""


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


class S3Config(msgspec.Struct, frozen=True, kw_only=True):
    """The bucket that files are kept in. `public`: what stands before a key for browsers, if they go there.

    `parts_above`: None when files are never sent in parts. Times in seconds.
    """

    bucket: str
    region: str
    endpoint: str | None
    key_id: str | None
    secret: str | None
    public: str | None
    prefix: str
    storage_class: str | None
    bucket_in_host: bool
    parts_above: int | None
    open_timeout: int
    read_timeout: int
    retries: int


class Config(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The settings in force. `shown` keeps where each came from."""

    port: int
    bind: str
    local_domain: str
    web_domain: str
    https: bool
    data_dir: Path
    media_dir: Path
    remote_media: Literal["cache", "proxy", "link"]
    remote_media_ceiling: int
    s3: S3Config | None
    database_dsn: str | None
    db_pool: int
    pg_binaries: Path | None
    pg_shared_buffers: str
    rate_limits: bool
    trusted_proxies: tuple[str, ...]
    alternate_domains: tuple[str, ...]
    allowed_private_addresses: tuple[str, ...]
    federate_over_http: bool
    authorized_fetch: bool
    limited_federation: bool
    ca_file: str | None
    deliveries_kept: int
    arrivals_kept: int
    mail: MailConfig | None
    source_url: str | None
    libre_translate_endpoint: str | None
    libre_translate_api_key: str | None
    deepl_api_key: str | None
    deepl_plan: Literal["free", "pro"]
    default_locale: str
    log_level: str
    log_format: Literal["text", "json"]
    web_workers: int
    job_workers: int
    given_secret: str | None
    given_vapid_key: str | None
    shown: tuple[Shown, ...]

    @property
    def web_url(self) -> str:
        """Where browsers reach this server, without a slash at the end."""
        return f"{'https' if self.https else 'http'}://{self.web_domain}"

    @property
    def incoming_dir(self) -> Path:
        """Where files are while they come in and are worked on; none of them stays there."""
        return self.data_dir / "incoming"

    def origin_of(self, domain: str) -> str:
        """Where the server of a domain is asked for its people, without a slash at the end.

        With https, except for servers on this machine while `federate_over_http` is on.
        """
        return f"{'http' if self.federate_over_http and _this_machine(domain) else 'https'}://{domain}"

    @cached_property
    def secret(self) -> str:
        """What signed links are signed with: as given, or made once and kept in the data directory."""
        return self.given_secret or _kept(self.data_dir / "secret", lambda: secrets.token_hex(64))

    @cached_property
    def vapid_private_key(self) -> str:
        """What messages to push services are signed with: as given, or made once and kept in the data directory."""
        return self.given_vapid_key or _kept(self.data_dir / "vapid-key", vapid.new_private_key)

    @cached_property
    def vapid_public_key(self) -> str:
        """The same key, as programs are told that subscribe to pushes."""
        return vapid.public_text(self.vapid_private_key)


def load(environ: Mapping[str, str], env_file: Path | None) -> Config:
    """The settings of this environment; what it does not say is read from the file. Raises ConfigError."""
    written = _written(env_file)
    values: dict[str, Any] = {}
    origins: dict[str, tuple[str, Origin]] = {}
    for setting in SETTINGS:
        name, text, origin = _given(setting, environ, written)
        values[setting.field] = setting.default if text is None else _read(setting, name, text)
        origins[setting.field] = name, origin
    dsn = _dsn(values, origins)
    _check_vapid(values["given_vapid_key"], values["vapid_public_key_check"])
    _derive(values)
    shown = tuple(
        Shown(name, _for_people(setting, values[setting.field]), origin, setting.help)
        for setting in SETTINGS
        for name, origin in (origins[setting.field],)
    )
    values |= {"database_dsn": dsn, "mail": _mail(values), "s3": _s3(values), "shown": shown}
    return Config(**{name: values[name] for name in Config.__struct_fields__})


def _written(env_file: Path | None) -> Mapping[str, str | None]:
    """What the file says, to the letter: a `$` in a password is a `$`."""
    try:
        if env_file is None or not env_file.is_file():
            return {}
        return dotenv_values(env_file, interpolate=False)
    except UnicodeDecodeError as error:
        raise ConfigError(f"The file {env_file} cannot be read: it is not UTF-8 text.") from error
    except OSError as error:
        raise ConfigError(f"The file {env_file} cannot be read: {error.strerror}.") from error


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


def _for_people(setting: Setting, value: Any) -> str:
    if value is None:
        return ""
    if setting.secret:
        return MASKED
    if isinstance(value, bool):
        return "on" if value else "off"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _derive(values: dict[str, Any]) -> None:
    """Settle what follows from other settings where nobody said otherwise."""
    values["data_dir"] = values["data_dir"] or Path("data").absolute()
    values["media_dir"] = values["media_dir"] or values["data_dir"] / "media"
    values["local_domain"] = values["local_domain"] or f"localhost:{values['port']}"
    values["web_domain"] = values["web_domain"] or values["local_domain"]
    if values["https"] is None:
        values["https"] = not _this_machine(values["web_domain"])
    values["smtp_from"] = values["smtp_from"] or f"notifications@{values['local_domain'].partition(':')[0]}"


def _check_vapid(private: str | None, public: str | None) -> None:
    """Raises ConfigError when a public key for Web Push stands alone or belongs to another private one."""
    if public is None:
        return
    if private is None:
        raise ConfigError("VAPID_PUBLIC_KEY is set, but VAPID_PRIVATE_KEY is not: both or neither.")
    if public.rstrip("=") != vapid.public_text(private):
        raise ConfigError("VAPID_PUBLIC_KEY is not the public key of VAPID_PRIVATE_KEY. Leave it out: it follows.")


def _this_machine(domain: str) -> bool:
    host = domain.rpartition(":")[0] if domain.rpartition(":")[2].isdigit() and ":" in domain else domain
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _dsn(values: dict[str, Any], origins: Mapping[str, tuple[str, Origin]]) -> str | None:
    """The PostgreSQL that was named, as a whole or by its parts. Raises ConfigError when parts lack the host."""
    if values["database_dsn"] is not None:
        return values["database_dsn"]
    host = values["db_host"]
    if host is None:
        for field in ("db_port", "db_name", "db_user", "db_pass", "db_sslmode"):
            name, origin = origins[field]
            if origin != "default":
                raise ConfigError(f"{name} is set, but DB_HOST is not. For example: DB_HOST=localhost")
        return None
    who = quote(values["db_user"], safe="")
    if values["db_pass"]:
        who += f":{quote(values['db_pass'], safe='')}"
    place = f"/{quote(values['db_name'], safe='')}"
    options = [f"sslmode={values['db_sslmode']}"] if values["db_sslmode"] else []
    if host.startswith("/"):
        options.append(f"host={quote(host, safe='/')}&port={values['db_port']}")
        return f"postgresql://{who}@{place}?{'&'.join(options)}"
    where = f"[{host}]" if ":" in host else host
    return f"postgresql://{who}@{where}:{values['db_port']}{place}" + (f"?{'&'.join(options)}" if options else "")


def _mail(values: dict[str, Any]) -> MailConfig | None:
    if values["smtp_server"] is None:
        return None
    return MailConfig(
        server=values["smtp_server"],
        port=values["smtp_port"],
        login=values["smtp_login"],
        password=values["smtp_password"],
        sender=values["smtp_from"],
        reply_to=values["smtp_reply_to"],
        tls=values["smtp_tls"],
        starttls=values["smtp_starttls"],
        verify=values["smtp_verify"] == "peer",
        ca_file=values["smtp_ca_file"],
    )


def _s3(values: dict[str, Any]) -> S3Config | None:
    """The bucket, when one is to be used. Raises ConfigError when it has no name."""
    if not values["s3_enabled"]:
        return None
    if values["s3_bucket"] is None:
        raise ConfigError("S3_ENABLED is set, but S3_BUCKET is not. For example: S3_BUCKET=files")
    prefix = values["s3_key_prefix"].strip("/")
    return S3Config(
        bucket=values["s3_bucket"],
        region=values["s3_region"],
        endpoint=values["s3_endpoint"],
        key_id=values["s3_key_id"],
        secret=values["s3_secret"],
        public=None if values["s3_served"] == "proxy" else _public(values, prefix),
        prefix=prefix,
        storage_class=values["s3_storage_class"],
        bucket_in_host=values["s3_bucket_in_host"],
        parts_above=None if values["s3_single_request"] else values["s3_multipart_threshold"],
        open_timeout=values["s3_open_timeout"],
        read_timeout=values["s3_read_timeout"],
        retries=values["s3_retry_limit"],
    )


def _public(values: dict[str, Any], prefix: str) -> str:
    """Where browsers find what is in the bucket: the alias, else the host with the name of the bucket."""
    inside = f"{prefix}/" if prefix else ""
    if values["s3_alias_host"] is not None:
        return f"{values['s3_protocol']}://{values['s3_alias_host']}/{inside}"
    if values["s3_hostname"] is not None or values["s3_endpoint"] is None:
        host = values["s3_hostname"] or f"s3.{values['s3_region']}.amazonaws.com"
        return f"{values['s3_protocol']}://{host}/{values['s3_bucket']}/{inside}"
    bucket = "" if values["s3_bucket_in_host"] else f"{values['s3_bucket']}/"
    return f"{values['s3_endpoint'].rstrip('/')}/{bucket}{inside}"


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The secret in a file that only its owner may read; made when there is none. Two at once agree on one."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = make()
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
