"""The SQL of media: `attaching` (on posts), `uploads` (of people here) and `copies` (of files of others)."""

from marula.domain.media.store.attaching import attach, detach, discard, hold, let_go, of_post, own
from marula.domain.media.store.copies import (
    claim,
    fetchable,
    give_up,
    give_up_copies,
    keep_remote,
    keep_still,
    postpone,
    reject,
    remote,
    renew,
    replace_remote,
    welcome,
)
from marula.domain.media.store.uploads import change, fail, finish, insert, remove, source, sweep, withdraw

__all__ = [
    "attach",
    "change",
    "claim",
    "detach",
    "discard",
    "fail",
    "fetchable",
    "finish",
    "give_up",
    "give_up_copies",
    "hold",
    "insert",
    "keep_remote",
    "keep_still",
    "let_go",
    "of_post",
    "own",
    "postpone",
    "reject",
    "remote",
    "remove",
    "renew",
    "replace_remote",
    "source",
    "sweep",
    "welcome",
    "withdraw",
]
