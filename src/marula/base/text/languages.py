"""Codes of languages that people may give to a post.

Spec: ISO 639-1 and 639-3; some with a region or script, as clients of Mastodon send them.
"""

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


def valid_language(code: str) -> bool:
    """Whether this is a language code that a post may carry."""
    return code in LANGUAGES
