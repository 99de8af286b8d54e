"""Media: pictures, films and sounds of posts.

A file belongs to an account. It hangs on a post, waits for one that is to be published later, or is loose.

Tables owned: media_attachments.
"""

from marula.domain import storage
from marula.domain.media import rules
from marula.domain.media.actions import attach_remote
from marula.domain.media.store import of_post
from marula.domain.media.types import Attachment, Kind, RemoteFile, State

__all__ = ["Attachment", "Kind", "RemoteFile", "State", "attach_remote", "of_post", "rules"]

storage.refers("media_attachments", "source_id", "original_id", "small_id")
