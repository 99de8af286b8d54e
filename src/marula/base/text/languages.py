"""Languages of posts: the codes that people may give, and a guess from the words.

Spec: ISO 639-1 and 639-3; some with a region or script, as clients of Mastodon send them.
"""

from functools import cache
from typing import Protocol

import regex

from marula.base.text.tokens import scan

MIN_LETTERS = 20
MIN_LETTERS_OF_DENSE_SCRIPTS = 8
"""Fewer are no evidence. Han, kana, hangul and Thai say more with each letter."""

MIN_CONFIDENCE = 0.8
MAX_READ = 2000
"""Characters that are enough to know."""

_TWO = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj
kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LONGER = """
ast chr ckb cnr csb gsw jbo kab ldn lfn moh nds pdc sco sma smj szl tok vai xal zba zgh
de-AT de-CH en-AU en-CA en-GB en-US es-AR es-MX fr-CA fr-FR nan-TW pt-BR pt-PT sr-Latn zh-CN zh-HK zh-TW zh-YUE
"""

LANGUAGES = frozenset([*_TWO.split(), *_LONGER.split()])

_LETTER = regex.compile(r"\p{L}")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")


def valid_language(code: str) -> bool:
    """Whether this is a language code that a post may carry."""
    return code in LANGUAGES


def detect_language(text: str, fallback: str | None = None) -> str | None:
    """The language of a plain text, or `fallback` when it is too short or too unclear to say.

    Costs: 0.2 s and 100 MB once in a process, then about 100 µs; for workers.
    """
    words = _words(text[:MAX_READ])
    least = MIN_LETTERS_OF_DENSE_SCRIPTS if _DENSE.search(words) else MIN_LETTERS
    if len(_LETTER.findall(words)) < least:
        return fallback
    code, confidence = _identifier().classify(words)
    return code if confidence >= MIN_CONFIDENCE and code in LANGUAGES else fallback


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: the model is large and few processes need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _words(text: str) -> str:
    """A text without links, handles, hashtags and emoji codes: they are of no language."""
    parts: list[str] = []
    position = 0
    for token in scan(text):
        parts.append(text[position : token.start])
        position = token.end
    return " ".join([*parts, text[position:]])
