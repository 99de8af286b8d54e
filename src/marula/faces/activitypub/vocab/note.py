"""Posts as objects: Note and Question, and the activities that carry them.

Spec: ActivityStreams vocabulary, Note and Question; Mastodon documentation, spec/activitypub (status federation)
"""

from marula.base.kernel.config import Config
from marula.domain import actors
from marula.domain.actors import PUBLIC
from marula.domain.posts import Visibility
from marula.faces.activitypub.vocab.context import Document, moment
from marula.views.written import Question, Written


def audience(config: Config, post: Written) -> tuple[list[str], list[str]]:
    """`to` and `cc`."""
    followers = actors.address(config, post.account_id, "followers")
    named = [one.uri for one in post.mentions]
    author = [] if post.boosted_author is None else [post.boosted_author]
    match post.visibility:
        case Visibility.PUBLIC:
            return [PUBLIC], [followers, *author, *named]
        case Visibility.UNLISTED:
            return [followers], [PUBLIC, *author, *named]
        case Visibility.PRIVATE:
            return [followers], [*author, *named]
        case Visibility.DIRECT | Visibility.LIMITED:
            return named, []


def note(config: Config, post: Written) -> Document:
    """The post as an object."""
    to, cc = audience(config, post)
    document: Document = {
        "id": post.uri,
        "type": "Note" if post.question is None else "Question",
        "summary": post.spoiler_text or None,
        "inReplyTo": post.answers,
        "published": moment(post.created_at),
        "url": post.url,
        "attributedTo": post.author,
        "to": to,
        "cc": cc,
        "sensitive": post.sensitive,
        "conversation": f"{config.web_url}/contexts/{post.conversation_id}",
        "content": post.html,
        "attachment": [],
        "tag": _tags(config, post),
        "likes": {"id": f"{post.uri}/likes", "type": "Collection", "totalItems": post.favourites_count},
        "shares": {"id": f"{post.uri}/shares", "type": "Collection", "totalItems": post.reblogs_count},
    }
    if post.language is not None:
        document["contentMap"] = {post.language: post.html}
    if post.edited_at is not None:
        document["updated"] = moment(post.edited_at)
    return document | ({} if post.question is None else _question(post.question))


def create(config: Config, post: Written) -> Document:
    """That the post was written."""
    to, cc = audience(config, post)
    return {
        "id": f"{post.uri}/activity",
        "type": "Create",
        "actor": post.author,
        "published": moment(post.created_at),
        "to": to,
        "cc": cc,
        "object": note(config, post),
    }


def announce(config: Config, post: Written) -> Document:
    """That the author of this boost shares what it boosts."""
    to, cc = audience(config, post)
    return {
        "id": f"{post.uri}/activity",
        "type": "Announce",
        "actor": post.author,
        "published": moment(post.created_at),
        "to": to,
        "cc": cc,
        "object": post.boosts,
    }


def activity(config: Config, post: Written) -> Document:
    """What brought the post into the world: Create, or Announce of a boost."""
    return create(config, post) if post.boosts is None else announce(config, post)


def _tags(config: Config, post: Written) -> list[Document]:
    mentions = [{"type": "Mention", "href": one.uri, "name": f"@{one.acct}"} for one in post.mentions]
    hashtags = [{"type": "Hashtag", "href": f"{config.web_url}/tags/{name}", "name": f"#{name}"} for name in post.tags]
    emojis = [
        {"type": "Emoji", "name": f":{one.shortcode}:", "icon": {"type": "Image", "url": one.url}}
        for one in post.emojis
    ]
    return [*mentions, *hashtags, *emojis]


def _question(question: Question) -> Document:
    shown = [0] * len(question.options) if question.hide_totals and question.closed_at is None else question.tallies
    options = [
        {"type": "Note", "name": option, "replies": {"type": "Collection", "totalItems": count}}
        for option, count in zip(question.options, shown, strict=True)
    ]
    document: Document = {"anyOf" if question.multiple else "oneOf": options, "votersCount": question.voters_count}
    if question.expires_at is not None:
        document["endTime"] = moment(question.expires_at)
    if question.closed_at is not None:
        document["closed"] = moment(question.closed_at)
    return document
