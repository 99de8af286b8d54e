"""Files that people send through the API."""

from pathlib import Path
from typing import Any

from tests.base.imaging.reels import pattern, reel, tone
from tests.base.imaging.samples import encoded, scene
from tests.faces.api.caller import Caller


def picture(width: int = 320, height: int = 200) -> bytes:
    """A picture."""
    return encoded(scene(width, height), "PNG")


def film(folder: Path) -> bytes:
    """A film with sound."""
    return reel(folder, "made.mp4", [*pattern(seconds=0.5, width=160, height=90), *tone(0.5), "-pix_fmt", "yuv420p"])


def sound(folder: Path) -> bytes:
    """A sound."""
    return reel(folder, "made.mp3", tone(0.5))


async def send(
    who: Caller, data: bytes, *, name: str = "a.bin", version: int = 2, expect: int = 200, **form: Any
) -> dict[str, Any]:
    """Upload a file."""
    files: dict[str, Any] = {"file": (name, data, "application/octet-stream")}
    if "thumbnail" in form:
        files["thumbnail"] = ("b.bin", form.pop("thumbnail"), "image/png")
    answer = await who.call("POST", f"/api/v{version}/media", expect=expect, files=files, data=form)
    return answer.json()


async def send_picture(who: Caller, **form: Any) -> str:
    """Upload a picture; its id."""
    return (await send(who, picture(), **form))["id"]
