"""Posts in another language.

Spec: Mastodon documentation, entities/Translation
"""

from marula.base.db import Connection, Row
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import translation
from marula.domain.context import Context
from marula.domain.translation import UNKNOWN, Translated, rules
from marula.entities import Translation, TranslationAttachment, TranslationPoll, TranslationPollOption
from marula.views import store


async def words_of(db: Connection, post: PostId) -> Row:
    """All that is text in a post. Raises NotFound."""
    found = await store.words(db, post)
    if found is None:
        raise NotFound("Not Found")
    return found


async def translated(ctx: Context, words: Row, wanted: str) -> Translation:
    """What a post says in the wanted language. Calls the service, so hold no connection meanwhile.

    Raises: Forbidden when that pair of languages is not on offer, NotFound without a service, Unreachable.
    """
    pair = await translation.pair_for(ctx, words["language"], wanted)
    if not _pieces(words):
        nothing = Translated(texts=(), source=words["language"] or UNKNOWN, target=pair.target, provider="")
        return _entity(words, nothing)
    made = await translation.translate(ctx, words["id"], words["version"], pair, lambda: _pieces(words))
    return _entity(words, made)


def _pieces(words: Row) -> list[str]:
    """The texts as HTML: what the post says, its warning, the options of its poll, what its files show; those that
    it has.
    """
    pieces = [rules.packed(words["html"])] if words["html"] else []
    if words["spoiler_text"]:
        pieces.append(rules.packed_text(words["spoiler_text"]))
    return pieces + [rules.packed_text(text) for text in (*(words["options"] or ()), *words["descriptions"])]


def _entity(words: Row, made: Translated) -> Translation:
    texts = iter(made.texts)
    content = rules.unpacked(next(texts)) if words["html"] else ""
    warning = rules.unpacked_text(next(texts)) if words["spoiler_text"] else ""
    options = [TranslationPollOption(title=rules.unpacked_text(next(texts))) for _ in words["options"] or ()]
    files = zip(words["described"], texts, strict=True)
    return Translation(
        content=content,
        spoiler_text=warning,
        language=made.target,
        poll=None if words["poll_id"] is None else TranslationPoll(id=str(words["poll_id"]), options=options),
        media_attachments=[
            TranslationAttachment(id=str(file), description=rules.unpacked_text(text)) for file, text in files
        ],
        detected_source_language=made.source,
        provider=made.provider,
    )
