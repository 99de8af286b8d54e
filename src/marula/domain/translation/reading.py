"""Translations, kept for a day. Nothing here touches the database, so no connection waits for a service."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from weakref import WeakKeyDictionary

from marula.base.events import Memory
from marula.base.kernel.config import Config
from marula.base.kernel.errors import Forbidden, NotFound, Unreachable
from marula.base.kernel.ids import PostId
from marula.base.net import Http
from marula.domain.context import Context
from marula.domain.translation import rules
from marula.domain.translation.calling import log
from marula.domain.translation.deepl import ADDRESSES, DeepL
from marula.domain.translation.kept import Kept
from marula.domain.translation.libre_translate import LibreTranslate
from marula.domain.translation.types import Pair, Pairs, Translated, Translator

LIFETIME = timedelta(days=1)
"""Spec: limits.json, translation.cache_ttl"""

MOST = 2000


def enabled(config: Config) -> bool:
    """Whether the operator chose a service."""
    return config.deepl_api_key is not None or config.libre_translate_endpoint is not None


def chosen(config: Config, http: Http) -> Translator:
    """The service; DeepL when both are set. Raises NotFound when there is none."""
    if config.deepl_api_key is not None:
        return DeepL(http, ADDRESSES[config.deepl_plan], config.deepl_api_key)
    if config.libre_translate_endpoint is not None:
        return LibreTranslate(http, config.libre_translate_endpoint, config.libre_translate_api_key)
    raise NotFound


class _Desk:
    """The service of a process and what it gave."""

    def __init__(self, ctx: Context) -> None:
        self.translator = chosen(ctx.config, ctx.http)
        self.pairs: Kept[str, Pairs] = Kept(ctx.clock, lifetime=LIFETIME, most=1)
        self.done: Kept[tuple[PostId, int, str], Translated] = Kept(ctx.clock, lifetime=LIFETIME, most=MOST)


_desks: WeakKeyDictionary[Memory, _Desk] = WeakKeyDictionary()


def _desk(ctx: Context) -> _Desk:
    found = _desks.get(ctx.memory)
    if found is None:
        found = _desks[ctx.memory] = _Desk(ctx)
    return found


async def languages(ctx: Context) -> Pairs:
    """What can be translated into what; nothing when no service is set. Raises Unreachable."""
    if not enabled(ctx.config):
        return {}
    desk = _desk(ctx)
    try:
        return await desk.pairs.get("", desk.translator.pairs)
    except Unreachable as error:
        raise _silent(error) from error


async def pair_for(ctx: Context, source: str | None, wanted: str) -> Pair:
    """The translation to make. Raises NotFound without a service, Forbidden where it cannot, Unreachable."""
    if not enabled(ctx.config):
        raise NotFound
    found = rules.pair(await languages(ctx), source, wanted)
    if found is None:
        raise Forbidden
    return found


async def translate(
    ctx: Context, post: PostId, version: int, pair: Pair, texts: Callable[[], Sequence[str]]
) -> Translated:
    """The texts of one version of a post in another language.

    Takes: `texts`, what makes the pieces of HTML, called when they are not known in that language yet.
    Raises: Forbidden when they are too long, Unreachable.
    """
    desk = _desk(ctx)

    async def make() -> Translated:
        pieces = texts()
        if sum(map(len, pieces)) > rules.MAX_LENGTH:
            raise Forbidden
        return await desk.translator.translated(pieces, pair)

    try:
        return await desk.done.get((post, version, pair.target), make)
    except Unreachable as error:
        raise _silent(error) from error


def _silent(error: Unreachable) -> Unreachable:
    """The same without the address of the service, which is nobody's business; the log has it."""
    if error.why != Unreachable.default:
        log.warning("the translation service does not answer", why=error.why)
    return Unreachable()
