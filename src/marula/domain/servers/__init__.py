"""Other servers: how they do. Who is heard of or reached is well; who fails for seven days is unavailable.

A server is known by the host of its addresses, in lower case, with the port where that is not the usual one
(`host_of`).

Tables owned: servers.
"""

from marula.domain.servers.actions import failed, heard, reached, revive
from marula.domain.servers.events import ServerRevived, ServerUnavailable
from marula.domain.servers.reading import form_of, learn_form, remember_forms
from marula.domain.servers.rules import host_of
from marula.domain.servers.store import one, shunned, unavailable
from marula.domain.servers.types import DAYS, PROBED_EVERY, Health

__all__ = [
    "DAYS",
    "PROBED_EVERY",
    "Health",
    "ServerRevived",
    "ServerUnavailable",
    "failed",
    "form_of",
    "heard",
    "host_of",
    "learn_form",
    "one",
    "reached",
    "remember_forms",
    "revive",
    "shunned",
    "unavailable",
]
