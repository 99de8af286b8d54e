"""What the `tag` of a post or a profile lists: Mention, Hashtag, Emoji.

Spec: Mastodon documentation, spec/activitypub (Hashtag, Emoji); FEP-eb48; FEP-9098
"""

from collections.abc import Sequence
from urllib.parse import quote

from marula.base.kernel.config import Config
from marula.domain.emoji import Emoji
from marula.domain.posts import rules
from marula.faces.activitypub.vocab.context import Document, moment
from marula.views.written import Written

TYPES = {"png": "image/png", "gif": "image/gif", "webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
"""Of pictures of emoji, by the end of their addresses. Spec: limits.json, media.emoji_types"""


def tags(config: Config, post: Written) -> list[Document]:
    """All of a post. An answer that everybody may read mentions whose post it answers: groups look for themselves."""
    people = list(post.mentions)
    if post.answered is not None and post.visibility in rules.BOOSTABLE:
        people.append(post.answered)
    mentions = {one.uri: {"type": "Mention", "href": one.uri, "name": f"@{one.acct}"} for one in reversed(people)}
    hashtags = [hashtag(f"{config.web_url}/tags/{quote(name)}", display) for name, display in post.tags]
    return [*reversed(mentions.values()), *hashtags, *emojis(config, post.emojis)]


def hashtag(href: str, name: str) -> Document:
    """A hashtag, as its author writes it."""
    return {"type": "Hashtag", "href": href, "name": f"#{name}"}


def emojis(config: Config, known: Sequence[Emoji]) -> list[Document]:
    """Custom emoji of this server."""
    return [emoji(config, one) for one in known]


def emoji(config: Config, one: Emoji) -> Document:
    """A custom emoji. One of another server has no id here."""
    picture: Document = {"type": "Image", "url": one.url}
    kind = TYPES.get(one.url.rpartition(".")[2].lower())
    identifier = {"id": f"{config.web_url}/emojis/{one.id}"} if one.domain is None else {}
    return identifier | {
        "type": "Emoji",
        "name": f":{one.shortcode}:",
        "updated": moment(one.updated_at),
        "icon": picture | ({} if kind is None else {"mediaType": kind}),
    }
