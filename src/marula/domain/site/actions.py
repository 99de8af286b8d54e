"""The writes of the site."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import changed, record
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import RuleId
from marula.domain.site import rules, store
from marula.domain.site.events import SiteRulesChanged, SiteSettingChanged
from marula.domain.site.reading import RULES, SETTINGS


async def change(tx: Tx, key: str, value: object) -> None:
    """Give a setting a value. Records: SiteSettingChanged. Raises: Invalid with what the setting wants."""
    await store.put(tx, key, rules.checked(key, value))
    await changed(tx, SETTINGS)
    await record(tx, SiteSettingChanged(key=key))


async def add_rule(tx: Tx, text: str, hint: str = "") -> RuleId:
    """Write a rule below all others. Records: SiteRulesChanged. Raises: Invalid."""
    rules.check_rule(text)
    made = await store.insert_rule(tx, text, hint)
    await _rules_changed(tx)
    return made


async def remove_rule(tx: Tx, rule: RuleId) -> None:
    """Take a rule away. Records: SiteRulesChanged. Raises: NotFound."""
    if not await store.delete_rule(tx, rule):
        raise NotFound
    await _rules_changed(tx)


async def reorder_rules(tx: Tx, ids: Sequence[RuleId]) -> None:
    """Put the rules in this order. Records: SiteRulesChanged. Raises: Invalid unless every rule is named once."""
    if sorted(ids) != sorted(rule.id for rule in await store.rules(tx)):
        raise Invalid.because("The new order must name every rule once")
    await store.order_rules(tx, ids)
    await _rules_changed(tx)


async def _rules_changed(tx: Tx) -> None:
    await changed(tx, RULES)
    await record(tx, SiteRulesChanged())
