"""Where bytes are kept: in a folder of this machine, or in an object store."""

from marula.base.files.disk import Disk
from marula.base.files.port import Files, Kept, Room, StorageFull, StorageUnreachable
from marula.base.files.s3 import S3, Bucket
from marula.base.files.scratch import clear, scratch

__all__ = ["S3", "Bucket", "Disk", "Files", "Kept", "Room", "StorageFull", "StorageUnreachable", "clear", "scratch"]
