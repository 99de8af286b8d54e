"""Words as a search compares them."""

from marula.base.text import Wanted, fold, wanted_words, words


def found(sought: str, text: str) -> bool:
    """Whether a search for one would find the other: its words stand in the text, one after the other."""
    have, want = words(text), wanted_words(sought)
    return any(
        all(_is(want[place], have[start + place]) for place in range(len(want)))
        for start in range(len(have) - len(want) + 1)
    )


def _is(wanted: Wanted, word: str) -> bool:
    return word.startswith(wanted.word) if wanted.beginning else word == wanted.word


def test_case_and_accents_make_no_difference() -> None:
    assert words("Crème BRÛLÉE, Straße") == words("creme brulee strasse")
    for sought, text in (("Ørsted", "orsted"), ("елка", "Ёлка"), ("ΕΛΛΑΔΑ", "Ελλάδα")):
        assert found(sought, text)
    assert fold("ｗｉｄｅ") == "wide"


def test_marks_that_are_letters_stay() -> None:
    assert words("हिन्दी में") == ["हिन्दी", "में"]
    assert not found("か", "が")


def test_a_word_inside_a_sentence_without_spaces_is_found() -> None:
    assert found("東京", "昨日東京都に行きました。")
    assert found("京都", "昨日東京都に行きました。")
    assert not found("東都", "昨日東京都に行きました。")
    assert found("อร่อย", "อาหารไทยอร่อยมาก")
    assert found("한국어", "나는 한국어를 배운다")


def test_one_letter_is_found_wherever_it_stands() -> None:
    for text in ("猫が好き", "黒猫", "黒猫が", "猫"):
        assert found("猫", text)
    assert not found("猫", "犬が好き")


def test_punctuation_parts_words() -> None:
    assert words("it's well-known (really)!") == ["it", "s", "well", "known", "really"]
    assert words("... !!") == []


def test_very_long_words_are_cut() -> None:
    assert words("x" * 5000) == ["x" * 60]
