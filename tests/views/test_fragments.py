"""Fragments: pieces with holes, filled again, remembered by version within a limit."""

import msgspec
import pytest

from marula.views.fragments import HOLE, Fragments, encode, fill, split


class Pair(msgspec.Struct):
    """An entity with two parts."""

    name: str
    left: object = None
    right: object = None


def pieces(size: int) -> tuple[bytes, ...]:
    return (b"x" * size,)


def test_an_entity_is_split_at_its_holes_in_the_order_of_its_fields() -> None:
    assert split(Pair("a", HOLE, HOLE)) == (b'{"name":"a","left":', b',"right":', b"}")
    assert split(Pair("a")) == (b'{"name":"a","left":null,"right":null}',)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", '"\\', "%b", "{}", "\u2028", "🦊"])
def test_text_never_makes_a_hole(text: str) -> None:
    made = split(Pair(text, HOLE))
    assert len(made) == 2
    assert msgspec.json.decode(fill(made, [b"1"])) == {"name": text, "left": 1, "right": None}


def test_filling_gives_the_whole_entity() -> None:
    inner = fill(split(Pair("inner", HOLE)), [b"7"])
    outer = fill(split(Pair("outer", HOLE, HOLE)), [inner, encode([1, 2])])
    assert outer == encode(Pair("outer", Pair("inner", 7), [1, 2]))


@pytest.mark.parametrize("values", [[], [b"1"], [b"1", b"2", b"3"]])
def test_each_hole_wants_one_value(values: list[bytes]) -> None:
    with pytest.raises(ValueError, match="2 holes"):
        fill(split(Pair("a", HOLE, HOLE)), values)


def test_what_is_remembered_holds_for_one_version() -> None:
    shelf = Fragments(10_000)
    shelf.put(1, (3, "a"), pieces(1))
    assert shelf.get(1, (3, "a")) == pieces(1)
    assert shelf.get(1, (4, "a")) is None
    assert shelf.get(2, (3, "a")) is None
    shelf.put(1, (4, "a"), pieces(2))
    assert (shelf.get(1, (3, "a")), shelf.get(1, (4, "a"))) == (None, pieces(2))


def test_the_least_recently_used_go_first() -> None:
    shelf = Fragments(4_000)
    for identifier in (1, 2, 3):
        shelf.put(identifier, 1, pieces(1_000))
    assert shelf.get(1, 1) is not None
    shelf.put(4, 1, pieces(1_000))
    assert [shelf.get(identifier, 1) is not None for identifier in (1, 2, 3, 4)] == [True, False, True, True]


def test_another_version_takes_the_place_of_the_one_before() -> None:
    shelf = Fragments(4_000)
    shelf.put(1, 1, pieces(1_000))
    for version in range(2, 100):
        shelf.put(2, version, pieces(1_000))
    assert shelf.get(1, 1) is not None


def test_what_is_larger_than_the_limit_is_not_kept_and_leaves_room() -> None:
    shelf = Fragments(4_000)
    shelf.put(1, 1, pieces(1_000))
    shelf.put(2, 1, pieces(10_000))
    assert shelf.get(2, 1) is None
    shelf.put(3, 1, pieces(1_000))
    assert shelf.get(3, 1) is not None


def test_everything_is_forgotten_together() -> None:
    shelf = Fragments(4_000)
    shelf.put(1, 1, pieces(1_000))
    shelf.clear()
    assert shelf.get(1, 1) is None
    for identifier in (2, 3, 4):
        shelf.put(identifier, 1, pieces(1_000))
    assert shelf.get(2, 1) is not None
