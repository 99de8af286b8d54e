"""The settings and the rules as every process remembers them."""

from marula.base.events import Remembered
from marula.domain.context import Context
from marula.domain.site import store
from marula.domain.site.types import Rule, SiteSettings

SETTINGS = Remembered("site.settings", store.settings)
RULES = Remembered("site.rules", store.rules)


async def get(ctx: Context) -> SiteSettings:
    """The settings in force. Costs: nothing, or one statement when this process has forgotten them."""
    return await ctx.memory.get(SETTINGS)


async def house_rules(ctx: Context) -> tuple[Rule, ...]:
    """The rules of the house, in their order. Costs: as `get`."""
    return await ctx.memory.get(RULES)
