"""From an order to what was made: which decoder reads which format."""

from pathlib import Path

from marula.base.imaging import allowed, pictures
from marula.base.imaging.kinds import Family, Kind
from marula.base.imaging.messages import Done, Order
from marula.base.imaging.types import TooLarge, Undecodable


def done(order: Order) -> Done:
    """Carry out one order. Raises Undecodable, TooLarge; OSError when the folder cannot be written."""
    kind = Kind[order.kind]
    try:
        if kind.family is Family.PICTURE:
            return Done(pictures.decode(Path(order.source), Path(order.into), kind, order.recipe, order.limits))
        raise Undecodable(allowed.unknown(order.recipe))
    except MemoryError:
        raise TooLarge(allowed.too_much_memory(kind, order.limits)) from None
