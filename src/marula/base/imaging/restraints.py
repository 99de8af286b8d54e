"""What a process that reads strangers' files may use. Linux has all of these limits; macOS lacks that of memory."""

import os
import resource
import sys

import msgspec

FILES = 128
"""How many it may have open."""


class Restraints(msgspec.Struct, frozen=True):
    """Bytes of address space, seconds of work, and bytes of each file written."""

    memory: int
    cpu: int
    written: int


def restrain(restraints: Restraints) -> None:
    """Bind this process, and those it starts, for ever. It works only when others have nothing to do."""
    os.nice(10)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, FILES)
    _limit(resource.RLIMIT_FSIZE, restraints.written)
    _limit(resource.RLIMIT_CPU, restraints.cpu, restraints.cpu + 1)
    if sys.platform != "darwin":  # its kernel takes no limit of address space
        _limit(resource.RLIMIT_AS, restraints.memory)


def _limit(which: int, warned: int, killed: int | None = None) -> None:
    _, allowed = resource.getrlimit(which)
    most = warned if killed is None else killed
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    resource.setrlimit(which, (min(warned, most), most))
