"""Handles: `@user@domain` in the forms in which people write them.

Spec: limits.json, accounts.username_regexp_local, username_regexp_remote and username_max; RFC 7565 for acct:
"""

import re

import idna

LOCAL_MAX = 30
REMOTE_MAX = 2048

_LOCAL = re.compile(r"[a-zA-Z0-9_]+")
_REMOTE = re.compile(r"[a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
_PORT = re.compile(r"[0-9]{1,5}")
_MAX_HOST = 253


def valid_local_username(name: str) -> bool:
    """Whether a name can be that of a local account; `LOCAL_MAX` characters for new ones is the caller's rule."""
    return _LOCAL.fullmatch(name) is not None


def valid_remote_username(name: str) -> bool:
    """Whether a name can be that of an account of another server."""
    return len(name) <= REMOTE_MAX and _REMOTE.fullmatch(name) is not None


def parse_handle(text: str) -> tuple[str, str | None] | None:
    """Name and normalised domain of `user`, `@user`, `@user@domain` or `acct:user@domain`; None for anything else."""
    name, at, host = text.strip().removeprefix("acct:").removeprefix("@").partition("@")
    if not valid_remote_username(name):
        return None
    if not at:
        return name, None
    domain = normalise_domain(host)
    return None if domain is None else (name, domain)


def normalise_domain(domain: str) -> str | None:
    """A domain in lower case and ASCII (IDNA 2008), its port kept; None when it cannot be one."""
    host, colon, port = domain.strip().lower().partition(":")
    if len(host) > _MAX_HOST or (colon and _PORT.fullmatch(port) is None):
        return None
    try:
        plain = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None
    plain = plain.removesuffix(".")
    return plain + colon + port if len(plain) <= _MAX_HOST and _HOST.fullmatch(plain) else None
