"""The list of Mastodon's endpoints is true, and so is what is said of those that are absent."""

import pytest

from marula.faces.api.coverage import Coverage, coverage, endpoints
from marula.main.web import answered
from tests.contract import reference


def found() -> Coverage:
    return coverage(answered())


def test_no_endpoint_is_absent_without_a_reason() -> None:
    silent = [f"{one.endpoint.method} {one.endpoint.path}" for one in found().absent if one.reason is None]
    assert silent == [], "serve these, or say in faces/api/coverage.py why they are absent"


def test_no_reason_is_given_for_what_is_served() -> None:
    assert list(found().stale) == [], "served by now: remove these lines from REASONS in faces/api/coverage.py"


def test_what_is_served_and_what_is_absent_make_the_whole() -> None:
    both = [*found().served, *(one.endpoint for one in found().absent)]
    assert sorted(both, key=str) == sorted(endpoints(), key=str)
    assert len({(one.method, one.path) for one in both}) == len(both)


@reference.needs_reference
def test_the_list_is_that_of_the_reference() -> None:
    wanted = {(one["method"], one["path"], one["tier"]) for one in reference.endpoints()}
    assert {(one.method, one.path, one.tier) for one in endpoints()} == wanted


PROOFS = "GET /api/v1/accounts/{id}/identity_proofs"


@pytest.mark.parametrize(
    ("given", "absent", "stale"),
    [({("GET", "/api/v1/accounts/{whatever}/identity_proofs")}, ("GET", "/api/v1/donation_campaigns"), PROOFS)],
)
def test_the_comparison_sees_what_is_missing_and_what_is_told_in_vain(
    given: set[tuple[str, str]], absent: tuple[str, str], stale: str
) -> None:
    compared = coverage(given)
    assert absent in {(one.endpoint.method, one.endpoint.path) for one in compared.absent}
    assert [(one.method, one.path) for one in compared.served] == [("GET", "/api/v1/accounts/{id}/identity_proofs")]
    assert stale in compared.stale
    assert any(one.reason is None for one in compared.absent)
