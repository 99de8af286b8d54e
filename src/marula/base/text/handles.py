"""Handles: `@user@domain` in the forms in which people write them."""

import re

import idna

_LOCAL = re.compile(r"[a-zA-Z0-9_]+")
_HANDLE = re.compile(r"(?:acct:|@)?([a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*)(?:@([^\s@/]+))?")


def valid_local_username(name: str) -> bool:
    """Whether a name can be that of a local account. Spec: limits.json, accounts.username_regexp_local"""
    return _LOCAL.fullmatch(name) is not None


def parse_handle(text: str) -> tuple[str, str | None] | None:
    """Name and normalised domain of `user`, `@user`, `@user@domain` or `acct:user@domain`; None for anything else."""
    match = _HANDLE.fullmatch(text.strip())
    if match is None:
        return None
    if match[2] is None:
        return match[1], None
    domain = normalise_domain(match[2])
    return None if domain is None else (match[1], domain)


def normalise_domain(domain: str) -> str | None:
    """A domain in lower case and ASCII, its port kept; None when it cannot be one."""
    host, colon, port = domain.strip().lower().rstrip(".").partition(":")
    if colon and not port.isdigit():
        return None
    try:
        ascii_host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", ascii_host):
        return None
    return ascii_host + colon + port
