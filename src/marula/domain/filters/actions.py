"""The writes of filters. Each makes every process forget what it remembers of the person's filters."""

from marula.base.db import Connection, Tx
from marula.base.events import changed_each, record
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId, FilteredPostId, FilterId, KeywordId, PostId
from marula.domain import accounts
from marula.domain.filters import rules, store
from marula.domain.filters.events import FiltersChanged
from marula.domain.filters.reading import FILTERS
from marula.domain.filters.types import Filter, FilterChanges, FilteredPost, Keyword, KeywordChange


async def create(tx: Tx, who: AccountId, wanted: FilterChanges) -> Filter:
    """Make a filter.

    Records: FiltersChanged. Raises: Invalid.
    Spec: Mastodon documentation, methods/filters (create)
    """
    rules.check(wanted)
    if not isinstance(wanted.title, str) or not isinstance(wanted.contexts, tuple):
        raise RuntimeError("a new filter has a title and contexts")
    await accounts.locked(tx, who)
    if await store.count(tx, who) >= rules.MOST_FILTERS:
        raise Invalid.because(f"You cannot have more than {rules.MOST_FILTERS} filters")
    action = wanted.action if isinstance(wanted.action, str) else "warn"
    made = await store.insert(tx, who, wanted.title.strip(), wanted.contexts, action)
    return await revise(tx, who, made, wanted)


async def revise(tx: Tx, who: AccountId, which: FilterId, changes: FilterChanges) -> Filter:
    """Change a filter of one's own. Records: FiltersChanged. Raises: Invalid, NotFound."""
    rules.check(changes)
    before = await own(tx, who, which)
    await store.revise(tx, which, changes)
    known = {keyword.id: keyword for keyword in before.keywords}
    for change in changes.keywords:
        await _change_keyword(tx, which, known, change)
    return await _changed(tx, who, which)


async def delete(tx: Tx, who: AccountId, which: FilterId) -> None:
    """Remove a filter of one's own. Records: FiltersChanged. Raises: NotFound."""
    await own(tx, who, which)
    await store.delete(tx, which)
    await _note(tx, who)


async def add_keyword(tx: Tx, who: AccountId, which: FilterId, keyword: str, *, whole_word: bool) -> Keyword:
    """Look for another word. Records: FiltersChanged. Raises: Invalid, NotFound."""
    await revise(tx, who, which, FilterChanges(keywords=(KeywordChange(keyword=keyword, whole_word=whole_word),)))
    return (await own(tx, who, which)).keywords[-1]


async def revise_keyword(tx: Tx, who: AccountId, change: KeywordChange) -> Keyword:
    """Look for a word in another way. Records: FiltersChanged. Raises: Invalid, NotFound."""
    assert change.id is not None
    found = await keyword_of(tx, who, change.id)
    after = await revise(tx, who, found[0].id, FilterChanges(keywords=(change,)))
    return next(keyword for keyword in after.keywords if keyword.id == change.id)


async def delete_keyword(tx: Tx, who: AccountId, which: KeywordId) -> None:
    """Look for a word no longer. Records: FiltersChanged. Raises: NotFound."""
    await keyword_of(tx, who, which)
    await store.delete_keyword(tx, which)
    await _note(tx, who)


async def add_post(tx: Tx, who: AccountId, which: FilterId, post: PostId) -> FilteredPost:
    """Let a filter meet one post, which the person can see. Records: FiltersChanged. Raises: Invalid, NotFound."""
    before = await own(tx, who, which)
    if len(before.posts) >= rules.MOST_POSTS:
        raise Invalid.because(f"A filter cannot name more than {rules.MOST_POSTS} posts")
    made = await store.insert_post(tx, which, post)
    await _note(tx, who)
    return FilteredPost(id=made, post_id=post)


async def delete_post(tx: Tx, who: AccountId, which: FilteredPostId) -> None:
    """Let a filter meet a post no longer. Records: FiltersChanged. Raises: NotFound."""
    await post_of(tx, who, which)
    await store.delete_post(tx, which)
    await _note(tx, who)


async def own(db: Connection, who: AccountId, which: FilterId) -> Filter:
    """A filter of one's own. Raises: NotFound."""
    found = await store.by_id(db, who, which)
    if found is None:
        raise NotFound
    return found


async def keyword_of(db: Connection, who: AccountId, which: KeywordId) -> tuple[Filter, Keyword]:
    """A keyword of one's own with its filter. Raises: NotFound."""
    found = await store.with_keyword(db, who, which)
    keyword = None if found is None else next((one for one in found.keywords if one.id == which), None)
    if found is None or keyword is None:
        raise NotFound
    return found, keyword


async def post_of(db: Connection, who: AccountId, which: FilteredPostId) -> FilteredPost:
    """The entry of a post in a filter of one's own. Raises: NotFound."""
    found = await store.with_post(db, who, which)
    entry = None if found is None else next((one for one in found.posts if one.id == which), None)
    if entry is None:
        raise NotFound
    return entry


async def _change_keyword(tx: Tx, which: FilterId, known: dict[KeywordId, Keyword], change: KeywordChange) -> None:
    if change.id is None:
        if not change.ends:
            if len(known) >= rules.MOST_KEYWORDS:
                raise Invalid.because(f"A filter cannot have more than {rules.MOST_KEYWORDS} keywords")
            words = change.keyword if isinstance(change.keyword, str) else ""
            whole = change.whole_word if isinstance(change.whole_word, bool) else True
            made = await store.insert_keyword(tx, which, words.strip(), whole)
            known[made] = Keyword(id=made, keyword=words, whole_word=whole)
        return
    before = known.get(change.id)
    if before is None:
        raise NotFound
    if change.ends:
        await store.delete_keyword(tx, change.id)
        return
    words = change.keyword.strip() if isinstance(change.keyword, str) else before.keyword
    whole = change.whole_word if isinstance(change.whole_word, bool) else before.whole_word
    await store.revise_keyword(tx, change.id, words, whole)


async def _changed(tx: Tx, who: AccountId, which: FilterId) -> Filter:
    await _note(tx, who)
    return await own(tx, who, which)


async def _note(tx: Tx, who: AccountId) -> None:
    await changed_each(tx, FILTERS, who)
    await record(tx, FiltersChanged(account_id=who))
