"""The words of actors."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import AccountId
from marula.domain.accounts import ActorType, ProfileDraft


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Where an actor of another server takes and gives. Only the inbox is sure to be there."""

    inbox: str
    shared_inbox: str | None = None
    outbox: str | None = None
    followers: str | None = None
    following: str | None = None
    featured: str | None = None
    featured_tags: str | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the document of a remote actor says, checked: who it is, what its profile says, its addresses and keys.

    `keys`: pairs of key id and public key as PEM. `suspended`: its own server says that it is.
    """

    uri: str
    username: str
    domain: str
    actor_type: ActorType
    created_at: datetime | None
    profile: ProfileDraft
    addresses: Addresses
    keys: tuple[tuple[str, str], ...]
    suspended: bool = False


class Departed(msgspec.Struct, frozen=True, kw_only=True):
    """A local actor that is gone, or about to go: where it is to be told of. Its key is kept to say so."""

    account_id: AccountId
    username: str
    inboxes: tuple[str, ...]


class ActorKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key of a remote actor, as PEM, and whose it is."""

    uri: str
    account_id: AccountId
    public: str


class OwnKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key pair of one of our actors, as PEM. The private ones are not shown in logs.

    `proof`: the private key of its proofs (Ed25519); None for who is gone, or has none yet.
    """

    uri: str
    public: str
    private: str
    proof: str | None = None

    def __repr__(self) -> str:
        return f"OwnKey(uri={self.uri!r})"
