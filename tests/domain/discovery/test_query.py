"""Reading what somebody typed into a search."""

from datetime import UTC, datetime

import pytest

from marula.base.kernel import ids
from marula.domain.discovery.query import MOST, read


def start(year: int, month: int, day: int) -> int:
    return ids.at(datetime(year, month, day, tzinfo=UTC))


def test_all_words_must_match() -> None:
    query = read("Green  TEA")
    assert query.all_of == ("('green')", "('tea')")
    assert query.words == "('green') & ('tea')"


def test_a_phrase_wants_its_words_in_this_order() -> None:
    assert read('"green tea"').all_of == ("('green' <-> 'tea')",)
    assert read('"green tea').all_of == ("('green' <-> 'tea')",)
    assert read("東京都").all_of == ("('東京' <-> '京都')",)
    assert read("猫").all_of == ("('猫':*)",)


def test_a_minus_excludes() -> None:
    assert read('tea -milk -"brown sugar"').all_of == ("!('milk')", "!('brown' <-> 'sugar')", "('tea')")
    assert read("-milk").words == ""


def test_operators_ask_for_marks() -> None:
    query = read("has:poll -is:reply language:pt-BR from:@Me -from:ann@other.example in:library")
    assert query.all_of == ("'+poll'", "!'+reply'", "'+lang:pt-br'")
    assert query.authors == (("me", True), ("ann@other.example", False))
    assert query.scope == "library"


def test_dates_bound_the_ids() -> None:
    assert read("before:2024-03-01").below == start(2024, 3, 1)
    assert read("after:2024-02-29").above == start(2024, 3, 1) - 1
    during = read("during:2024-02")
    assert (during.above, during.below) == (start(2024, 2, 1) - 1, start(2024, 3, 1))
    year = read("during:2023")
    assert (year.above, year.below) == (start(2023, 1, 1) - 1, start(2024, 1, 1))
    assert read("before:2024-03-01 before:2025-03-01").below == start(2024, 3, 1)
    assert read("-after:2024-02-29").below == start(2024, 3, 1)
    assert read("after:9999-12-30").above == ids.LARGEST


@pytest.mark.parametrize("typed", ["before:soon", "during:2024-13", "during:2024-02-30", "in:everything", "colour:red"])
def test_what_is_no_operator_is_words(typed: str) -> None:
    name, value = typed.split(":")
    assert name in read(typed).words
    assert value[:4] in read(typed).words


@pytest.mark.parametrize("typed", ["'", "\\", "a' | 'b", "!!! & | ()", ":*", "from:", "\x00", '""', "-", "has:'"])
def test_no_sign_reaches_the_database_as_one(typed: str) -> None:
    query = read(typed)
    assert "|" not in "".join(query.all_of)


def test_very_long_queries_are_cut() -> None:
    assert len(read("tea " * 1000).all_of) == MOST
