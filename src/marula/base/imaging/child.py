"""The process that decodes: `python -m marula.base.imaging.child`.

It has libvips loaded and nothing else to do. Each order is carried out by a fork of it, which has limits of its own,
sees one file and ends: what a hostile file does to it is gone with it. When the server goes away, all of them do.
"""

import os
import select
import signal
import sys
import traceback

import msgspec

from marula.base.imaging import work
from marula.base.imaging.messages import (
    LONGEST,
    Answer,
    Broken,
    Died,
    Done,
    Order,
    Refusal,
    Report,
    Unwritten,
    read,
    written,
)
from marula.base.imaging.restraints import restrain
from marula.base.imaging.types import Cost, TooLarge, Undecodable

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes that `ru_maxrss` counts."""


def main() -> None:
    """Carry out orders from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while order := sys.stdin.buffer.readline():
        sys.stdout.buffer.write(written(_carried_out(order)) + b"\n")
        sys.stdout.buffer.flush()


def _carried_out(order: bytes) -> Report:
    """By a fork; what it says goes through a pipe of its own."""
    reading, writing = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(reading)
        _fork(order, writing)
    os.close(writing)
    said = _heard(reading)
    _, status, usage = os.wait4(fork, 0)
    cost = Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * PEAK_UNIT)
    return Report(_judged(said, status), cost)


def _heard(reading: int) -> bytes:
    """All that the fork says. When the server is gone nobody wants it: the whole group ends."""
    said = b""
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while len(said) <= LONGEST:
            ready, _, _ = select.select([pipe, sys.stdin], [], [])
            if sys.stdin in ready:
                os.killpg(0, signal.SIGKILL)
            more = pipe.read(LONGEST)
            if not more:
                break
            said += more
    return said


def _judged(said: bytes, status: int) -> Answer:
    if os.WIFSIGNALED(status):
        return Died(os.WTERMSIG(status))
    try:
        return read(said, Answer)
    except msgspec.DecodeError:
        return Died(0)


def _fork(order: bytes, writing: int) -> None:
    """Never returns."""
    try:
        with open(os.devnull, "r+b") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(nothing.fileno(), 1)
        answer = _answer(read(order, Order))
        os.write(writing, written(answer))
        os._exit(0)
    finally:
        os._exit(1)


def _answer(order: Order) -> Answer:
    restrain(order.restraints)
    try:
        return Done(work.done(order))
    except (Undecodable, TooLarge) as refused:
        return Refusal(refused.why, isinstance(refused, TooLarge))
    except OSError as error:
        return Unwritten(error.errno or 0, error.strerror or str(error))
    except Exception:
        return Broken(traceback.format_exc()[-LONGEST // 2 :])


if __name__ == "__main__":
    main()
