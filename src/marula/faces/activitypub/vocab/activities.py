"""Activities about people and about what is there already; those that carry posts are in `note`.

Each has an id, an actor and an audience: strict peers drop what lacks one of them. What an activity takes back or
answers is embedded whole, with the id that it was first sent with.
Spec: ActivityStreams vocabulary, activity types; Mastodon documentation, spec/activitypub
"""

from collections.abc import Sequence
from typing import Any, Literal

from marula.base.kernel.config import Config
from marula.base.kernel.ids import AccountId, FollowId, PostId, QuoteId, ReportId
from marula.domain import actors
from marula.domain.actors import PUBLIC
from marula.faces.activitypub.vocab.context import Document


def activity(kind: str, uri: str, actor: str, what: Any, *, to: Sequence[str], cc: Sequence[str] = ()) -> Document:
    """Any activity."""
    return {"id": uri, "type": kind, "actor": actor, "to": list(to), "cc": list(cc), "object": what}


EMBEDDED = ("id", "type", "actor", "object", "content", "_misskey_reaction", "tag")


def embedded(whole: Document) -> Document:
    """An activity as it stands inside another: who did what, under which id."""
    return {name: whole[name] for name in EMBEDDED if name in whole}


def undo(whole: Document) -> Document:
    """That an activity of ours holds no longer, told to those who heard of it."""
    reach = {"to": whole["to"], "cc": whole["cc"]}
    uri = actors.undo_uri(whole["id"])
    return activity("Undo", uri, whole["actor"], embedded(whole), **reach)


def follow(config: Config, who: AccountId, follow: FollowId, target: str) -> Document:
    """That one of ours wants to follow somebody."""
    return activity(
        "Follow", actors.follow_uri(config, who, follow), actors.actor_uri(config, who), target, to=[target]
    )


def received_follow(config: Config, uri: str | None, follower: str, who: AccountId) -> Document:
    """A Follow that one of ours was sent, as far as an answer needs it. `uri`: the id that its sender gave it,
    when it is known; without it who follows whom tells which one is meant.
    """
    whole = {"type": "Follow", "actor": follower, "object": actors.actor_uri(config, who)}
    return whole if uri is None else {"id": uri, **whole}


def accept(config: Config, who: AccountId, follow: FollowId, received: Document) -> Document:
    """That one of ours lets somebody follow. `received`: their Follow."""
    uri = actors.answer_uri(config, who, "accepts", follow)
    return activity("Accept", uri, actors.actor_uri(config, who), received, to=[received["actor"]])


def reject(config: Config, who: AccountId, follow: FollowId, received: Document) -> Document:
    """That one of ours does not let somebody follow, or no longer. `received`: their Follow."""
    uri = actors.answer_uri(config, who, "rejects", follow)
    return activity("Reject", uri, actors.actor_uri(config, who), received, to=[received["actor"]])


def move(config: Config, who: AccountId, number: int, target: str) -> Document:
    """That one of ours goes on as another account."""
    actor = actors.actor_uri(config, who)
    followers = actors.address(config, who, "followers")
    return activity("Move", actors.move_uri(config, who, number), actor, actor, to=[followers]) | {"target": target}


def request_quote(config: Config, who: AccountId, quote: QuoteId, quoted: str, instrument: Document) -> Document:
    """That one of ours asks whether their post may quote another one. Spec: FEP-044f"""
    uri = actors.quote_request_uri(config, who, quote)
    return activity("QuoteRequest", uri, actors.actor_uri(config, who), quoted, to=()) | {"instrument": instrument}


def answer_quote(
    config: Config, who: AccountId, how: Literal["accepts", "rejects"], number: int, asked: Document, stamp: str | None
) -> Document:
    """What one of ours answers to somebody who asked whether they may quote. `asked`: their QuoteRequest."""
    kind = "Accept" if how == "accepts" else "Reject"
    uri = f"{actors.actor_uri(config, who)}#{how}/quote_requests/{number}"
    whole = activity(kind, uri, actors.actor_uri(config, who), asked, to=[asked["actor"]])
    return whole | ({} if stamp is None else {"result": stamp})


