"""Accounts as actors.

Spec: ActivityPub 4; Mastodon documentation, spec/activitypub (profiles); FEP-2c59 (webfinger)
"""

from collections.abc import Sequence

import msgspec

from marula.base.crypto.keys import private_key
from marula.base.crypto.multikeys import multikey
from marula.base.kernel.config import Config
from marula.base.kernel.ids import AccountId
from marula.domain import actors
from marula.domain.accounts import Account
from marula.domain.actors import INSTANCE, OwnKey
from marula.domain.emoji import Emoji
from marula.faces.activitypub.vocab.context import Document, moment
from marula.faces.activitypub.vocab.tags import emojis


def instance(config: Config, key: OwnKey) -> Document:
    """The server itself, with the few properties that it has.

    Spec: FEP-d556; federation practice, identity
    """
    uri, name = actors.actor_uri(config, INSTANCE), actors.instance_name(config)
    return {
        "id": uri,
        "type": "Application",
        "preferredUsername": name,
        "webfinger": f"{name}@{config.local_domain}",
        "inbox": actors.address(config, INSTANCE, "inbox"),
        "outbox": actors.address(config, INSTANCE, "outbox"),
        "endpoints": {"sharedInbox": f"{config.web_url}/inbox"},
        "url": config.web_url,
        "manuallyApprovesFollowers": True,
    } | _keys(config, INSTANCE, key)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a profile shows besides what stands in it: custom emoji, avatar and header, and where it moved to."""

    emojis: Sequence[Emoji] = ()
    icon: Document | None = None
    image: Document | None = None
    moved_to: str | None = None


def actor(config: Config, account: Account, key: OwnKey, known: Known) -> Document:
    """A local account. One that is suspended shows nothing of what it said of itself."""
    uri = actors.actor_uri(config, account.id)
    shown = account.suspended_at is None
    document: Document = {
        "id": uri,
        "type": account.actor_type,
        "preferredUsername": account.username,
        "webfinger": f"{account.username}@{config.local_domain}",
        "name": (account.display_name if shown else "") or account.username,
        "summary": account.note_html if shown else "",
        "url": f"{config.web_url}/@{account.username}",
        "inbox": actors.address(config, account.id, "inbox"),
        "outbox": actors.address(config, account.id, "outbox"),
        "followers": actors.address(config, account.id, "followers"),
        "following": actors.address(config, account.id, "following"),
        "featured": actors.address(config, account.id, "collections/featured"),
        "featuredTags": actors.address(config, account.id, "collections/tags"),
        "endpoints": {"sharedInbox": f"{config.web_url}/inbox"},
        "manuallyApprovesFollowers": account.locked,
        "discoverable": bool(account.discoverable) and shown,
        "indexable": account.indexable and shown,
        "memorial": account.memorial,
        "suspended": not shown,
        "published": moment(account.created_at.replace(hour=0, minute=0, second=0)),
        "attributionDomains": list(account.attribution_domains),
        "alsoKnownAs": list(account.also_known_as),
        "attachment": [
            {"type": "PropertyValue", "name": field.name, "value": field.html} for field in account.fields if shown
        ],
        "tag": emojis(config, known.emojis if shown else ()),
        "showFeatured": account.show_featured,
        "showMedia": account.show_media,
        "showRepliesInMedia": account.show_media_replies,
    } | _keys(config, account.id, key)
    pictures = {"icon": known.icon, "image": known.image} if shown else {}
    more = pictures | {"movedTo": known.moved_to}
    return document | {name: value for name, value in more.items() if value is not None}


def _keys(config: Config, account: AccountId, key: OwnKey) -> Document:
    """The key that signs, and the one that makes proofs. Spec: FEP-521a"""
    uri = actors.actor_uri(config, account)
    known: Document = {"publicKey": {"id": key.uri, "owner": uri, "publicKeyPem": key.public}}
    if key.proof is None:
        return known
    proving = {"id": actors.proof_key_uri(config, account), "type": "Multikey", "controller": uri}
    return known | {
        "assertionMethod": [proving | {"publicKeyMultibase": multikey(private_key(key.proof).public_key())}]
    }
