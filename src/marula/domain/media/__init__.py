"""Media: pictures, films and sounds of posts.

A file belongs to an account. It hangs on a post, waits for one that is to be published later, or is loose; loose ones
go after a day.

Tables owned: media_attachments.
"""

from marula.domain import storage
from marula.domain.media import processing, reactions, rules, store
from marula.domain.media.actions import attach, attach_remote, change, hold, remove, renew, upload
from marula.domain.media.choosing import choose
from marula.domain.media.events import MediaChanged, MediaProcessed, MediaRemoved, MediaUploaded
from marula.domain.media.fetching import Part, had, pass_on
from marula.domain.media.passes import pass_of, passed
from marula.domain.media.processing import bring_source, make, make_thumbnail, seems
from marula.domain.media.store import detach, discard, let_go, of_post, own, withdraw
from marula.domain.media.types import (
    Attachment,
    Change,
    Chosen,
    Kind,
    Made,
    RemoteFile,
    State,
    Thumbnail,
    Upload,
)
from marula.domain.storage import Purpose

__all__ = [
    "Attachment",
    "Change",
    "Chosen",
    "Kind",
    "Made",
    "MediaChanged",
    "MediaProcessed",
    "MediaRemoved",
    "MediaUploaded",
    "Part",
    "RemoteFile",
    "State",
    "Thumbnail",
    "Upload",
    "attach",
    "attach_remote",
    "bring_source",
    "change",
    "choose",
    "detach",
    "discard",
    "had",
    "hold",
    "let_go",
    "make",
    "make_thumbnail",
    "of_post",
    "own",
    "pass_of",
    "pass_on",
    "passed",
    "processing",
    "reactions",
    "remove",
    "renew",
    "rules",
    "seems",
    "upload",
    "withdraw",
]

storage.yields(Purpose.ATTACHMENT, store.give_up_copies)
storage.refers("media_attachments", "source_id", "original_id", "small_id")
