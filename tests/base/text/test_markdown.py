"""Markdown for the documents of a server."""

import pytest

from marula.base.text import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One\ntwo\n\nthree", "<p>One\ntwo</p>\n<p>three</p>"),
        ("# Title #\n### Part", "<h1>Title</h1>\n<h3>Part</h3>"),
        ("- a\n- b\n  more\n\n1. c\n2) d", "<ul><li>a</li><li>b\nmore</li></ul>\n<ol><li>c</li><li>d</li></ol>"),
        ("text\n- item", "<p>text</p>\n<ul><li>item</li></ul>"),
        ("> said\n> again", "<blockquote><p>said\nagain</p></blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("```\n<b> *x*\n```", "<pre><code>&lt;b&gt; *x*</code></pre>"),
        ("**bold** and *italic* and _too_", "<p><strong>bold</strong> and <em>italic</em> and <em>too</em></p>"),
        ("2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"),
        ("`*code*` <b>", "<p><code>*code*</code> &lt;b&gt;</p>"),
        (
            "[**a** page](https://x.example/?a=1&b=_2_)",
            '<p><a href="https://x.example/?a=1&amp;b=_2_" rel="nofollow noopener"><strong>a</strong> page</a></p>',
        ),
        (
            "<mailto:ann@x.example>",
            '<p><a href="mailto:ann@x.example" rel="nofollow noopener">mailto:ann@x.example</a></p>',
        ),
        ("[bad](javascript:alert(1))", "<p>[bad](javascript:alert(1))</p>"),
        ('[x](https://x.example/"onclick=")', '<p>[x](https://x.example/"onclick=")</p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("\x000\x00 and [a](/b)", '<p>0 and <a href="/b" rel="nofollow noopener">a</a></p>'),
        ("**never closed", "<p>**never closed</p>"),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
    ],
)
def test_a_text_is_rendered(text: str, html: str) -> None:
    assert render_markdown(text) == html


def test_hostile_texts_are_rendered_in_little_time() -> None:
    for piece in ("*", "[", "**a", "<http://", "`", "> ", "- ", "_a_"):
        assert render_markdown(piece * 20_000)
