"""Text: find links, mentions and hashtags, render and sanitise HTML, count characters. Pure."""

from marula.base.text.emoji import is_emoji, one_emoji
from marula.base.text.handles import normalise_domain, parse_handle, valid_local_username, valid_remote_username
from marula.base.text.hashtags import display_hashtag, normalise_hashtag, valid_hashtag
from marula.base.text.language_names import LANGUAGE_NAMES
from marula.base.text.languages import LANGUAGES, detect_language, valid_language
from marula.base.text.length import count_characters
from marula.base.text.markdown import render_markdown
from marula.base.text.render import MentionLink, links_to, render_bio, render_field, render_post, render_quote
from marula.base.text.sanitise import plain_text, sanitise_name, sanitise_post
from marula.base.text.tokens import Token, find_hashtags, find_mentions, find_shortcodes, scan
from marula.base.text.words import Wanted, fold, wanted_words, words

__all__ = [
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "MentionLink",
    "Token",
    "Wanted",
    "count_characters",
    "detect_language",
    "display_hashtag",
    "find_hashtags",
    "find_mentions",
    "find_shortcodes",
    "fold",
    "is_emoji",
    "links_to",
    "normalise_domain",
    "normalise_hashtag",
    "one_emoji",
    "parse_handle",
    "plain_text",
    "render_bio",
    "render_field",
    "render_markdown",
    "render_post",
    "render_quote",
    "sanitise_name",
    "sanitise_post",
    "scan",
    "valid_hashtag",
    "valid_language",
    "valid_local_username",
    "valid_remote_username",
    "wanted_words",
    "words",
]
