"""The people of the sample pages and what they say, in the shapes of the entities Account and Status."""

from typing import Any
from zlib import crc32

Entity = dict[str, Any]

DOMAIN = "marula.example"


def picture(sky: str, sun: str, hill: str, front: str) -> str:
    """A landscape in four colours."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" width="1200" height="800">'
        f'<rect width="1200" height="800" fill="{sky}"/><circle cx="860" cy="300" r="130" fill="{sun}"/>'
        f'<path d="M0 560Q300 340 620 520T1200 430V800H0z" fill="{hill}"/>'
        f'<path d="M0 690Q420 520 760 660T1200 610V800H0z" fill="{front}"/></svg>'
    )


def face(ground: str, skin: str, shirt: str) -> str:
    """A portrait in three colours."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="{ground}"/>'
        f'<circle cx="48" cy="40" r="18" fill="{skin}"/>'
        f'<path d="M12 96c0-24 16-34 36-34s36 10 36 34z" fill="{shirt}"/></svg>'
    )


PICTURES = {
    "dawn.svg": picture("#f3d9b1", "#f6a96b", "#8fa36a", "#3f5b3c"),
    "lake.svg": picture("#bcd9e6", "#fff6d8", "#6f9aa5", "#2f5561"),
    "dusk.svg": picture("#6b5b95", "#f2b5a7", "#453c67", "#241f3d"),
    "lerato.svg": face("#e7c9a1", "#7a4a2b", "#2f6b35"),
    "tomas.svg": face("#bcd4d9", "#e3b78f", "#3c4f76"),
    "yuki.svg": face("#f2c6c3", "#f0cfa8", "#7d3c58"),
    "radio.svg": face("#d6dc4c", "#f7f8c8", "#18231a"),
    "leaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
    '<path d="M3 17C3 7 8 3 17 3c0 9-4 14-14 14z" fill="#4f8b43"/></svg>',
}

LEAF: Entity = {
    "shortcode": "leaf",
    "url": "/sample/leaf.svg",
    "static_url": "/sample/leaf.svg",
    "visible_in_picker": True,
}


def account(username: str, name: str, avatar: str = "missing.png", **changes: Any) -> Entity:
    """An Account."""
    image = f"/sample/{avatar}"
    made: Entity = {
        "id": str(crc32(username.encode())),
        "username": username,
        "acct": username,
        "url": f"https://{DOMAIN}/@{username}",
        "uri": f"https://{DOMAIN}/users/{username}",
        "display_name": name,
        "note": "",
        "avatar": image,
        "avatar_static": image,
        "avatar_description": "",
        "header": "/sample/missing.png",
        "header_static": "/sample/missing.png",
        "header_description": "",
        "locked": False,
        "bot": False,
        "group": False,
        "discoverable": True,
        "indexable": True,
        "emojis": [],
        "fields": [],
        "created_at": "2026-02-11T00:00:00.000Z",
        "last_status_at": "2026-03-01",
        "statuses_count": 214,
        "following_count": 187,
        "followers_count": 1260,
    }
    return made | changes


LERATO = account(
    "lerato",
    "Lerato Mokoena :leaf:",
    "lerato.svg",
    avatar_description="Portrait of Lerato",
    header="/sample/dawn.svg",
    header_static="/sample/dawn.svg",
    header_description="Hills at dawn",
    emojis=[LEAF],
    note="<p>Botanist at the edge of the Lowveld. I draw trees, ferment what falls from them and write about both.</p>"
    '<p>English, Sesotho, a little português. <a href="https://marula.example/tags/trees" '
    'class="mention hashtag" rel="tag">#<span>trees</span></a></p>',
    fields=[
        {
            "name": "Garden notes",
            "value": '<a href="https://lerato.example" rel="me nofollow noopener"><span class="invisible">https://</span>lerato.example</a>',
            "verified_at": "2026-02-12T09:00:00.000+00:00",
        },
        {"name": "Pronouns", "value": "she/her", "verified_at": None},
        {"name": "Grows", "value": "Marula, sorghum, patience", "verified_at": None},
    ],
    roles=[{"id": "3", "name": "Owner", "color": ""}],
)
TOMAS = account("tomas", "Tomáš Dvořák", "tomas.svg", statuses_count=1, followers_count=1, locked=True)
YUKI = account("yuki", "山本 ゆき", "yuki.svg", acct="yuki@sakura.example", url="https://sakura.example/@yuki")
NOOR = account("noor", "نور الهاشمي")
BARE = account("newcomer_with_a_rather_long_username", "", statuses_count=0, following_count=0, followers_count=0)
RADIO = account("radio", "Valley Radio", "radio.svg", bot=True)


