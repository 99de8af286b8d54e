"""What filters meet, and what they may be."""

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AccountId, FilteredPostId, FilterId, KeywordId, PostId
from marula.domain.filters import Filter, FilterChanges, FilteredPost, Keyword, KeywordChange, rules

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def filter_of(*words: str, whole: bool = True, posts: tuple[int, ...] = (), ends: datetime | None = None) -> Filter:
    return Filter(
        id=FilterId(1),
        account_id=AccountId(1),
        title="f",
        contexts=("home",),
        action="warn",
        expires_at=ends,
        keywords=tuple(Keyword(id=KeywordId(n), keyword=word, whole_word=whole) for n, word in enumerate(words)),
        posts=tuple(FilteredPost(id=FilteredPostId(n), post_id=PostId(post)) for n, post in enumerate(posts)),
    )


def meets(one: Filter, text: str, post: int = 5) -> list[tuple[str | None, bool]]:
    return [(match.words, match.named) for match in rules.matches(rules.compiled([one]), PostId(post), text, NOW)]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("tulip", "A TULIP, please", "TULIP"),
        ("tulip", "tulips", None),
        ("tulip", "untulip", None),
        ("#tulip", "see #tulip!", "#tulip"),
        ("c++", "I like C++ more", "C++"),
        ("Straße", "die straße hier", "straße"),
        ("ёлка", "Наша ЁЛКА", "ЁЛКА"),
        ("two words", "these two words stay", "two words"),
        (".*", "anything", None),
        ("(", "a ( b", "("),
        ("two words", "two wordsmiths", None),
        ("хлеб", "хлебный", None),
        ("हिन्दी", "हिन्दीवाला", None),
        ("हिन्दी", "यह हिन्दी है", "हिन्दी"),
        ("snake", "snake_case", None),
        ("snake", "rattlesnake, then a snake", "snake"),
        ("STRASSE", "die Straße hier", "Straße"),
        ("istanbul", "İSTANBUL!", "İSTANBUL"),
        ("istanbul", "Weißes İSTANBUL ß", "İSTANBUL"),
    ],
)
def test_a_whole_word_stands_alone(word: str, text: str, found: str | None) -> None:
    assert meets(filter_of(word), text) == ([] if found is None else [(found, False)])


def test_parts_of_words_are_met_when_asked_for() -> None:
    assert meets(filter_of("tulip", whole=False), "many Tulips") == [("Tulip", False)]
    assert meets(filter_of("桜", whole=False), "今日は桜を見た") == [("桜", False)]


def test_the_words_that_come_first_in_the_text_are_named() -> None:
    assert meets(filter_of("rose", "tulip"), "A Tulip and a rose") == [("Tulip", False)]
    assert meets(filter_of("rose", "daisy", whole=False), "Daisies, roses, a daisy") == [("rose", False)]


def test_as_many_keywords_as_may_be_hold_nobody_up() -> None:
    filters = [
        filter_of(*(f"lorem ipsum {one} and {other}" for other in range(rules.MOST_KEYWORDS)))
        for one in range(rules.MOST_FILTERS)
    ]
    before = process_time()
    everything = rules.compiled(filters)
    for text in ("lorem ipsum dolor sit amet " * 20, "a" * 500):
        assert rules.matches(everything, PostId(5), text, NOW) == []
    assert process_time() - before < 1


def test_a_post_is_met_by_name() -> None:
    assert meets(filter_of("x", posts=(5,)), "nothing") == [(None, True)]
    assert meets(filter_of(), "nothing") == []


def test_what_is_over_meets_nothing() -> None:
    assert meets(filter_of("a", ends=NOW), "a") == []
    assert meets(filter_of("a", ends=NOW + timedelta(seconds=1)), "a") == [("a", False)]


@pytest.mark.parametrize(
    "changes",
    [
        FilterChanges(title=" "),
        FilterChanges(title="x" * 257),
        FilterChanges(contexts=()),
        FilterChanges(keywords=(KeywordChange(),)),
        FilterChanges(keywords=(KeywordChange(keyword=" "),)),
        FilterChanges(keywords=(KeywordChange(keyword="x" * 513),)),
        FilterChanges(keywords=(KeywordChange(id=KeywordId(1), keyword=""),)),
    ],
)
def test_what_makes_no_filter_is_refused(changes: FilterChanges) -> None:
    with pytest.raises(Invalid):
        rules.check(changes)
