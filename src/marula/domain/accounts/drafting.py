"""From what somebody wants their profile to say to what can be written: checked, and rendered as HTML.

Opens no transaction.
"""

from msgspec import UNSET, UnsetType

from marula.base.db import Connection
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import BlobId
from marula.base.text import count_characters, render_bio, render_field
from marula.domain.accounts import reading, rules
from marula.domain.accounts.types import Account, ActorType, Picture, ProfileChanges, ProfileDraft, ProfileField
from marula.domain.context import Context


async def draft_profile(ctx: Context, db: Connection, who: Account, changes: ProfileChanges) -> ProfileDraft:
    """The profile that these changes make.

    Takes: names and values of fields as written; longer ones than 255 characters are cut, empty rows left out.
    A field that stays as it was stays verified.
    Raises: Invalid with every problem, in the sentences clients show.
    Costs: one statement when there are mentions.
    """
    found = rules.problems(changes, measure=count_characters)
    if found:
        raise Invalid(*found)
    note: str | UnsetType = UNSET if changes.note is UNSET else changes.note.strip()
    rows = () if changes.fields is UNSET else rules.kept_fields(changes.fields)
    verified = {(field.name, field.value): field.verified_at for field in who.fields}
    named = await reading.named(ctx, db, "\n".join([note or "", *[value for _, value in rows]]))
    links = {handle: reading.mention_link(ctx, account) for handle, account in named.items()}

    def tag_url(name: str) -> str:
        return f"{ctx.config.web_url}/tags/{name}"

    return ProfileDraft(
        actor_type=_actor_type(who, changes),
        display_name=_stripped(changes.display_name),
        note=note,
        note_html=UNSET if note is UNSET else render_bio(note, mentions=links, tag_url=tag_url),
        fields=UNSET
        if changes.fields is UNSET
        else tuple(
            ProfileField(
                name=name,
                value=value,
                html=render_field(value, mentions=links, tag_url=tag_url),
                verified_at=verified.get((name, value)),
            )
            for name, value in rows
        ),
        avatar_id=_original(changes.avatar),
        avatar_still_id=_still(changes.avatar),
        header_id=_original(changes.header),
        header_still_id=_still(changes.header),
        avatar_description=_stripped(changes.avatar_description),
        header_description=_stripped(changes.header_description),
        locked=changes.locked,
        discoverable=changes.discoverable,
        indexable=changes.indexable,
        hide_collections=changes.hide_collections,
        show_media=changes.show_media,
        show_media_replies=changes.show_media_replies,
        show_featured=changes.show_featured,
        attribution_domains=UNSET
        if changes.attribution_domains is UNSET
        else rules.kept_domains(changes.attribution_domains),
    )


def _stripped(text: str | UnsetType) -> str | UnsetType:
    return UNSET if text is UNSET else text.strip()


def _original(picture: Picture | UnsetType | None) -> BlobId | UnsetType | None:
    return picture.original_id if isinstance(picture, Picture) else picture


def _still(picture: Picture | UnsetType | None) -> BlobId | UnsetType | None:
    return picture.still_id if isinstance(picture, Picture) else picture


def _actor_type(who: Account, changes: ProfileChanges) -> ActorType | UnsetType:
    """A bot is a Service, a group a Group, everybody else a Person."""
    if changes.bot is UNSET and changes.group is UNSET:
        return UNSET
    bot = who.actor_type == "Service" if changes.bot is UNSET else changes.bot
    group = who.actor_type == "Group" and not bot if changes.group is UNSET else changes.group
    return "Group" if group else "Service" if bot else "Person"
