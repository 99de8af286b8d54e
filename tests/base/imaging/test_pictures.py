"""What becomes of pictures."""

import io
from pathlib import Path
from typing import Any

import msgspec
import numpy
import pytest
from PIL import Image

from marula.base.imaging import ATTACHMENT, AVATAR, EMOJI, HEADER, PREVIEW, THUMBNAIL, Made, Name
from tests.base.imaging.conftest import Desk
from tests.base.imaging.samples import (
    BLUE,
    GREEN,
    ICC,
    MARK,
    RED,
    WHITE,
    encoded,
    exif,
    heic,
    held,
    moving,
    noise,
    scene,
)


def opened(made: Made) -> Image.Image:
    picture = Image.open(made.path)
    picture.load()
    return picture


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """The colours of the four quarters."""
    picture = picture.convert("RGB")
    width, height = picture.size
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    found = [picture.getpixel(place) for place in places]
    return [one for one in found if isinstance(one, tuple)]


def assert_scene(picture: Image.Image) -> None:
    for got, wanted in zip(corners(picture), (RED, GREEN, BLUE, WHITE), strict=True):
        assert all(abs(a - b) < 30 for a, b in zip(got, wanted, strict=True)), (got, wanted)


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (encoded(scene(), "JPEG"), "jpg"),
        (encoded(scene(), "PNG"), "png"),
        (encoded(scene(), "WEBP", quality=95), "webp"),
        (encoded(scene(), "GIF"), "png"),
        (encoded(scene(), "AVIF", quality=90), "jpg"),
        (heic(scene()), "jpg"),
    ],
    ids=["jpeg", "png", "webp", "gif", "avif", "heic"],
)
async def test_each_format_becomes_one_that_everybody_can_show(desk: Desk, data: bytes, ending: str) -> None:
    decoded = await desk.decode(data)
    assert decoded.kind == "image"
    assert desk.left == [f"original.{ending}", f"small.{ending}"]
    for made in decoded.files.values():
        assert made.path.parent == desk.into
        assert made.size == made.path.stat().st_size
        picture = opened(made)
        assert picture.size == (made.width, made.height) == (320, 200)
        assert Image.MIME[picture.format or ""] == made.content_type
        assert_scene(picture)


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_pictures_stand_upright_however_the_camera_was_held(desk: Desk, orientation: int) -> None:
    decoded = await desk.decode(held(orientation))
    for made in decoded.files.values():
        assert_scene(opened(made))
        assert (made.width, made.height) == (320, 200)


async def test_a_picture_held_sideways_is_cropped_upright(desk: Desk) -> None:
    decoded = await desk.decode(held(6, 900, 600), HEADER)
    made = decoded.files[Name.ORIGINAL]
    assert (made.width, made.height) == (900, 300)
    assert_scene(opened(made))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
async def test_nothing_is_told_of_who_took_a_picture_where(desk: Desk, form: str) -> None:
    data = encoded(scene(), form, exif=exif(), xmp=f"<x>{MARK}</x>".encode())
    assert MARK.encode() in data
    decoded = await desk.decode(data)
    for made in decoded.files.values():
        data = made.path.read_bytes()
        assert MARK.encode() not in data
        assert not opened(made).getexif()


async def test_nothing_is_told_of_who_took_a_picture_with_a_phone(desk: Desk) -> None:
    data = heic(scene(), exif=exif().tobytes())
    assert MARK.encode() in data
    decoded = await desk.decode(data)
    assert not any(MARK.encode() in made.path.read_bytes() for made in decoded.files.values())


async def test_comments_are_removed(desk: Desk) -> None:
    decoded = await desk.decode(encoded(scene(), "JPEG", comment=MARK.encode()))
    assert not any(MARK.encode() in made.path.read_bytes() for made in decoded.files.values())


@pytest.mark.parametrize(
    "data",
    [encoded(scene(), form, icc_profile=ICC) for form in ("JPEG", "PNG", "WEBP", "AVIF")]
    + [heic(scene(), icc_profile=ICC)],
    ids=["jpeg", "png", "webp", "avif", "heic"],
)
async def test_the_colour_profile_is_kept(desk: Desk, data: bytes) -> None:
    decoded = await desk.decode(data)
    for made in decoded.files.values():
        assert opened(made).info["icc_profile"] == ICC


