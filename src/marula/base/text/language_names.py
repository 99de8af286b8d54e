"""The English names of the languages that posts may be marked with.

Spec: ISO 639-1 and 639-3
"""

from marula.base.text.languages import LANGUAGES

_NAMES = """
aa Afar, ab Abkhazian, ae Avestan, af Afrikaans, ak Akan, am Amharic, an Aragonese, ar Arabic, as Assamese,
av Avaric, ay Aymara, az Azerbaijani, ba Bashkir, be Belarusian, bg Bulgarian, bh Bihari, bi Bislama, bm Bambara,
bn Bengali, bo Tibetan, br Breton, bs Bosnian, ca Catalan, ce Chechen, ch Chamorro, co Corsican, cr Cree, cs Czech,
cu Church Slavonic, cv Chuvash, cy Welsh, da Danish, de German, dv Divehi, dz Dzongkha, ee Ewe, el Greek,
en English, eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian, ff Fula, fi Finnish, fj Fijian,
fo Faroese, fr French, fy Western Frisian, ga Irish, gd Scottish Gaelic, gl Galician, gn Guarani, gu Gujarati,
gv Manx, ha Hausa, he Hebrew, hi Hindi, ho Hiri Motu, hr Croatian, ht Haitian Creole, hu Hungarian, hy Armenian,
hz Herero, ia Interlingua, id Indonesian, ie Interlingue, ig Igbo, ii Nuosu, ik Inupiaq, io Ido, is Icelandic,
it Italian, iu Inuktitut, ja Japanese, jv Javanese, ka Georgian, kg Kongo, ki Kikuyu, kj Kwanyama, kk Kazakh,
kl Kalaallisut, km Khmer, kn Kannada, ko Korean, kr Kanuri, ks Kashmiri, ku Kurdish, kv Komi, kw Cornish, ky Kyrgyz,
la Latin, lb Luxembourgish, lg Ganda, li Limburgish, ln Lingala, lo Lao, lt Lithuanian, lu Luba-Katanga, lv Latvian,
mg Malagasy, mh Marshallese, mi Māori, mk Macedonian, ml Malayalam, mn Mongolian, mr Marathi, ms Malay, mt Maltese,
my Burmese, na Nauru, nb Norwegian Bokmål, nd Northern Ndebele, ne Nepali, ng Ndonga, nl Dutch,
nn Norwegian Nynorsk, no Norwegian, nr Southern Ndebele, nv Navajo, ny Chichewa, oc Occitan, oj Ojibwe, om Oromo,
or Oriya, os Ossetian, pa Punjabi, pi Pali, pl Polish, ps Pashto, pt Portuguese, qu Quechua, rm Romansh, rn Kirundi,
ro Romanian, ru Russian, rw Kinyarwanda, sa Sanskrit, sc Sardinian, sd Sindhi, se Northern Sami, sg Sango,
si Sinhala, sk Slovak, sl Slovenian, sm Samoan, sn Shona, so Somali, sq Albanian, sr Serbian, ss Swati,
st Southern Sotho, su Sundanese, sv Swedish, sw Swahili, ta Tamil, te Telugu, tg Tajik, th Thai, ti Tigrinya,
tk Turkmen, tl Tagalog, tn Tswana, to Tonga, tr Turkish, ts Tsonga, tt Tatar, tw Twi, ty Tahitian, ug Uyghur,
uk Ukrainian, ur Urdu, uz Uzbek, ve Venda, vi Vietnamese, vo Volapük, wa Walloon, wo Wolof, xh Xhosa, yi Yiddish,
yo Yoruba, za Zhuang, zh Chinese, zu Zulu, ast Asturian, chr Cherokee, ckb Sorani Kurdish, cnr Montenegrin,
csb Kashubian, gsw Swiss German, jbo Lojban, kab Kabyle, ldn Láadan, lfn Lingua Franca Nova, moh Mohawk,
nds Low German, pdc Pennsylvania Dutch, sco Scots, sma Southern Sami, smj Lule Sami, szl Silesian, tok Toki Pona,
vai Vai, xal Kalmyk, zba Balaibalan, zgh Standard Moroccan Tamazight, de-AT German (Austria),
de-CH German (Switzerland), en-AU English (Australia), en-CA English (Canada), en-GB English (Great Britain),
en-US English (United States), es-AR Spanish (Argentina), es-MX Spanish (Mexico), fr-CA French (Canada),
fr-FR French (France), nan-TW Hokkien (Taiwan), pt-BR Portuguese (Brazil), pt-PT Portuguese (Portugal),
sr-Latn Serbian (Latin), zh-CN Chinese (China), zh-HK Chinese (Hong Kong), zh-TW Chinese (Taiwan), zh-YUE Cantonese
"""

LANGUAGE_NAMES = {code: name for code, _, name in (part.strip().partition(" ") for part in _NAMES.split(","))}
"""The name of each language by its code."""

assert LANGUAGE_NAMES.keys() == LANGUAGES
