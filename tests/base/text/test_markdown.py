"""Markdown for the documents of a server."""

import pytest

from marula.base.text import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One\ntwo\n\nthree", "<p>One\ntwo</p>\n<p>three</p>"),
        ("# Title #\n### Part", "<h1>Title</h1>\n<h3>Part</h3>"),
        (
            "- a\n  - b\n\n1. c",
            "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>",
        ),
        ("> said\n> again", "<blockquote>\n<p>said\nagain</p>\n</blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr />\n<p>b</p>"),
        ("```\n<b> *x*\n```", "<pre><code>&lt;b&gt; *x*\n</code></pre>"),
        ("**bold**, *italic*, ~~gone~~", "<p><strong>bold</strong>, <em>italic</em>, <s>gone</s></p>"),
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
        ("[here](/about)", '<p><a href="/about" rel="nofollow noopener">here</a></p>'),
        ("[bad](javascript:alert(1))", "<p>[bad](javascript:alert(1))</p>"),
        ("[bad](data:text/html,x)", "<p>[bad](data:text/html,x)</p>"),
        ('[x](https://x.example/"onclick=")', None),
        ("![pixel](https://x.example/a.png)", None),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("\x000\x00", "<p>0</p>"),
        ("**never closed", "<p>**never closed</p>"),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
    ],
)
def test_a_text_is_rendered(text: str, html: str | None) -> None:
    rendered = render_markdown(text)
    if html is None:
        assert "<img" not in rendered
        assert '"onclick' not in rendered
    else:
        assert rendered == html


@pytest.mark.parametrize("piece", ["*", "[", "**a", "<http://", "`", "> ", "- ", "_a_", "![a](", "|a", "~~"])
def test_hostile_texts_are_rendered_in_little_time(piece: str) -> None:
    assert render_markdown(piece * 20_000)
