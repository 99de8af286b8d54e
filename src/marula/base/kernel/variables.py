"""The variables of the environment that Marula reads: their names, how their text is read, and what they are for.

Names that Mastodon's operators know keep their meaning; ours begin with MARULA_. Nothing is listed here that nothing
reads. Spec: Mastodon, "Configuring your environment".
"""

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from marula.base.kernel import vapid

Parse: TypeAlias = Callable[[str], Any]
"""From the text of a variable to its value; raises ValueError with what is wrong, to follow the variable's name."""

SWITCH = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}


class Setting(msgspec.Struct, frozen=True):
    """One setting: its variables (the first that is set counts), how its text is read, and what it is for."""

    field: str
    names: tuple[str, ...]
    parse: Parse
    default: Any
    help: str
    example: str
    secret: bool = False


UNITS = {"K": 1000, "M": 1000**2, "G": 1000**3, "T": 1000**4}


def whole(least: int, most: int) -> Parse:
    """A whole number between two others."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return parse


def choice(*words: str) -> Parse:
    """One of some words."""

    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return text.lower()

    return parse


def switch(text: str) -> bool:
    """On or off, in the words that people write."""
    if text.lower() not in SWITCH:
        raise ValueError("must be on or off")
    return SWITCH[text.lower()]


def domain(text: str) -> str:
    """A domain, with a port where it needs one."""
    host, _, port = text.partition(":")
    if "/" in text or "@" in text or not host or " " in text or (port and not port.isdecimal()):
        raise ValueError("must be a domain, without https:// and without a path")
    return text.lower()


def domains(text: str) -> tuple[str, ...]:
    """Domains, with commas or spaces between them."""
    return tuple(domain(part) for part in text.replace(",", " ").split())


def networks(text: str) -> tuple[str, ...]:
    """Addresses and networks, with commas or spaces between them."""
    parts = tuple(text.replace(",", " ").split())
    for part in parts:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise ValueError(f"contains {part}, which is no address or network") from None
    return parts


def database(text: str) -> str:
    """The address of a PostgreSQL."""
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("must begin with postgresql://")
    return text


def memory(text: str) -> str:
    """An amount of memory, as PostgreSQL writes it."""
    number, unit = text[:-2], text[-2:]
    if not (number.isascii() and number.isdecimal()) or unit not in ("MB", "GB"):
        raise ValueError("must be an amount of memory in MB or GB")
    return text


def amount(text: str) -> int:
    """An amount of bytes, with a unit of thousands."""
    number, unit = text.strip().upper().removesuffix("B"), 1
    if number[-1:] in UNITS:
        number, unit = number[:-1].strip(), UNITS[number[-1]]
    if not (number.isascii() and number.isdecimal()) or not int(number):
        raise ValueError("must be an amount of bytes in MB, GB or TB")
    return int(number) * unit


def folder(text: str) -> Path:
    """A folder, there or not yet."""
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError("is a file, not a folder")
    return path.absolute()


def mailbox(text: str) -> str:
    """An e-mail address, alone or behind a name."""
    if "@" not in text:
        raise ValueError("must be an e-mail address")
    return text


def log_level(text: str) -> str:
    """How much is logged."""
    word = choice("debug", "info", "warning", "warn", "error")(text)
    return "warning" if word == "warn" else word


def push_key(text: str) -> str:
    """A private key for Web Push, as most programs write it."""
    try:
        vapid.private_key(text)
    except ValueError:
        raise ValueError("must be the 32 bytes of a P-256 private key in base64url") from None
    return text


PORT = whole(1, 65535)
PROCESSES = whole(1, 64)
SSL_MODE = choice("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
HERE = ("127.0.0.0/8", "::1/128")


def web_address(text: str) -> str:
    """An address that a browser can open."""
    if not text.startswith(("https://", "http://")):
        raise ValueError("must begin with https://")
    return text


def host_and_path(text: str) -> str:
    """A domain, with a port and a path where it needs them."""
    host, _, path = text.partition("/")
    if path.startswith("/"):
        raise ValueError("must be a domain, without https://")
    return f"{domain(host)}/{path}".rstrip("/")


# fmt: off
SETTINGS = (
    Setting("port", ("PORT",), PORT, 3000,
            "The port that HTTP is served on.", "3000"),
    Setting("bind", ("BIND",), str, "127.0.0.1",
            "The address that HTTP is served on; 0.0.0.0 for all.", "127.0.0.1"),
    Setting("local_domain", ("LOCAL_DOMAIN",), domain, None,
            "The domain in people's handles. It cannot be changed later.", "social.example.org"),
    Setting("web_domain", ("WEB_DOMAIN",), domain, None,
            "The domain of the pages, where it is not LOCAL_DOMAIN.", "social.example.org"),
    Setting("https", ("LOCAL_HTTPS",), switch, None,
            "Whether browsers use https. On, unless the domain is this machine.", "true"),
    Setting("data_dir", ("MARULA_DATA_DIR",), folder, None,
            "The folder for the embedded database and for files.", "/var/lib/marula"),
    Setting("media_dir", ("PAPERCLIP_ROOT_PATH",), folder, None,
            "The folder for pictures, films and sounds, where it is not `media` in the data folder.",
            "/var/lib/marula/media"),
    Setting("remote_media", ("MARULA_REMOTE_MEDIA",), choice("cache", "proxy", "link"), "cache",
            "What is done with files of other servers: kept here for a while, passed through, or left where they are.",
            "cache"),
    Setting("remote_media_ceiling", ("MARULA_REMOTE_MEDIA_CEILING",), amount, 20 * 1000**3,
            "How much room copies of others' files may take, until `marula media ceiling` says otherwise.", "50GB"),
    Setting("s3_enabled", ("S3_ENABLED",), switch, False,
            "Whether files are kept in a bucket that speaks S3, instead of a folder.", "true"),
    Setting("s3_bucket", ("S3_BUCKET",), str, None, "The name of the bucket.", "files"),
    Setting("s3_key_id", ("AWS_ACCESS_KEY_ID",), str, None, "Who we are for the bucket.", "AKIAIOSFODNN7EXAMPLE"),
    Setting("s3_secret", ("AWS_SECRET_ACCESS_KEY",), str, None, "How we prove it.", "a long password", secret=True),
    Setting("s3_region", ("S3_REGION",), str, "us-east-1", "The region of the bucket.", "eu-central-1"),
    Setting("s3_endpoint", ("S3_ENDPOINT",), web_address, None,
            "Where the bucket is spoken to, where it is not Amazon's.", "https://s3.example.org"),
    Setting("s3_alias_host", ("S3_ALIAS_HOST", "S3_CLOUDFRONT_HOST"), host_and_path, None,
            "The domain under which browsers find the files, for a CDN or a proxy of your own.", "files.example.org"),
    Setting("s3_hostname", ("S3_HOSTNAME",), host_and_path, None,
            "The same, where the name of the bucket follows it.", "s3.example.org"),
    Setting("s3_protocol", ("S3_PROTOCOL",), choice("https", "http"), "https",
            "How browsers call these two.", "https"),
    Setting("s3_served", ("MARULA_S3_SERVED",), choice("direct", "proxy"), "direct",
            "Whether browsers fetch files from the bucket or from us: the bucket may be closed then.", "proxy"),
    Setting("s3_key_prefix", ("S3_KEY_PREFIX",), str, "", "A folder in the bucket.", "marula"),
    Setting("s3_storage_class", ("S3_STORAGE_CLASS",), str, None, "The storage class of new files.", "STANDARD_IA"),
    Setting("s3_bucket_in_host", ("S3_OVERRIDE_PATH_STYLE",), switch, False,
            "Whether the bucket is called by its name in the host; S3_ENDPOINT holds it then.", "true"),
    Setting("s3_multipart_threshold", ("S3_MULTIPART_THRESHOLD",), whole(5 * 1024**2, 5 * 1024**3), 15 * 1024**2,
            "Bytes above which a file is sent in parts.", "15728640"),
    Setting("s3_single_request", ("S3_FORCE_SINGLE_REQUEST",), switch, False,
            "Whether a file is never sent in parts. It is in memory then, up to 200 MB.", "true"),
    Setting("s3_open_timeout", ("S3_OPEN_TIMEOUT",), whole(1, 600), 5, "Seconds to connect.", "5"),
    Setting("s3_read_timeout", ("S3_READ_TIMEOUT",), whole(1, 600), 5, "Seconds of silence to bear.", "30"),
    Setting("s3_retry_limit", ("S3_RETRY_LIMIT",), whole(0, 20), 3,
            "How often a request is sent again that failed.", "3"),
    Setting("database_dsn", ("DATABASE_URL",), database, None,
            "A PostgreSQL of your own; without it Marula starts one.",
            "postgresql://marula:password@localhost/marula", secret=True),
    Setting("db_host", ("DB_HOST",), str, None,
            "The host or socket folder of a PostgreSQL of your own, instead of DATABASE_URL.", "localhost"),
    Setting("db_port", ("DB_PORT",), PORT, 5432, "Its port.", "5432"),
    Setting("db_name", ("DB_NAME",), str, "marula", "Its database.", "marula"),
    Setting("db_user", ("DB_USER",), str, "marula", "Its user.", "marula"),
    Setting("db_pass", ("DB_PASS",), str, None, "The password of its user.", "a long password", secret=True),
    Setting("db_sslmode", ("DB_SSLMODE",), SSL_MODE, None, "How its connections are encrypted.", "require"),
    Setting("db_pool", ("DB_POOL", "MAX_THREADS"), whole(2, 200), 5,
            "Database connections of one process, at most.", "10"),
    Setting("pg_binaries", ("MARULA_PG_BINARIES",), folder, None,
            "The folder with the programs of the PostgreSQL to embed.", "/usr/lib/postgresql/17/bin"),
    Setting("pg_shared_buffers", ("MARULA_PG_SHARED_BUFFERS",), memory, "32MB",
            "The memory that the embedded PostgreSQL keeps pages in.", "256MB"),
    Setting("rate_limits", ("MARULA_RATE_LIMITS",), switch, True,
            "Off switches all rate limits off: for tests and benchmarks only.", "on"),
    Setting("trusted_proxies", ("TRUSTED_PROXY_IP",), networks, HERE,
            "Networks of the proxies whose X-Forwarded-* headers count.", "10.0.0.0/8"),
    Setting("alternate_domains", ("ALTERNATE_DOMAINS",), domains, (),
            "Other domains under which the handles of this server are found by WebFinger.", "old.example"),
    Setting("allowed_private_addresses", ("ALLOWED_PRIVATE_ADDRESSES",), networks, (),
            "Private networks that other servers may be in. For closed networks and tests: without it, nothing on this "
            "machine or beside it can be called.", "10.1.0.0/16"),
    Setting("federate_over_http", ("MARULA_FEDERATE_OVER_HTTP",), switch, False,
            "Whether other servers on this machine are called without TLS, for development and tests: with "
            "ALLOWED_PRIVATE_ADDRESSES two servers at localhost:PORT can know each other.", "on"),
    Setting("authorized_fetch", ("AUTHORIZED_FETCH",), switch, False,
            "Whether other servers must sign what they ask for, so that those who are kept out read nothing. "
            "So it is in limited federation, too.", "true"),
    Setting("limited_federation", ("LIMITED_FEDERATION_MODE",), switch, False,
            "Whether only servers that are let in by name are talked to: `marula domains allow NAME`.", "true"),
    Setting("ca_file", ("SSL_CERT_FILE",), str, None,
            "Certificate authorities to trust when calling other servers, instead of the usual ones.",
            "/etc/ssl/ours.pem"),
    Setting("deliveries_kept", ("MARULA_DELIVERIES_KEPT",), whole(4, 3650), 30,
            "For how many days the ledger of deliveries to other servers is kept.", "30"),
    Setting("arrivals_kept", ("MARULA_ARRIVALS_KEPT",), whole(1, 3650), 7,
            "For how many days it is kept what other servers sent, and what became of it.", "7"),
    Setting("smtp_server", ("SMTP_SERVER",), str, None,
            "The mail server. Without one, mail waits in the outbox page of the owner.", "smtp.example.org"),
    Setting("smtp_port", ("SMTP_PORT",), PORT, 587, "The port of the mail server.", "587"),
    Setting("smtp_login", ("SMTP_LOGIN",), str, None, "The user at the mail server.", "marula@example.org"),
    Setting("smtp_password", ("SMTP_PASSWORD",), str, None,
            "The password at the mail server.", "a long password", secret=True),
    Setting("smtp_from", ("SMTP_FROM_ADDRESS",), mailbox, None,
            "Whom mail comes from.", "Marula <notifications@example.org>"),
    Setting("smtp_reply_to", ("SMTP_REPLY_TO",), mailbox, None, "Where answers to mail go.", "admin@example.org"),
    Setting("smtp_tls", ("SMTP_TLS", "SMTP_SSL"), switch, False,
            "Whether mail is encrypted from the first byte (port 465).", "false"),
    Setting("smtp_starttls", ("SMTP_ENABLE_STARTTLS",), choice("always", "auto", "never"), "auto",
            "Whether mail is encrypted when the server offers it.", "auto"),
    Setting("smtp_verify", ("SMTP_OPENSSL_VERIFY_MODE",), choice("none", "peer"), "peer",
            "Whether the certificate of the mail server must be right.", "peer"),
    Setting("smtp_ca_file", ("SMTP_CA_FILE",), str, None,
            "The certificates to check it with.", "/etc/ssl/certs/ca-certificates.crt"),
    Setting("given_secret", ("SECRET_KEY_BASE",), str, None,
            "What links in mails are signed with. Without it one is made and kept.",
            "64 random characters or more", secret=True),
    Setting("given_vapid_key", ("VAPID_PRIVATE_KEY",), push_key, None,
            "What messages to push services are signed with. Without it a key is made and kept. With another one, "
            "programs must subscribe anew. The example is the base64url of words that say what to do.",
            "dGhpcyBpcyBubyBzZWNyZXQsIG1ha2UgeW91ciBvd24", secret=True),
    Setting("vapid_public_key_check", ("VAPID_PUBLIC_KEY",), str, None,
            "The public key of VAPID_PRIVATE_KEY. It is not needed; when it is given, it must be the right one.",
            "BOKarBp-UkRuVm3aNQRbOpXmbE5vGOVZ0eFOcag3FDbrNVdQjwuz24mEkYwZGELzpgU8xHjNaKZgdlj0sNNMApg"),
    Setting("source_url", ("SOURCE_BASE_URL",), web_address, None,
            "Where the source of what runs here is, for those who ask.", "https://example.org/marula"),
    Setting("libre_translate_endpoint", ("LIBRE_TRANSLATE_ENDPOINT",), web_address, None,
            "The address of a LibreTranslate that translates posts; it may be on this machine.",
            "http://127.0.0.1:5000"),
    Setting("libre_translate_api_key", ("LIBRE_TRANSLATE_API_KEY",), str, None,
            "The key that it asks for, if it does.", "a long password", secret=True),
    Setting("deepl_api_key", ("DEEPL_API_KEY",), str, None,
            "The key of an account at DeepL, which then translates posts.", "a long password", secret=True),
    Setting("deepl_plan", ("DEEPL_PLAN",), choice("free", "pro"), "free", "What that account pays for.", "free"),
    Setting("default_locale", ("DEFAULT_LOCALE",), str, "en", "The language of the server's own texts.", "en"),
    Setting("log_level", ("MARULA_LOG_LEVEL", "RAILS_LOG_LEVEL"), log_level, "info", "How much is logged.", "info"),
    Setting("log_format", ("MARULA_LOG_FORMAT",), choice("text", "json"), "text",
            "Log lines for people or for machines.", "text"),
    Setting("web_workers", ("MARULA_WEB_WORKERS", "WEB_CONCURRENCY"), PROCESSES, 1, "Processes that serve HTTP.", "1"),
    Setting("job_workers", ("MARULA_JOB_WORKERS",), PROCESSES, 1, "Processes that run jobs.", "1"),
)
# fmt: on
