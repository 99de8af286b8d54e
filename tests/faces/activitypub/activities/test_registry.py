"""The registry of activities."""

from typing import Any

import pytest

from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.faces.activitypub.activities.registry import (
    Accepted,
    Activity,
    Outcome,
    Undone,
    activity_of,
    received,
    receives,
    undoes,
    undone,
)

ANN = "https://beta.example/users/ann"


def _activity(**properties: Any) -> Activity:
    return activity_of({"type": "Follow", "actor": ANN} | properties, AccountId(7), ANN)


def test_two_handlers_for_one_type_are_an_error_at_start() -> None:
    try:

        @receives("Wink", "Nod")
        async def first(ctx: Context, activity: Activity) -> Outcome:
            return Accepted()

        assert received["Wink"] is received["Nod"] is first
        with pytest.raises(ValueError, match="two handlers for Nod"):
            receives("Nod")(first)
    finally:
        received.pop("Wink", None)
        received.pop("Nod", None)


def test_two_handlers_for_one_undo_are_an_error_at_start() -> None:
    try:

        @undoes("Wink")
        async def first(ctx: Context, activity: Activity, what: Undone) -> Outcome:
            return Accepted()

        assert undone["Wink"] is first
        with pytest.raises(ValueError, match="two handlers for Undo of Wink"):
            undoes("Wink")(first)
    finally:
        undone.pop("Wink", None)


def test_an_object_may_be_named_or_embedded() -> None:
    named = _activity(object="https://marula.example/ap/users/1")
    assert (named.object_uri, named.embedded, named.object_kind) == ("https://marula.example/ap/users/1", None, "")
    whole = _activity(object=[{"id": f"{ANN}/likes/1", "type": ["Like"]}])
    assert (whole.object_uri, whole.object_kind) == (f"{ANN}/likes/1", "Like")


@pytest.mark.parametrize("value", [None, 5, True, [], {}, [[]], {"id": {}}, "\0", "not an address"])
def test_properties_of_any_type_are_read_without_an_error(value: object) -> None:
    found = _activity(object=value, to=value, cc=value, id=value)
    assert (found.object_uri, found.id, found.to, found.cc) == (None, None, (), ())