def announce(
    config: Config, who: AccountId, boost: str, post: str, reach: tuple[Sequence[str], Sequence[str]]
) -> Document:
    """That one of ours shares a post. `boost`: the id of the sharing; `reach`: `to` and `cc`."""
    to, cc = reach
    return activity("Announce", f"{boost}/activity", actors.actor_uri(config, who), post, to=to, cc=cc)


def like(config: Config, who: AccountId, favourite: int, post: str, author: str) -> Document:
    """That one of ours marked a post as a favourite."""
    return activity("Like", actors.like_uri(config, who, favourite), actors.actor_uri(config, who), post, to=[author])


def react(
    config: Config, who: AccountId, reaction: int, post: str, author: str, *, content: str, emoji: Document | None
) -> Document:
    """That one of ours reacted to a post with an emoji: a Like that says which, so that every server shows what it can.

    Takes: `content`, a character or `:shortcode:`, and `emoji`, the picture of a custom one.
    Spec: FEP-c0e0
    """
    uri, actor = actors.reaction_uri(config, who, reaction), actors.actor_uri(config, who)
    said = {"content": content, "_misskey_reaction": content, "tag": [] if emoji is None else [emoji]}
    return activity("Like", uri, actor, post, to=[author]) | said


def block(config: Config, who: AccountId, block: int, target: str) -> Document:
    """That one of ours wants nothing to do with somebody."""
    return activity("Block", actors.block_uri(config, who, block), actors.actor_uri(config, who), target, to=[target])


def flag(config: Config, report: ReportId, target: str, posts: Sequence[str], comment: str) -> Document:
    """A report, passed on to the server of whom it is about. Who made it is not told.

    Spec: Mastodon documentation, spec/activitypub (reports federation)
    """
    server = actors.actor_uri(config, actors.INSTANCE)
    return activity("Flag", actors.flag_uri(config, report), server, [target, *posts], to=[target]) | {
        "content": comment
    }


def feature(config: Config, who: AccountId, what: str | Document, *, place: str, time: int, gone: bool) -> Document:
    """That a post or a hashtag is put on a profile, or taken from there.

    Takes: `place`, the kind of thing, and `time`, which tells this time from any other.
    """
    actor = actors.actor_uri(config, who)
    kind, verb = ("Remove", "remove") if gone else ("Add", "add")
    whole = activity(
        kind, f"{actor}#{place}/{time}/{verb}", actor, what, to=[PUBLIC], cc=[actors.address(config, who, "followers")]
    )
    return whole | {"target": actors.address(config, who, "collections/featured")}


def vote(config: Config, who: AccountId, poll: tuple[int, int], option: str, question: str, author: str) -> Document:
    """A choice in somebody's poll. `poll`: its number here and the place of the option.

    Spec: FEP-9967
    """
    actor, uri = actors.actor_uri(config, who), actors.vote_uri(config, who, *poll)
    choice = {
        "id": uri,
        "type": "Note",
        "name": option,
        "attributedTo": actor,
        "inReplyTo": question,
        "to": [author],
        "cc": [],
    }
    return activity("Create", f"{uri}/activity", actor, choice, to=[author])


def update_actor(config: Config, who: AccountId, version: int, document: Document) -> Document:
    """That a profile says something else."""
    actor = actors.actor_uri(config, who)
    uri = actors.update_uri(actor, version)
    return activity("Update", uri, actor, document, to=[PUBLIC], cc=[actors.address(config, who, "followers")])


def delete_actor(config: Config, who: AccountId) -> Document:
    """That one of ours is gone for good."""
    actor = actors.actor_uri(config, who)
    return activity("Delete", actors.delete_uri(actor), actor, actor, to=[PUBLIC])


def delete_post(
    config: Config, author: AccountId, post: PostId, reach: tuple[Sequence[str], Sequence[str]]
) -> Document:
    """That a post is gone, told to those it was for. `reach`: `to` and `cc` that it had."""
    gone = tombstone(config, author, post)
    to, cc = reach
    return activity("Delete", actors.delete_uri(gone["id"]), actors.actor_uri(config, author), gone, to=to, cc=cc)


def tombstone(config: Config, author: AccountId, post: PostId) -> Document:
    """What stands where a post was.

    Spec: ActivityStreams vocabulary, Tombstone
    """
    uri = actors.post_uri(config, author, post)
    return {"id": uri, "type": "Tombstone", "atomUri": uri}
