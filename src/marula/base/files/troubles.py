"""What goes wrong with a disk, in our words."""

import errno
from collections.abc import Generator
from contextlib import contextmanager

from marula.base.files.port import StorageFull, StorageUnreachable

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
BROKEN = (errno.EROFS, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE)
"""What only disks say; other errors of the system may come from elsewhere."""


@contextmanager
def on_disk() -> Generator[None]:
    """Whatever the system says within the block is said of the disk. Raises StorageFull, StorageUnreachable."""
    try:
        yield
    except OSError as error:
        raise _trouble(error) from error


@contextmanager
def beside_others() -> Generator[None]:
    """The same, where the block does other things, too: what may not be the disk's fault is passed on."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM or error.errno in BROKEN:
            raise _trouble(error) from error
        raise


def _trouble(error: OSError) -> StorageFull | StorageUnreachable:
    return StorageFull() if error.errno in NO_ROOM else StorageUnreachable()
