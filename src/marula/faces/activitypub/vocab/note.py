"""Posts as objects: Note and Question, and the activities that carry them.

Spec: ActivityStreams vocabulary, Note and Question; Mastodon documentation, spec/activitypub (status federation);
FEP-044f (quotes); FEP-7888 (context); FEP-1b12 (audience)
"""

from collections.abc import Sequence
from datetime import datetime

from marula.base.kernel.config import Config
from marula.base.kernel.ids import AccountId
from marula.domain import actors
from marula.domain.actors import PUBLIC
from marula.domain.posts import Quoters, Visibility, rules
from marula.faces.activitypub.vocab import activities
from marula.faces.activitypub.vocab.attached import attached
from marula.faces.activitypub.vocab.context import Document, exact, moment
from marula.faces.activitypub.vocab.preview import preview
from marula.faces.activitypub.vocab.tags import tags
from marula.views.written import OWN_REPLIES, Question, Quoting, Written


def named(post: Written) -> list[str]:
    """Who is addressed by name: whoever is mentioned, groups with their followers, whose post is answered, and the
    group in which it is written.

    An answer that not everybody may read is for those whom its author named, and for nobody else.
    """
    people = [uri for one in post.mentions for uri in (one.uri, one.followers) if uri is not None]
    if post.answered is not None and post.visibility in rules.BOOSTABLE:
        people.append(post.answered.uri)
    if post.group is not None and post.visibility in rules.BOOSTABLE:
        people.append(post.group)
    return list(dict.fromkeys(people))


def audience(config: Config, post: Written) -> tuple[list[str], list[str]]:
    """`to` and `cc`."""
    author = [] if post.boosted_author is None else [post.boosted_author]
    return addressed(config, post.account_id, post.visibility, [*author, *named(post)])


def addressed(
    config: Config, author: AccountId, visibility: Visibility, people: Sequence[str]
) -> tuple[list[str], list[str]]:
    """`to` and `cc` of what an author says with this visibility and to these people.

    Spec: federation practice, addressing and visibility
    """
    followers = actors.address(config, author, "followers")
    match visibility:
        case Visibility.PUBLIC:
            return [PUBLIC], [followers, *people]
        case Visibility.UNLISTED:
            return [followers], [PUBLIC, *people]
        case Visibility.PRIVATE:
            return [followers], [*people]
        case Visibility.DIRECT | Visibility.LIMITED:
            return [*people], []


def note(config: Config, post: Written) -> Document:
    """The post as an object."""
    to, cc = audience(config, post)
    thread = None if post.conversation_id is None else actors.context_uri(config, post.conversation_id)
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
        "atomUri": post.uri,
        "inReplyToAtomUri": post.answers,
        "conversation": thread,
        "content": post.html,
        "attachment": [attached(one) for one in post.files] or ([] if post.card is None else [preview(post.card)]),
        "tag": tags(config, post),
        "replies": _replies(config, post),
        "likes": {"id": f"{post.uri}/likes", "type": "Collection", "totalItems": post.favourites_count},
        "shares": {"id": f"{post.uri}/shares", "type": "Collection", "totalItems": post.reblogs_count},
        "interactionPolicy": {"canQuote": {"automaticApproval": _quoters(config, post)}},
    }
    if thread is not None:
        document["context"] = thread
    if post.group is not None and post.visibility in rules.BOOSTABLE:
        document["audience"] = post.group
    if post.approved_by is not None:
        document["approvedBy"] = post.approved_by
    if post.language is not None:
        document["contentMap"] = {post.language: post.html}
    if post.edited_at is not None:
        document["updated"] = exact(post.edited_at)
    if post.quotes is not None:
        document |= _quote(post.quotes)
    return document | ({} if post.question is None else _question(post.question))


def create(config: Config, post: Written) -> Document:
    """That the post was written."""
    return _about("Create", f"{post.uri}/activity", config, post) | {"object": note(config, post)}


def announce(config: Config, post: Written) -> Document:
    """That the author of this boost shares what it boosts."""
    assert post.boosts is not None
    whole = activities.announce(config, post.account_id, post.uri, post.boosts, audience(config, post))
    return whole | {"published": moment(post.created_at)}


def update(config: Config, post: Written) -> Document:
    """That the post says something else. The moment of the edit, to the millisecond, tells it from other edits."""
    edited = post.edited_at or post.created_at
    uri = actors.update_uri(post.uri, int(edited.timestamp() * 1000))
    return _about("Update", uri, config, post) | {"published": moment(edited), "object": note(config, post)}


def update_silently(config: Config, post: Written, at: datetime) -> Document:
    """How the poll of the post stands at a moment, or who may quote it from then on. Without `updated`: it is no edit.

    Spec: FEP-9967; federation practice, polls
    """
    whole = {name: value for name, value in note(config, post).items() if name != "updated"}
    uri = actors.update_uri(post.uri, int(at.timestamp() * 1000))
    return _about("Update", uri, config, post) | {"published": moment(at), "object": whole}


def activity(config: Config, post: Written) -> Document:
    """What brought the post into the world: Create, or Announce of a boost."""
    return create(config, post) if post.boosts is None else announce(config, post)


def stamp(config: Config, uri: str, quoting: str, quoted: Written) -> Document:
    """The consent of an author of ours to a quote. Spec: FEP-044f, QuoteAuthorization"""
    return {
        "id": uri,
        "type": "QuoteAuthorization",
        "attributedTo": quoted.author,
        "interactingObject": quoting,
        "interactionTarget": quoted.uri,
    }


def _about(kind: str, uri: str, config: Config, post: Written) -> Document:
    to, cc = audience(config, post)
    whole = activities.activity(kind, uri, post.author, None, to=to, cc=cc)
    return whole | {"published": moment(post.created_at)}


def _replies(config: Config, post: Written) -> Document:
    """The collection of answers, with the first ones of the author: those belong to what they say."""
    uri, own = f"{post.uri}/replies", post.own_replies
    more = f"{uri}?page=true&min_id={own[-1]}" if len(own) == OWN_REPLIES else None
    first = {
        "type": "CollectionPage",
        "next": more or f"{uri}?only_other_accounts=true&page=true",
        "partOf": uri,
        "items": [actors.post_uri(config, post.account_id, reply) for reply in own],
    }
    return {"id": uri, "type": "Collection", "first": first}


def _quoters(config: Config, post: Written) -> list[str]:
    """Who may quote the post without asking; the author alone stands for nobody."""
    groups = {
        Quoters.PUBLIC: PUBLIC,
        Quoters.FOLLOWERS: actors.address(config, post.account_id, "followers"),
        Quoters.FOLLOWING: actors.address(config, post.account_id, "following"),
    }
    return [uri for group, uri in groups.items() if post.quoters & group] or [post.author]


def _quote(quote: Quoting) -> Document:
    """What is quoted, in every form that is read somewhere."""
    forms: Document = dict.fromkeys(("quote", "_misskey_quote", "quoteUri", "quoteUrl"), quote.uri)
    return forms | ({} if quote.stamp is None else {"quoteAuthorization": quote.stamp})


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
