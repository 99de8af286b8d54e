"""Pages as text."""

import pytest

from marula.base.text.charsets import decode_page

JAPANESE = "東京都知事選挙の結果について、詳しくお伝えします。"
KOREAN = "서울에서 열린 전시회 소식을 전해 드립니다"
RUSSIAN = "Сегодня в городе открылась новая выставка"
CHINESE = "今天在北京举行的会议讨论了很多问题。"


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "cp932", "x-sjis"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (KOREAN, "cp949", "EUC-KR"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        (CHINESE, "gb18030", "gb2312"),
        ("Grüße – “schön”", "cp1252", "iso-8859-1"),
    ],
)
def test_a_page_is_read_as_its_header_or_itself_says(text: str, codec: str, label: str) -> None:
    body = f"<title>{text}</title>".encode(codec)
    assert decode_page(body, f"text/html; charset={label}") == f"<title>{text}</title>"
    said = f'<meta charset="{label}">'.encode() + body
    assert decode_page(said, "text/html").endswith(f"<title>{text}</title>")
    old = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'.encode() + body
    assert decode_page(old).endswith(f"<title>{text}</title>")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (JAPANESE, "utf-8"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "cp949"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (CHINESE, "gb18030"),
        ("Grüße aus Köln", "cp1252"),
        ("Hello", "ascii"),
    ],
)
def test_a_page_that_does_not_say_is_read_by_its_letters(text: str, codec: str) -> None:
    assert decode_page(f"<title>{text}</title>".encode(codec)) == f"<title>{text}</title>"


def test_a_byte_order_mark_counts_more_than_what_is_said() -> None:
    assert decode_page(b"\xef\xbb\xbf" + JAPANESE.encode(), "text/html; charset=shift_jis") == JAPANESE
    assert decode_page(b"\xff\xfe" + JAPANESE.encode("utf-16-le")) == JAPANESE
    assert decode_page(b"\xfe\xff" + JAPANESE.encode("utf-16-be")) == JAPANESE


@pytest.mark.parametrize("label", ["no-such-thing", "base64", "rot13", "utf-16", "idna", "punycode", "unicode_escape"])
def test_a_name_that_is_no_encoding_of_pages_is_passed_over(label: str) -> None:
    assert decode_page("é".encode(), f"text/html; charset={label}") == "é"


def test_a_letter_that_is_cut_off_or_wrong_fails_nothing() -> None:
    assert decode_page("trees é".encode()[:-1]).startswith("trees ")
    assert decode_page(b"a\xff\xfeb", "text/html; charset=utf-8") == "a\ufffd\ufffdb"
    assert decode_page(b"") == ""
