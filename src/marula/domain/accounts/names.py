"""Which usernames may be taken on this server."""

import re
from typing import Literal

LONGEST = 30

Problem = Literal["blank", "invalid", "too_long", "reserved"]

_ALLOWED = re.compile(r"[a-z0-9_]+", re.IGNORECASE | re.ASCII)
_LOOKS_LIKE = (str.maketrans("0123456789", "oizeasgtbg"), str.maketrans("0123456789", "olzeasgtbg"))

_THOSE_WHO_RUN_IT = (
    "admin administrator administration root sysadmin superuser owner operator staff team official "
    "mod mods moderator moderators moderation support help helpdesk service security trust safety"
)
_MAILBOXES = (  # that every domain should have (RFC 2142), and others that people trust
    "abuse noc postmaster hostmaster webmaster usenet news uucp ftp www info marketing sales "
    "contact legal privacy copyright dmca billing press mail mailer_daemon noreply no_reply"
)
_THE_SERVER_ITSELF = (
    "marula mastodon fediverse system server instance actor relay bot daemon nobody anonymous "
    "api oauth auth inbox outbox login logout signin signup register account accounts settings"
)
_OTHER_CALLS = "all everyone everybody here channel me self null undefined none"

RESERVED = frozenset(" ".join((_THOSE_WHO_RUN_IT, _MAILBOXES, _THE_SERVER_ITSELF, _OTHER_CALLS)).split())


def username_problem(name: str) -> Problem | None:
    """What keeps somebody from taking a name on this server, whoever else may have it; None when nothing does.

    Reserved names are compared in lower case, and with digits read as the letters they look like: 4dm1n is admin.

    Spec: Mastodon documentation, methods/accounts (create: username)
    """
    if not name.strip():
        return "blank"
    if not _ALLOWED.fullmatch(name):
        return "invalid"
    if len(name) > LONGEST:
        return "too_long"
    lowered = name.lower()
    if any(lowered.translate(table) in RESERVED for table in _LOOKS_LIKE):
        return "reserved"
    return None
