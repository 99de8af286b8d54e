"""The checker of answers finds nothing in a right answer and every kind of fault in a wrong one."""

from typing import Any

import pytest

from tests.contract.reference import endpoints, entities, keys, needs_reference
from tests.contract.samples import sample
from tests.contract.shape import check

pytestmark = needs_reference

MARKER = {"last_read_id": "7", "version": 1, "updated_at": "2026-03-01T12:00:00.000Z"}
TAG = {
    "id": "5",
    "name": "tea",
    "url": "https://marula.example/tags/tea",
    "history": [{"day": "1772323200", "uses": "2", "accounts": "1"}],
}


def test_right_answers_have_no_faults() -> None:
    assert check("Tag", TAG) == []
    assert check(["Tag"], [TAG, TAG]) == []
    assert check("array<Tag>", []) == []
    assert check("hash<Marker>", {"home": MARKER}) == []
    assert check("hash<array<string>>", {"de": ["en", "fr"]}) == []
    assert check("hash", {"anything": [1]}) == []
    assert check("boolean", value=False) == []
    assert check("Empty", {}) == []
    assert check(None, None) == []


@pytest.mark.parametrize(
    "name", ["Status", "Notification", "Instance", "CredentialAccount", "StatusEdit", "Preferences"]
)
def test_a_full_entity_has_no_faults(name: str) -> None:
    assert check(name, sample(name)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": 5}, "$.id: is integer, should be string"),
        ({"name": None}, "$.name: is null, should be string"),
        ({"following": "yes"}, "$.following: is string, should be boolean"),
        ({"url": "/tags/tea"}, "$.url: '/tags/tea' is not written as url"),
        ({"history": {}}, "$.history: is object, should be array<hash>"),
        ({"history": [{"day": 1, "uses": "2", "accounts": "1"}]}, "$.history[0].day: is integer, should be string"),
        ({"history": [{"day": "1", "uses": "2"}]}, "$.history[0].accounts: is missing"),
        ({"colour": "green"}, "$.colour: is not known"),
    ],
)
def test_a_fault_is_named_with_its_path(change: dict[str, Any], fault: str) -> None:
    assert check("Tag", TAG | change) == [fault]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.000+00:00",
        "2026-03-01T12:00:00.000000Z",
        "2026-13-01T12:00:00.000Z",
        "2026-03-01",
        "",
    ],
)
def test_a_moment_needs_milliseconds_and_a_z(moment: str) -> None:
    assert check("hash<Marker>", {"home": MARKER | {"updated_at": moment}}) == [
        f"$.home.updated_at: {moment!r} is not written as datetime"
    ]


def test_a_day_is_not_a_moment() -> None:
    account = sample("Account") | {"last_status_at": "2026-03-01T12:00:00.000Z"}
    assert check("Account", account) == ["$.last_status_at: '2026-03-01T12:00:00.000Z' is not written as date"]


def test_a_word_outside_its_set_is_a_fault() -> None:
    listed = sample("List") | {"replies_policy": "all"}
    assert check("List", listed) == ["$.replies_policy: is 'all', should be one of followed, list, none"]
    blocked = sample("Filter") | {"context": ["home", "mars"]}
    assert check(["Filter"], [blocked]) == [
        "$[0].context[1]: is 'mars', should be one of home, notifications, public, thread, account"
    ]


def test_true_is_no_number_and_a_number_is_a_float() -> None:
    assert check("UnreadCount", {"count": True}) == ["$.count: is boolean, should be integer"]
    media = sample("MediaAttachment")
    media["meta"]["focus"] = {"x": 1, "y": "0"}
    assert check("MediaAttachment", media) == ["$.meta.focus.y: is string, should be float"]


def test_either_kind_of_quote_will_do() -> None:
    shallow = {"state": "accepted", "quoted_status_id": None}
    assert check("Status", sample("Status") | {"quote": shallow}) == []
    assert check("Status", sample("Status") | {"quote": {"state": "lost", "quoted_status_id": None}}) != []


def test_the_wrong_container_is_a_fault() -> None:
    assert check(["Tag"], TAG) == ["$: is object, should be array<Tag>"]
    assert check("Tag", [TAG]) == ["$: is array, should be an object"]
    assert check("Tag", None) == ["$: is null, should be Tag"]
    assert check(None, {}) == ["$: should be no body, is object"]


def test_an_address_may_be_empty_only_where_the_reference_says_so() -> None:
    assert check("PreviewCard", sample("PreviewCard") | {"provider_url": ""}) == []
    assert check("PreviewCard", sample("PreviewCard") | {"url": ""}) == ["$.url: '' is not written as url"]


def test_a_type_that_nobody_knows_is_a_mistake_of_the_test() -> None:
    with pytest.raises(ValueError, match="no type Statuses"):
        check("Statuses", {})


def test_no_required_key_of_any_entity_can_be_left_out_unnoticed() -> None:
    for name, fields in entities().items():
        whole = sample(name)
        for fact in fields:
            key = keys(fact)[0]
            if len(keys(fact)) > 1 or fact["optional"]:
                continue
            rest = {other: value for other, value in whole.items() if other != key}
            assert check(name, rest) == [f"$.{key}: is missing"], name


def test_every_documented_answer_can_be_checked() -> None:
    for returns in {str(endpoint["returns"]): endpoint["returns"] for endpoint in endpoints()}.values():
        assert isinstance(check(returns, {}), list)
        assert isinstance(check(returns, [{}]), list)
