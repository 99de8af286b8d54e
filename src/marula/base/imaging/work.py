"""From an order to what was made: which decoder reads which format."""

from pathlib import Path

import pyvips

from marula.base.imaging import allowed, films, pictures, sounds
from marula.base.imaging.complete import complete
from marula.base.imaging.ffmpeg import Ffmpeg
from marula.base.imaging.kinds import Family, Kind
from marula.base.imaging.messages import Order
from marula.base.imaging.opened import opened
from marula.base.imaging.probe import Film, probe
from marula.base.imaging.types import Decoded, TooLarge, Undecodable


def done(order: Order) -> Decoded:
    """Carry out one order. Raises Undecodable, TooLarge; OSError when the folder cannot be written."""
    kind, source, into = Kind[order.kind], Path(order.source), Path(order.into)
    try:
        if not complete(source, kind):
            raise Undecodable(allowed.damaged(kind))
        if order.ffmpeg is None:
            return pictures.decode(source, into, kind, order.recipe, order.limits)
        file = Ffmpeg(order.ffmpeg, source, into, kind, order.limits)
        if kind.family is Family.PICTURE:
            return _picture(file, order)
        found = probe(file)
        if isinstance(found, Film):
            return films.film(file, found)
        return sounds.sound(file, found.sound)
    except pyvips.Error as error:
        raise Undecodable(allowed.damaged(kind)) from error
    except MemoryError:
        raise TooLarge(allowed.too_much_memory(kind, order.limits)) from None


def _picture(file: Ffmpeg, order: Order) -> Decoded:
    """One that becomes a film if it moves, and else is held to the limits of pictures."""
    picture = opened(file.source, file.kind, order.limits, moving=True)
    if picture.frames > 1:
        return films.gifv(file, picture)
    if file.source.stat().st_size > order.recipe.picture_bytes:
        raise TooLarge(allowed.too_many_bytes(file.kind, order.recipe.picture_bytes))
    return pictures.decode(file.source, file.into, file.kind, order.recipe, order.limits)
