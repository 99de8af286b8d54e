"""The addresses of our own actors, posts and activities, made and read. The only place that knows their shape.

Spec: Mastodon documentation, spec/activitypub; ids never change, handles may
"""

import re
from collections.abc import Callable
from typing import Literal, TypeAlias, TypeVar
from urllib.parse import urlsplit

from marula.base.kernel import ids
from marula.base.kernel.config import Config
from marula.base.kernel.ids import AccountId, FollowId, PostId, QuoteId, ReportId
from marula.domain.accounts import INSTANCE

N = TypeVar("N", bound=int)

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"

Local: TypeAlias = Literal[
    "inbox", "outbox", "followers", "following", "collections/featured", "collections/tags", "followers_synchronization"
]

_INSTANCE = "/actor"
_ACTOR = re.compile(r"/ap/users/([0-9]{1,19})")
_FOLLOWERS = re.compile(r"/ap/users/([0-9]{1,19})/followers")
_FOLLOW = re.compile(r"follows/([0-9]{1,19})")
_LIKE = re.compile(r"(likes|reactions)/([0-9]{1,19})")
_POST = re.compile(r"/ap/users/[0-9]{1,19}/statuses/([0-9]{1,19})(?:/activity)?")


def actor_uri(config: Config, account: AccountId) -> str:
    """The id of a local actor; of the server itself when it is INSTANCE."""
    return f"{config.web_url}{_INSTANCE}" if account == INSTANCE else f"{config.web_url}/ap/users/{account}"


def instance_name(config: Config) -> str:
    """The name of the server itself in its handle: its domain, without a port.

    Spec: FEP-d556
    """
    return config.local_domain.partition(":")[0]


def address(config: Config, account: AccountId, what: Local) -> str:
    """A collection or inbox of a local actor."""
    return f"{actor_uri(config, account)}/{what}"


def post_uri(config: Config, account: AccountId, post: PostId) -> str:
    """The id of a local post."""
    return f"{actor_uri(config, account)}/statuses/{post}"


def context_uri(config: Config, conversation: int) -> str:
    """The collection of the posts of a thread."""
    return f"{config.web_url}/contexts/{conversation}"


def follow_uri(config: Config, who: AccountId, follow: FollowId) -> str:
    """The id of a Follow of ours, from the request to its end."""
    return f"{actor_uri(config, who)}#follows/{follow}"


def follow_of(config: Config, uri: str) -> tuple[AccountId, FollowId] | None:
    """Whose Follow has this id, and which one it is; None when it is not one of ours."""
    base, _, fragment = uri.partition("#")
    who, found = account_of(config, base), _FOLLOW.fullmatch(fragment)
    follow = None if found is None else ids.parse(FollowId, found[1])
    return None if who is None or follow is None else (who, follow)


def move_uri(config: Config, who: AccountId, move: int) -> str:
    """The id of a Move of ours."""
    return f"{actor_uri(config, who)}#moves/{move}"


def quote_request_uri(config: Config, who: AccountId, quote: QuoteId) -> str:
    """The id of the question of ours whether somebody may be quoted."""
    return f"{actor_uri(config, who)}#quote_requests/{quote}"


def quote_request_of(config: Config, uri: str) -> QuoteId | None:
    """Which quote a question with this id is about; None when it is not one of ours."""
    base, _, fragment = uri.partition("#")
    kind, _, number = fragment.partition("/")
    return ids.parse(QuoteId, number) if kind == "quote_requests" and account_of(config, base) is not None else None


def answer_uri(config: Config, who: AccountId, answer: Literal["accepts", "rejects"], follow: FollowId) -> str:
    """The id of an Accept or Reject of a follow."""
    return f"{actor_uri(config, who)}#{answer}/follows/{follow}"


def like_uri(config: Config, who: AccountId, favourite: int) -> str:
    """The id of a Like of ours."""
    return f"{actor_uri(config, who)}#likes/{favourite}"


def reaction_uri(config: Config, who: AccountId, reaction: int) -> str:
    """The id of a Like of ours that says an emoji."""
    return f"{actor_uri(config, who)}#reactions/{reaction}"


def like_of(config: Config, uri: str) -> tuple[AccountId, Literal["likes", "reactions"], int] | None:
    """Whose Like has this id, which kind it is, and its number; None when it is not one of ours."""
    base, _, fragment = uri.partition("#")
    who, found = account_of(config, base), _LIKE.fullmatch(fragment)
    number = None if found is None else ids.parse(int, found[2])
    if who is None or found is None or number is None:
        return None
    return who, "likes" if found[1] == "likes" else "reactions", number


def block_uri(config: Config, who: AccountId, block: int) -> str:
    """The id of a Block of ours."""
    return f"{actor_uri(config, who)}#blocks/{block}"


def vote_uri(config: Config, who: AccountId, poll: int, choice: int) -> str:
    """The id of a vote of ours."""
    return f"{actor_uri(config, who)}#votes/{poll}/{choice}"


def flag_uri(config: Config, report: ReportId) -> str:
    """The id of a report that this server passes on."""
    return f"{actor_uri(config, INSTANCE)}#flags/{report}"


def stamp_uri(config: Config, quoted: AccountId, quote: QuoteId) -> str:
    """The id of the consent to a quote of our post."""
    return f"{actor_uri(config, quoted)}/quote_authorizations/{quote}"


def undo_uri(activity: str) -> str:
    """The id of what takes an activity of ours back."""
    return f"{activity}/undo"


def update_uri(thing: str, version: int) -> str:
    """The id of the Update to this version of an actor or post of ours."""
    return f"{thing}#updates/{version}"


def delete_uri(thing: str) -> str:
    """The id of the Delete of an actor or post of ours."""
    return f"{thing}#delete"


def account_of(config: Config, uri: str) -> AccountId | None:
    """The local actor with this id; None when it is not one of ours."""
    if uri == actor_uri(config, INSTANCE):
        return INSTANCE
    return _number(AccountId, config, uri, _ACTOR)


def post_of(config: Config, uri: str) -> PostId | None:
    """The local post, or the boost, with this id; None when it is not one of ours."""
    return _number(PostId, config, uri, _POST)


def followed_of(config: Config, uri: str) -> AccountId | None:
    """The local actor whose followers collection this is; None when it is none of ours."""
    return _number(AccountId, config, uri, _FOLLOWERS)


def key_uri(config: Config, account: AccountId) -> str:
    """The id of a local actor's key."""
    return f"{actor_uri(config, account)}#main-key"


def proof_key_uri(config: Config, account: AccountId) -> str:
    """The id of the key with which a local actor makes proofs."""
    return f"{actor_uri(config, account)}#proof-key"


def _number(kind: Callable[[int], N], config: Config, uri: str, shape: re.Pattern[str]) -> N | None:
    parts = urlsplit(uri)
    if f"{parts.scheme}://{parts.netloc}".lower() != config.web_url.lower():
        return None
    found = shape.fullmatch(parts.path)
    return None if found is None else ids.parse(kind, found[1])
