"""Decode a file in another process."""

import asyncio
import errno
import shutil
import signal
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from marula.base.imaging import allowed
from marula.base.imaging.decoders import decoders
from marula.base.imaging.kinds import HEAD, Family, Kind, may_move, sniff
from marula.base.imaging.messages import Answer, Broken, Died, Done, Order, Refusal, Report, Unwritten, read, written
from marula.base.imaging.programs import ffmpeg
from marula.base.imaging.restraints import Restraints
from marula.base.imaging.types import (
    Decoded,
    DecoderFailed,
    Limits,
    Motion,
    Recipe,
    TooLarge,
    Undecodable,
)

WORK = ".decoding-"


async def decode(source: Path, into: Path, recipe: Recipe, *, limits: Limits = Limits()) -> Decoded:
    """Make what the recipe asks of this file, in the folder `into`; nothing is left there when it fails.

    Raises Undecodable or TooLarge when it is the file's fault, OSError when the folder cannot be written,
    DecoderFailed when it is ours.
    Costs: a process of its own, which is kept warm for half a minute.
    """
    kind, film = await asyncio.to_thread(_checked, source, recipe)
    with _folder(into) as work:
        program = await asyncio.to_thread(ffmpeg) if film else None
        report = await _asked(_order(source, work, kind, recipe, limits, program))
        decoded = _result(report.answer, kind, limits)
        return msgspec.structs.replace(_moved(decoded, work, into), cost=report.cost)


async def stop() -> None:
    """End the processes of this event loop that have nothing to do."""
    await decoders().stop()


def _checked(source: Path, recipe: Recipe) -> tuple[Kind, bool]:
    """The format, if it is taken and the file is not too large; and whether it is, or may become, a film or a sound."""
    with source.open("rb") as file:
        head = file.read(HEAD)
    kind = sniff(head)
    if kind is None or not allowed.takes(recipe, kind):
        raise Undecodable(allowed.unknown(recipe))
    film = kind.family is not Family.PICTURE or (recipe.motion is Motion.FILM and may_move(head))
    most = recipe.film_bytes if film else recipe.picture_bytes
    if source.stat().st_size > most:
        raise TooLarge(allowed.too_many_bytes(kind, most))
    return kind, film


def _order(source: Path, work: Path, kind: Kind, recipe: Recipe, limits: Limits, program: str | None) -> Order:
    film = program is not None
    return Order(
        source=str(source.absolute()),
        into=str(work),
        kind=kind.name,
        recipe=recipe,
        limits=limits,
        ffmpeg=program,
        restraints=Restraints(
            memory=limits.film_memory if film else limits.memory,
            cpu=limits.film_cpu if film else limits.cpu,
            written=limits.made_bytes,
        ),
    )


async def _asked(order: Order) -> Report:
    kind = Kind[order.kind]
    film = order.ffmpeg is not None
    clock = order.limits.film_clock if film else order.limits.clock
    try:
        async with decoders().one(film=film) as decoder, asyncio.timeout(clock):
            said = await decoder.ask(written(order) + b"\n")
            report: Report = read(said, Report)
            if isinstance(report.answer, Died):
                await decoder.kill()  # what it had started may still run
            return report
    except TimeoutError:
        raise TooLarge(allowed.too_much_work(kind, order.limits)) from None
    except msgspec.DecodeError:
        return Report(Died(0))


def _result(answer: Answer, kind: Kind, limits: Limits) -> Decoded:
    match answer:
        case Done(decoded):
            return decoded
        case Refusal(sentence, too_large):
            raise TooLarge(sentence) if too_large else Undecodable(sentence)
        case Died(signal.SIGXCPU):
            raise TooLarge(allowed.too_much_work(kind, limits))
        case Died(signal.SIGXFSZ):
            raise TooLarge(allowed.too_much_made(limits.made_bytes))
        case Died():
            raise Undecodable(allowed.damaged(kind))
        case Unwritten(errno.EFBIG):
            raise TooLarge(allowed.too_much_made(limits.made_bytes))
        case Unwritten(number, words):
            raise OSError(number, words)
        case Broken(trace):
            raise DecoderFailed(trace)


@contextmanager
def _folder(into: Path) -> Generator[Path]:
    """A folder beside what is to be made, which goes whatever happens."""
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=into.absolute()))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _moved(decoded: Decoded, work: Path, into: Path) -> Decoded:
    """What was made, at its place. Only plain files of that folder count."""
    files = {}
    for name, made in decoded.files.items():
        here = work / made.path.name
        if here.is_symlink() or not here.is_file():
            raise DecoderFailed(f"{made.path.name} was not made")
        files[name] = msgspec.structs.replace(made, path=here.rename(into / made.path.name))
    return msgspec.structs.replace(decoded, files=files)
