"""How accounts are known on the wire: the addresses of remote actors, and the keys of all.

The addresses of our own actors follow from their id (`addresses.py`) and are kept nowhere.

Tables owned: actors, actor_keys, departed_actors.
"""

from marula.domain.accounts import INSTANCE
from marula.domain.actors.actions import add_key, depart, learn, signing_key
from marula.domain.actors.addresses import (
    PUBLIC,
    Local,
    account_of,
    actor_uri,
    address,
    answer_uri,
    block_uri,
    context_uri,
    delete_uri,
    flag_uri,
    follow_of,
    follow_uri,
    followed_of,
    instance_name,
    key_uri,
    like_uri,
    move_uri,
    post_of,
    post_uri,
    proof_key_uri,
    quote_request_of,
    quote_request_uri,
    stamp_uri,
    undo_uri,
    update_uri,
    vote_uri,
)
from marula.domain.actors.reading import by_uris, followed_at, own_key
from marula.domain.actors.store import addresses_of, departed, departed_named, fetched_at, key_by_uri, put_off, sender
from marula.domain.actors.types import ActorKey, Addresses, Departed, Known, OwnKey

__all__ = [
    "INSTANCE",
    "PUBLIC",
    "ActorKey",
    "Addresses",
    "Departed",
    "Known",
    "Local",
    "OwnKey",
    "account_of",
    "actor_uri",
    "add_key",
    "address",
    "addresses_of",
    "answer_uri",
    "block_uri",
    "by_uris",
    "context_uri",
    "delete_uri",
    "depart",
    "departed",
    "departed_named",
    "fetched_at",
    "flag_uri",
    "follow_of",
    "follow_uri",
    "followed_at",
    "followed_of",
    "instance_name",
    "key_by_uri",
    "key_uri",
    "learn",
    "like_uri",
    "move_uri",
    "own_key",
    "post_of",
    "post_uri",
    "proof_key_uri",
    "put_off",
    "quote_request_of",
    "quote_request_uri",
    "sender",
    "signing_key",
    "stamp_uri",
    "undo_uri",
    "update_uri",
    "vote_uri",
]
