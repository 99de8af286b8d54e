"""Pages: server-rendered HTML that needs no JavaScript.

A page is declared with `@page` (page.py) and answers with a template, a redirect or a file. Every POST must carry the
token of a form of ours; a strict Content-Security-Policy allows neither inline styles nor scripts.
"""

from marula.faces.pages import (
    address,
    app,
    built,
    collection,
    consent,
    documents,
    embed,
    forgotten,
    home,
    interaction,
    joining,
    landing,
    manifest,
    outbox,
    password,
    post,
    profile,
    programs,
    sign_in,
    sign_ups,
    static,
    tag,
)
from marula.faces.pages.dispatch import Pages
from marula.faces.pages.page import PageRoute, routes

PAGES = (
    address,
    app,
    built,
    collection,
    consent,
    documents,
    embed,
    forgotten,
    home,
    interaction,
    joining,
    landing,
    manifest,
    outbox,
    password,
    post,
    profile,
    programs,
    sign_in,
    sign_ups,
    static,
    tag,
)
"""Imported for the pages that they declare."""

__all__ = ["PAGES", "PageRoute", "Pages", "routes"]
