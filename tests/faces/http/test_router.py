"""Paths and what they lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marula.faces.http.router import Router


def router(*paths: str) -> Router[str]:
    """Each path leads to its own text."""
    made: Router[str] = Router()
    for path in paths:
        made.add(path, path)
    return made


ROUTER = router("/", "/posts", "/posts/{id}", "/posts/{id}/context", "/posts/search", "/{who}/{id}")


@pytest.mark.parametrize(
    ("path", "target", "named"),
    [
        ("/", "/", {}),
        ("", "/", {}),
        ("/posts", "/posts", {}),
        ("/posts/", "/posts", {}),
        ("/posts/7", "/posts/{id}", {"id": "7"}),
        ("/posts/7/context", "/posts/{id}/context", {"id": "7"}),
        ("/posts/ü %", "/posts/{id}", {"id": "ü %"}),
        ("/@a/7", "/{who}/{id}", {"who": "@a", "id": "7"}),
    ],
)
def test_a_path_leads_to_its_target_with_what_its_named_segments_hold(
    path: str, target: str, named: dict[str, str]
) -> None:
    assert ROUTER.find(path) == (target, named)


def test_a_segment_written_out_wins_over_a_named_one() -> None:
    assert ROUTER.find("/posts/search") == ("/posts/search", {})


@pytest.mark.parametrize("path", ["/other", "/posts/7/other", "/posts/7/context/more", "/posts//context", "/Posts"])
def test_other_paths_lead_nowhere(path: str) -> None:
    assert ROUTER.find(path) is None


def test_a_path_leads_to_one_target() -> None:
    with pytest.raises(ValueError, match="two targets"):
        router("/posts/{id}", "/posts/{other}")


def test_each_path_names_its_segments_as_it_likes() -> None:
    made = router("/lists/{list}/accounts", "/lists/{id}")
    assert made.find("/lists/7/accounts") == ("/lists/{list}/accounts", {"list": "7"})
    assert made.find("/lists/7") == ("/lists/{id}", {"id": "7"})


@given(st.text(max_size=30) | st.lists(st.sampled_from(["posts", "search", "context", "", "7", "{id}"])).map("/".join))
def test_any_text_leads_somewhere_or_nowhere(path: str) -> None:
    found = ROUTER.find(path)
    assert found is None or all(found[1].values())
