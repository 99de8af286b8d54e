"""The settings and the rules as every process remembers them."""

from marula.base.db import Connection
from marula.base.events import Remembered
from marula.domain.context import Context
from marula.domain.site import privacy, store
from marula.domain.site.types import PrivacyPolicy, Rule, SiteSettings

SETTINGS = Remembered("site.settings", store.settings)
RULES = Remembered("site.rules", store.rules)


async def get(ctx: Context) -> SiteSettings:
    """The settings in force. Costs: nothing, or one statement when this process has forgotten them."""
    return await ctx.memory.get(SETTINGS)


async def house_rules(ctx: Context) -> tuple[Rule, ...]:
    """The rules of the house, in their order. Costs: as `get`."""
    return await ctx.memory.get(RULES)


async def privacy_policy(ctx: Context, db: Connection) -> PrivacyPolicy:
    """What becomes of people's data: in the owner's words, or else in those of the program."""
    text = (await get(ctx)).privacy_policy
    if not text.strip():
        return PrivacyPolicy(text=privacy.DEFAULT, updated_at=privacy.WRITTEN_AT)
    return PrivacyPolicy(text=text, updated_at=await store.changed_at(db, "privacy_policy") or privacy.WRITTEN_AT)
