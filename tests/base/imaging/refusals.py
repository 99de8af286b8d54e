"""What a file that is refused must look like."""

import re

import pytest

from marula.base.imaging import Limits, TooLarge, Undecodable
from tests.base.imaging.conftest import Desk
from tests.base.imaging.samples import encoded, scene


async def refused(desk: Desk, data: bytes, error: type[Exception] = Undecodable, **options: object) -> str:
    """The sentence with which these bytes are refused; nothing may be left."""
    with pytest.raises(error) as caught:
        await desk.decode(data, **options)  # pyright: ignore[reportArgumentType]
    assert desk.left == []
    sentence = str(caught.value)
    assert re.search(r"Allowed are ", sentence), sentence
    assert str(desk.folder) not in sentence
    return sentence


async def refused_somehow(desk: Desk, data: bytes, limits: Limits) -> None:
    with pytest.raises((TooLarge, Undecodable)) as caught:
        await desk.decode(data, limits=limits)
    assert "Allowed are" in str(caught.value)
    assert desk.left == []


async def still_works(desk: Desk) -> None:
    """The next file is none the worse for it."""
    assert (await desk.decode(encoded(scene(), "JPEG"))).kind == "image"
    for path in desk.into.iterdir():
        path.unlink()