def attachment(name: str, description: str | None, kind: str = "image") -> Entity:
    """A MediaAttachment."""
    return {
        "id": "7",
        "type": kind,
        "url": f"/sample/{name}",
        "preview_url": f"/sample/{name}" if kind != "audio" else None,
        "remote_url": None,
        "description": description,
        "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj" if kind != "audio" else None,
        "meta": {"original": {"width": 1200, "height": 800}, "focus": {"x": 0.4, "y": -0.2}}
        if kind != "audio"
        else None,
    }


def status(number: int, author: Entity, content: str, **changes: Any) -> Entity:
    """A Status."""
    made: Entity = {
        "id": str(number),
        "uri": f"https://{DOMAIN}/users/{author['username']}/statuses/{number}",
        "url": f"https://{DOMAIN}/@{author['username']}/{number}",
        "created_at": f"2026-03-01T{8 + number % 12:02}:{number % 60:02}:00.000Z",
        "edited_at": None,
        "account": author,
        "content": f"<p>{content}</p>",
        "visibility": "public",
        "sensitive": False,
        "spoiler_text": "",
        "language": "en",
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
        "quote": None,
        "reblog": None,
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
    }
    return made | changes


def mention(person: Entity) -> Entity:
    """A Status::Mention."""
    return {key: person[key] for key in ("id", "username", "acct", "url")}


def called(person: Entity) -> str:
    """A mention as it stands in the html of a post."""
    name, address = person["username"], person["url"]
    return f'<span class="h-card"><a href="{address}" class="u-url mention">@<span>{name}</span></a></span>'


CARD: Entity = {
    "url": "https://lerato.example/ferment",
    "title": "What falls from the tree: a field guide to fermenting marula",
    "description": "Pick up, never pluck. The fruit ripens on the ground, and the next two days decide everything.",
    "provider_name": "lerato.example",
    "image": "/sample/dawn.svg",
    "image_description": "Hills at dawn",
    "width": 1200,
    "height": 630,
    "type": "link",
    "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
    "published_at": "2026-02-11T08:00:00.000Z",
    "authors": [{"name": "Lerato", "url": "https://lerato.example/", "account": LERATO}],
}

