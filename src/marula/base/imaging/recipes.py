"""What is made of each sort of file."""

from marula.base.imaging.kinds import Family
from marula.base.imaging.types import Box, Motion, Name, Recipe

MIB = 1024 * 1024

SMALL = Box(area=230_400)
"""As large as previews are. Spec: limits.json, media.image_small_pixels"""

ATTACHMENT = Recipe(
    families=(Family.PICTURE, Family.FILM, Family.SOUND),
    made={Name.ORIGINAL: Box(area=8_294_400), Name.SMALL: SMALL},
    motion=Motion.FILM,
    blurhash=True,
    picture_bytes=16 * MIB,
    film_bytes=99 * MIB,
)
"""A file of a post. Spec: limits.json, media.image_original_pixels, media.image_size_limit, media.video_size_limit"""

THUMBNAIL = Recipe(
    families=(Family.PICTURE,), made={Name.SMALL: SMALL}, blurhash=True, colors=True, picture_bytes=16 * MIB
)
"""The picture that stands for a film or a sound, when people choose one themselves."""

POSTER = Recipe(families=(Family.PICTURE,), made={Name.SMALL: SMALL}, blurhash=True, picture_bytes=16 * MIB)
"""The first frame of a film."""

AVATAR = Recipe(
    families=(Family.PICTURE,),
    made={Name.ORIGINAL: Box(width=400, height=400, crop=True)},
    motion=Motion.KEPT,
    static="moving",
    picture_bytes=8 * MIB,
)
"""Spec: limits.json, media.avatar_size_limit"""

HEADER = Recipe(
    families=(Family.PICTURE,),
    made={Name.ORIGINAL: Box(width=1500, height=500, crop=True)},
    motion=Motion.KEPT,
    static="moving",
    picture_bytes=8 * MIB,
)
"""Spec: limits.json, media.header_size_limit"""

EMOJI = Recipe(
    families=(Family.PICTURE,),
    formats=("png", "gif", "webp"),
    made={Name.ORIGINAL: Box(width=512, height=512)},
    motion=Motion.KEPT,
    static="always",
    picture_bytes=256 * 1024,
)
"""Spec: limits.json, media.emoji_size_limit, media.emoji_types"""

PREVIEW = Recipe(families=(Family.PICTURE,), made={Name.ORIGINAL: SMALL}, blurhash=True, picture_bytes=8 * MIB)
"""The picture of a link's card. Spec: limits.json, media.preview_card_image_limit"""
