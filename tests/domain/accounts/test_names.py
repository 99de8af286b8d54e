"""Which usernames may be taken."""

import pytest

from marula.domain.accounts.names import LONGEST, RESERVED, username_problem
from tests.contract import reference


@pytest.mark.parametrize("name", ["ann", "Ann_2", "_", "7", "a" * LONGEST, "administrators_fan", "badmin"])
def test_ordinary_names_may_be_taken(name: str) -> None:
    assert username_problem(name) is None


@pytest.mark.parametrize("name", ["", " ", "\t\n"])
def test_a_name_must_say_something(name: str) -> None:
    assert username_problem(name) == "blank"


@pytest.mark.parametrize(
    "name", ["ann.lee", "ann-lee", "ann lee", "ann@b", "änn", "ann\n", "ſann", "アン", "٣", "ann" * 20 + "!"]
)
def test_only_ascii_letters_digits_and_underscores(name: str) -> None:
    assert username_problem(name) == "invalid"


def test_a_name_can_be_too_long() -> None:
    assert username_problem("a" * (LONGEST + 1)) == "too_long"


@pytest.mark.parametrize(
    "name", ["admin", "Admin", "4dm1n", "ADM1N", "5upp0rt", "he1p", "leg4l", "0wn3r", "mai1", "no_r3ply"]
)
def test_reserved_names_are_seen_through_case_and_digits(name: str) -> None:
    assert username_problem(name) == "reserved"


def test_every_reserved_name_can_be_met() -> None:
    assert {username_problem(name) for name in RESERVED} == {"reserved"}


@reference.needs_reference
def test_the_longest_name_is_that_of_the_reference() -> None:
    (limit,) = [one for one in reference.load("limits.json")["constants"] if one["key"] == "accounts.username_max"]
    assert limit["value"] == LONGEST