FRUIT = status(
    101,
    LERATO,
    "First marulas on the ground this morning. The elephants were here before me, as every year, and left exactly "
    'eleven.</p><p>Notes on what to do with eleven: <a href="https://lerato.example/ferment" rel="nofollow noopener">'
    '<span class="invisible">https://</span><span class="ellipsis">lerato.example/fer</span>'
    '<span class="invisible">ment</span></a> '
    '<a href="https://marula.example/tags/marula" class="mention hashtag" rel="tag">#<span>marula</span></a> :leaf:',
    emojis=[LEAF],
    card=CARD,
    replies_count=5,
    reblogs_count=38,
    favourites_count=1204,
    quotes_count=2,
    edited_at="2026-03-01T14:20:00.000Z",
    application={"name": "Tusky", "website": None},
)
PHOTO = status(
    102,
    TOMAS,
    "The lake has two moods, and they are an hour apart.",
    media_attachments=[
        attachment("lake.svg", "A pale lake under a bright sky"),
        attachment("dusk.svg", "The same hills in violet dusk"),
        attachment("dawn.svg", None),
    ],
    favourites_count=17,
    reblogs_count=1,
)
POLL = status(
    103,
    RADIO,
    "What shall we play on Saturday evening?",
    poll={
        "id": "1",
        "expires_at": "2026-03-04T18:00:00.000Z",
        "expired": False,
        "multiple": True,
        "votes_count": 171,
        "voters_count": 123,
        "options": [
            {"title": "Mbaqanga, all of it", "votes_count": 81},
            {"title": "Two hours of frogs, recorded at the dam", "votes_count": 64},
            {"title": "The council meeting", "votes_count": 26},
        ],
        "emojis": [],
    },
    replies_count=9,
)
WARNED = status(
    104,
    YUKI,
    "終わり方が本当に好きでした。",
    spoiler_text="映画「川のほとり」のネタバレ",
    language="ja",
    favourites_count=4,
)
ARABIC = status(105, NOOR, "الشجرة التي لا تتعب من العطاء، نجلس في ظلها ونحكي.", language="ar", reblogs_count=3)
VEILED = status(
    106,
    TOMAS,
    "Close-up of the stitches, for the curious. Healing well!",
    sensitive=True,
    media_attachments=[attachment("dusk.svg", "A stitched thumb")],
    visibility="unlisted",
)
SOUND = status(
    107,
    RADIO,
    "Last night’s frogs.",
    media_attachments=[attachment("frogs.ogg", "Two minutes of reed frogs", "audio")],
    visibility="private",
)
FILM = status(108, LERATO, "Wind, forty seconds.", media_attachments=[attachment("lake.svg", None, "video")])
MIXED = status(
    110,
    RADIO,
    "The whole evening: what it looked like, what it sounded like, and the tree that fell.",
    media_attachments=[
        attachment("dusk.svg", "Violet hills; a crowd under lamps"),
        attachment("lake.svg", "Forty seconds of wind over water", "video"),
        attachment("frogs.ogg", "Two minutes of reed frogs", "audio") | {"preview_url": "/sample/dawn.svg"},
        attachment("dawn.svg", "A " + "very " * 60 + "long description")
        | {"url": None, "remote_url": "https://far.example/a.bin"},
    ],
)
SMALL = status(
    111,
    YUKI,
    "読んでほしい。",
    language="ja",
    card=CARD
    | {"width": 400, "height": 400, "type": "video", "image": "/sample/dusk.svg", "authors": [], "provider_name": ""},
)
QUOTING = status(
    109,
    TOMAS,
    "This, but with plums. Every single year.",
    quote={"state": "accepted", "quoted_status": FRUIT},
    favourites_count=1,
)
UNQUOTED = status(
    110, BARE, "I liked this one.", quote={"state": "revoked", "quoted_status": None}, visibility="direct"
)
BOOST = status(111, TOMAS, "", reblog=FRUIT)
HELLO = status(112, BARE, "Hello! I have just arrived. Who here bakes?", in_reply_to_id=None)


def reply(number: int, author: Entity, to: Entity, words: str, **changes: Any) -> Entity:
    """A Status that answers another."""
    person = to["account"]
    return status(
        number,
        author,
        f"{called(person)} {words}",
        in_reply_to_id=to["id"],
        in_reply_to_account_id=person["id"],
        mentions=[mention(person)],
        **changes,
    )


ELEVEN = reply(120, TOMAS, FRUIT, "Eleven is a jam, not a beer.", favourites_count=12, replies_count=2)
PATIENCE = reply(121, LERATO, ELEVEN, "Eleven is a very small beer. I have a very small glass.", favourites_count=40)
GLASS = reply(122, TOMAS, PATIENCE, "Then I bring the second one. Sunday?")
SUNDAY = reply(123, LERATO, GLASS, "Sunday. Bring plums.", favourites_count=2)
PLUMS = reply(124, TOMAS, SUNDAY, "When do I not.")
ELEPHANTS = reply(125, YUKI, FRUIT, "象たちは数を数えているのですね。", language="ja", reblogs_count=1)
SHADE = reply(126, NOOR, FRUIT, "What do they do when there are twelve?", replies_count=0)

TIMELINE = [FRUIT, PHOTO, POLL, WARNED, ARABIC, VEILED, SOUND, FILM, QUOTING, UNQUOTED, BOOST, HELLO, ELEVEN]
