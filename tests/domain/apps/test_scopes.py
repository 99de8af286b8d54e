"""Which scopes there are, which hold which, and what may be done with them."""

import pytest

from marula.domain.apps import scopes
from tests.contract import reference


@reference.needs_reference
def test_the_scopes_and_what_they_hold_are_those_of_the_reference() -> None:
    expected = reference.load("permissions.json")["oauth"]["scopes"]
    assert frozenset(expected).union(*expected.values()) == scopes.ALL
    for outer, inner in expected.items():
        assert scopes.HOLDS[outer] == {outer, *inner}
        assert all(scopes.HOLDS[scope] == {scope} for scope in inner)
    assert frozenset(reference.load("permissions.json")["oauth"]["default_scopes"]) == scopes.DEFAULT


@reference.needs_reference
def test_every_endpoint_wants_scopes_that_exist() -> None:
    assert scopes.unknown(scope for endpoint in reference.endpoints() for scope in endpoint["scopes"]) == frozenset()


def test_scopes_are_parsed_from_text_with_any_spaces() -> None:
    assert scopes.parse("read  write:media\n read") == {"read", "write:media"}
    assert scopes.parse("") == frozenset()


def test_what_the_server_does_not_have_is_named() -> None:
    assert scopes.unknown(["read", "read:everything", "Write"]) == {"read:everything", "Write"}


@pytest.mark.parametrize(
    ("granted", "wanted", "may"),
    [
        ("read", "read read:accounts", True),
        ("read", "read:accounts", True),
        ("read:accounts", "read read:accounts", True),
        ("read:accounts", "read", False),
        ("read:accounts", "read:statuses", False),
        ("write", "read:accounts", False),
        ("follow", "write:mutes", True),
        ("follow", "read:lists", False),
        ("follow", "read", False),
        ("admin:read", "admin:read:reports", True),
        ("admin:read", "admin:write:reports", False),
        ("read", "admin:read:accounts", False),
        ("profile", "read:accounts", False),
        ("read", "profile", False),
        ("read write follow push", "push", True),
        ("nonsense", "nonsense", False),
        ("", "read", False),
        ("", "", True),
    ],
)
def test_a_token_covers_what_its_scopes_hold(granted: str, wanted: str, may: bool) -> None:
    assert scopes.covers(scopes.parse(granted), scopes.parse(wanted)) is may


def test_a_program_may_ask_for_less_than_it_registered_and_never_for_more() -> None:
    assert scopes.within({"read:accounts", "write"}, {"read", "write"})
    assert scopes.within({"write:follows"}, {"follow"})
    assert scopes.within(set(), {"read"})
    assert not scopes.within({"read"}, {"read:accounts"})
    assert not scopes.within({"read", "push"}, {"read"})
    assert not scopes.within({"nonsense"}, {"nonsense"})


def test_scopes_are_listed_in_one_order() -> None:
    assert scopes.ordered({"push", "write", "read", "nonsense"}) == ["read", "write", "push"]


def test_every_scope_is_described_in_its_own_words() -> None:
    assert all(scopes.DESCRIPTIONS.values())
    assert len(set(scopes.DESCRIPTIONS.values())) == len(scopes.DESCRIPTIONS)