async def test_what_only_pretends_to_be_a_colour_profile_is_removed(desk: Desk) -> None:
    decoded = await desk.decode(encoded(scene(), "PNG", icc_profile=b"<script>alert(1)</script>" * 20))
    assert "icc_profile" not in opened(decoded.files[Name.ORIGINAL]).info


async def test_colours_of_print_become_those_of_screens(desk: Desk) -> None:
    decoded = await desk.decode(encoded(scene(mode="CMYK"), "JPEG", quality=95))
    picture = opened(decoded.files[Name.ORIGINAL])
    assert picture.mode == "RGB"
    red = corners(picture)[0]
    assert red[0] > 150
    assert max(red[1:]) < 100


async def test_sixteen_bits_become_eight(desk: Desk) -> None:
    ramp = numpy.tile(numpy.linspace(0, 65535, 256, dtype=numpy.uint16), (64, 1))
    decoded = await desk.decode(encoded(Image.fromarray(ramp), "PNG"))
    picture = opened(decoded.files[Name.ORIGINAL])
    assert picture.mode == "L"
    assert picture.getpixel((0, 0)) == 0
    assert picture.getpixel((255, 0)) == 255
    middle = picture.getpixel((128, 0))
    assert isinstance(middle, int)
    assert abs(middle - 128) < 3


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P", "1", "L"])
async def test_grey_and_clear_pictures_stay_so(desk: Desk, mode: str) -> None:
    picture = scene(mode=mode)
    if "A" in mode:
        picture.putalpha(Image.new("L", picture.size, 100))
    decoded = await desk.decode(encoded(picture, "PNG"))
    made = opened(decoded.files[Name.ORIGINAL])
    assert made.mode == {"P": "RGB", "1": "L"}.get(mode, mode)
    if "A" in mode:
        assert made.getchannel("A").getextrema() == (100, 100)
    assert decoded.blurhash is not None


async def test_what_can_be_seen_through_stays_so_in_other_formats(desk: Desk) -> None:
    picture = scene(mode="RGBA")
    picture.putalpha(Image.new("L", picture.size, 0))
    decoded = await desk.decode(encoded(picture, "AVIF"))
    made = decoded.files[Name.ORIGINAL]
    assert made.content_type == "image/webp"
    assert opened(made).getchannel("A").getextrema() == (0, 0)


async def test_a_large_picture_is_shrunk_to_both_sizes(desk: Desk) -> None:
    decoded = await desk.decode(encoded(noise(4000, 3000), "JPEG", quality=85))
    assert msgspec.to_builtins(decoded.meta) == {
        "original": {"width": 3325, "height": 2494, "size": "3325x2494", "aspect": 3325 / 2494},
        "small": {"width": 554, "height": 415, "size": "554x415", "aspect": 554 / 415},
    }
    for name in (Name.ORIGINAL, Name.SMALL):
        made = decoded.files[name]
        assert opened(made).size == (made.width, made.height)


async def test_a_small_picture_is_not_made_larger(desk: Desk) -> None:
    decoded = await desk.decode(encoded(scene(40, 30), "PNG"), AVATAR)
    assert (decoded.files[Name.ORIGINAL].width, decoded.files[Name.ORIGINAL].height) == (30, 30)


@pytest.mark.parametrize(
    ("recipe", "size"), [(AVATAR, (400, 400)), (HEADER, (1500, 500)), (PREVIEW, (640, 360)), (EMOJI, (512, 288))]
)
async def test_each_purpose_has_its_size(desk: Desk, recipe: Any, size: tuple[int, int]) -> None:
    decoded = await desk.decode(encoded(scene(1920, 1080), "PNG"), recipe)
    made = decoded.files[Name.ORIGINAL]
    assert opened(made).size == (made.width, made.height) == size
    assert_scene(opened(made))


