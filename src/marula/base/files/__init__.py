"""Where bytes are kept: in a folder of this machine, or in an object store (`s3`, for those who have one)."""

from marula.base.files.disk import Disk
from marula.base.files.port import Files, Kept, Room, StorageFull, StorageUnreachable
from marula.base.files.scratch import clear, scratch
from marula.base.files.troubles import on_disk

__all__ = ["Disk", "Files", "Kept", "Room", "StorageFull", "StorageUnreachable", "clear", "on_disk", "scratch"]
