"""From parameters to typed forms: generous with what means the same, exact about what is wrong."""

from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import LARGEST, PostId
from marula.faces.http.forms import Form, reader
from marula.faces.http.uploads import Upload


class Colour(IntEnum):
    RED = 1
    BLUE = 2


class Ballot(Form, frozen=True):
    options: list[str]
    multiple: bool = False


class Everything(Form, frozen=True, rename={"reply_to": "in_reply_to_id"}):
    text: str = "none"
    note: str | None = None
    flag: bool = False
    number: int = 0
    reply_to: PostId | None = None
    posts: tuple[PostId, ...] = ()
    names: tuple[str, ...] = ()
    when: datetime | None = None
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    ballot: Ballot | None = None
    file: Upload | None = None
    maybe: str | msgspec.UnsetType | None = msgspec.UNSET


class Strict(Form, frozen=True):
    text: str
    number: int


read = reader(Everything)


def problems(given: dict[str, Any]) -> list[tuple[str | None, str]]:
    """What is wrong: the name of the field and the end of the sentence."""
    with pytest.raises(Invalid) as caught:
        read(given)
    return [(problem.field, problem.why) for problem in caught.value.problems]


def test_nothing_given_means_the_defaults() -> None:
    assert read({}) == Everything()
    assert read({"unknown": "1"}) == Everything()


@pytest.mark.parametrize("no", ["", "0", "f", "F", "false", "FALSE", "off", "OFF", False, 0])
def test_some_words_mean_no(no: object) -> None:
    assert read({"flag": no}).flag is False


@pytest.mark.parametrize("yes", ["1", "t", "true", "on", "no", "anything", True, 1])
def test_all_other_words_mean_yes(yes: object) -> None:
    assert read({"flag": yes}).flag is True


@pytest.mark.parametrize(("given", "number"), [("12", 12), (" 12 ", 12), ("-3", -3), (12, 12), (12.0, 12)])
def test_numbers_may_come_as_text(given: object, number: int) -> None:
    assert read({"number": given}).number == number


@pytest.mark.parametrize("given", ["a", "1.5", 1.5, True, [1], {"a": 1}, "9" * 5_000, float("inf")])
def test_what_is_no_whole_number_is_refused(given: object) -> None:
    assert problems({"number": given}) == [("number", "is not a number")]


def test_numbers_too_large_for_64_bits_become_the_largest() -> None:
    assert read({"number": "9" * 30}).number == LARGEST
    assert read({"number": -(10**30)}).number == -LARGEST


@pytest.mark.parametrize(("given", "text"), [("a", "a"), (1, "1"), (1.5, "1.5"), (True, "true"), (False, "false")])
def test_plain_values_are_texts_as_well(given: object, text: str) -> None:
    assert read({"text": given}).text == text


def test_lists_and_mappings_are_no_texts() -> None:
    assert problems({"text": ["a"]}) == [("text", "is invalid")]
    assert problems({"text": {"a": "b"}}) == [("text", "is invalid")]


def test_ids_are_positive_whole_numbers_of_63_bits() -> None:
    assert read({"in_reply_to_id": "7"}).reply_to == 7
    assert read({"in_reply_to_id": 7}).reply_to == 7
    assert read({"in_reply_to_id": str(LARGEST)}).reply_to == LARGEST
    for wrong in ("-1", "a", str(LARGEST + 1), "1.0", "٣", ["7"]):
        assert problems({"in_reply_to_id": wrong}) == [("in_reply_to_id", "is invalid")]


def test_one_value_is_a_list_of_one_and_an_empty_text_is_an_empty_list() -> None:
    assert read({"posts": ["1", 2], "names": ["a"]}) == Everything(posts=(PostId(1), PostId(2)), names=("a",))
    assert read({"posts": "1", "names": "a"}) == Everything(posts=(PostId(1),), names=("a",))
    assert read({"posts": "", "names": ""}) == Everything()
    assert read({"names": ["a", None, ""]}).names == ("a", "")
    assert problems({"names": ["a", ["b"]]}) == [("names", "is invalid")]


def test_ids_that_cannot_be_any_are_left_out_of_a_list() -> None:
    assert read({"posts": ["1", "x", None, True, [], {}, 1.5, str(LARGEST + 1), "2"]}).posts == (1, 2)


def test_lists_of_ids_within_a_list_of_ids_are_opened() -> None:
    assert read({"posts": [["1", "x"], "2"]}).posts == (1, 2)


def test_an_empty_text_counts_as_absent_where_no_text_is_asked_for() -> None:
    empty = dict.fromkeys(["number", "in_reply_to_id", "when", "colour", "size", "ballot", "file"], "")
    assert read(empty) == Everything()
    assert read({"text": "", "note": ""}) == Everything(text="", note="")


@pytest.mark.parametrize(
    "given", ["2026-03-01T12:00:00Z", "2026-03-01T13:00:00+01:00", "2026-03-01 12:00", "20260301T120000Z"]
)
def test_times_are_aware_and_in_utc(given: str) -> None:
    assert read({"when": given}).when == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("given", ["tomorrow", "2026-13-01", "0001-01-01T00:00:00+14:00", 10**400])
def test_what_is_no_time_is_refused_with_one_sentence(given: object) -> None:
    with pytest.raises(Invalid, match="Invalid date supplied"):
        read({"when": given})


def test_choices_are_taken_by_name() -> None:
    assert read({"colour": "blue", "size": "large"}) == Everything(colour=Colour.BLUE, size="large")
    assert problems({"colour": "2", "size": "LARGE"}) == [
        ("colour", "is not included in the list"),
        ("size", "is not included in the list"),
    ]


def test_forms_hold_forms() -> None:
    assert read({"ballot": {"options": ["a", "b"], "multiple": "1"}}).ballot == Ballot(
        options=["a", "b"], multiple=True
    )
    assert problems({"ballot": {}}) == [("options", "can't be blank")]
    assert problems({"ballot": "a"}) == [("ballot", "is invalid")]


def test_files_are_uploads_only() -> None:
    upload = Upload("a.png", "image/png", Path("a"), 0)
    assert read({"file": upload}).file is upload
    assert problems({"file": "a.png"}) == [("file", "is not a file")]
    assert problems({"text": upload, "number": upload}) == [("text", "is invalid"), ("number", "is not a number")]


def test_null_counts_as_absent_unless_the_field_allows_it() -> None:
    assert read({"text": None, "flag": None, "posts": None}) == Everything()
    assert read({"maybe": None}).maybe is None
    assert read({}).maybe is msgspec.UNSET


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        reader(Strict)({"number": "a"})
    found = [(problem.field, problem.why, problem.code) for problem in caught.value.problems]
    assert found == [("text", "can't be blank", "ERR_BLANK"), ("number", "is not a number", "ERR_INVALID")]


def test_a_form_of_another_kind_is_refused_when_the_program_starts() -> None:
    class Odd(Form, frozen=True):
        thing: int | str

    class Odder(Form, frozen=True):
        thing: complex

    for form in (Odd, Odder):
        with pytest.raises(TypeError):
            reader(form)


NAMES = st.sampled_from([field.encode_name for field in msgspec.structs.fields(Everything)])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=25) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.just("options"), inner, max_size=3),
)


@given(st.dictionaries(NAMES, VALUES))
def test_whatever_is_given_is_read_or_invalid(given: dict[str, Any]) -> None:
    try:
        form = read(given)
    except Invalid:
        return
    assert isinstance(form, Everything)