async def test_long_thin_pictures_keep_at_least_a_pixel(desk: Desk) -> None:
    decoded = await desk.decode(encoded(Image.new("RGB", (8000, 1)), "PNG"), EMOJI)
    assert (decoded.files[Name.ORIGINAL].width, decoded.files[Name.ORIGINAL].height) == (512, 1)


@pytest.mark.parametrize(("form", "ending"), [("GIF", "gif"), ("WEBP", "webp")])
@pytest.mark.parametrize("recipe", [AVATAR, EMOJI], ids=["avatar", "emoji"])
async def test_an_avatar_that_moves_goes_on_and_has_a_still_picture(
    desk: Desk, form: str, ending: str, recipe: Any
) -> None:
    decoded = await desk.decode(moving(form, width=600, height=450), recipe)
    assert desk.left == [f"original.{ending}", "static.png"]
    original, static = (opened(decoded.files[name]) for name in (Name.ORIGINAL, Name.STATIC))
    assert getattr(original, "n_frames", 1) == 6
    assert original.size == static.size == (decoded.files[Name.ORIGINAL].width, decoded.files[Name.ORIGINAL].height)
    assert getattr(static, "n_frames", 1) == 1
    original.seek(3)
    original.load()
    assert original.info["duration"] == 100
    assert original.info.get("loop", 0) == 0


async def test_an_avatar_that_does_not_move_has_no_still_picture(desk: Desk) -> None:
    decoded = await desk.decode(encoded(scene(), "GIF"), AVATAR)
    assert set(decoded.files) == {Name.ORIGINAL}


async def test_an_emoji_always_has_a_still_picture(desk: Desk) -> None:
    picture = scene(32, 32, "RGBA")
    picture.putalpha(Image.new("L", picture.size, 90))
    decoded = await desk.decode(encoded(picture, "WEBP"), EMOJI)
    assert desk.left == ["original.webp", "static.png"]
    assert opened(decoded.files[Name.STATIC]).mode == "RGBA"


async def test_a_cover_has_colours_that_can_be_read_on_each_other(desk: Desk) -> None:
    picture = Image.new("RGB", (300, 300), (20, 30, 60))
    picture.paste((240, 240, 230), (60, 60, 240, 160))
    picture.paste((250, 120, 10), (60, 200, 240, 240))
    decoded = await desk.decode(encoded(picture, "PNG"), THUMBNAIL)
    assert set(decoded.files) == {Name.SMALL}
    found = msgspec.to_builtins(decoded.meta)["colors"]
    assert_like(found["background"], (20, 30, 60))
    assert_like(found["foreground"], (240, 240, 230))
    assert_like(found["accent"], (250, 120, 10))


def assert_like(written: str, colour: tuple[int, int, int]) -> None:
    assert all(abs(a - b) < 16 for a, b in zip(bytes.fromhex(written[1:]), colour, strict=True)), written


async def test_a_cover_of_one_colour_has_colours_too(desk: Desk) -> None:
    decoded = await desk.decode(encoded(Image.new("RGB", (30, 30), (255, 255, 255)), "PNG"), THUMBNAIL)
    assert msgspec.to_builtins(decoded.meta)["colors"] == {
        "background": "#ffffff",
        "foreground": "#000000",
        "accent": "#000000",
    }


async def test_the_same_file_gives_the_same_bytes(desk: Desk) -> None:
    data = encoded(noise(500, 400), "JPEG")
    first = (await desk.decode(data)).files[Name.ORIGINAL].path.read_bytes()
    second = (await desk.decode(data)).files[Name.ORIGINAL].path.read_bytes()
    assert first == second
    assert first != data


async def test_a_name_that_climbs_out_of_the_folder_means_nothing(desk: Desk, tmp_path: Path) -> None:
    odd = tmp_path / "..%2f$(reboot);'\".html"
    odd.write_bytes(encoded(scene(), "JPEG"))
    decoded = await desk.decode(odd.read_bytes(), ATTACHMENT)
    assert {made.path.name for made in decoded.files.values()} == {"original.jpg", "small.jpg"}
    assert io.BytesIO(decoded.files[Name.ORIGINAL].path.read_bytes()).read(3) == b"\xff\xd8\xff"
