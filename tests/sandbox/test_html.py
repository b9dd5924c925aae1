"""Telegram's HTML, read and written."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.html import BadHtml, parse, to_html
from bot.sandbox.units import cut, found_entities, length

GOOD: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("好", "好", []),
    ("<b>好</b>", "好", [("bold", 0, 1)]),
    ("😀<i>好</i>", "😀好", [("italic", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("1 &lt; 2 &amp; 3 &#20998;", "1 < 2 & 3 分", []),
    ("&nbsp; stays", "&nbsp; stays", []),
    ("  <b> x </b>  ", "x", [("bold", 0, 1)]),
    ("<blockquote expandable>长</blockquote>", "长", [("expandable_blockquote", 0, 1)]),
    ("<b></b>空", "空", []),
]
BAD = ["<b>x", "</b>", "<b><i>x</b></i>", "<h1>x</h1>", "3 < 4", "<br>", "a <", '<span class="red">x</span>']


@pytest.mark.parametrize(("markup", "text", "spans"), GOOD)
def test_markup_becomes_entities(markup: str, text: str, spans: list[tuple[str, int, int]]) -> None:
    found, entities = parse(markup)
    assert found == text
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == spans


@pytest.mark.parametrize("markup", BAD)
def test_what_telegram_refuses_is_refused(markup: str) -> None:
    with pytest.raises(BadHtml):
        parse(markup)


def test_links_keep_their_address_and_people_their_number() -> None:
    _, entities = parse('<a href="https://a.b/?x=1&amp;y=2">课</a><a href="tg://user?id=7">林</a>')
    assert entities[0]["url"] == "https://a.b/?x=1&y=2"
    assert entities[1]["user_id"] == 7


def test_code_in_pre_names_its_language() -> None:
    _, entities = parse('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_whole(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(escaped) == (text.strip(), [])


leaf = st.text(alphabet="ab分😀 <&>", min_size=1, max_size=4).map(lambda t: ("", t))
tree = st.recursive(
    leaf,
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "s"]), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def _markup(node: Any) -> str:
    tag, inside = node
    if not tag:
        return str(inside).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<{tag}>{''.join(_markup(one) for one in inside)}</{tag}>"


@settings(deadline=None)
@given(st.lists(tree, max_size=4))
def test_writing_and_reading_again_changes_nothing(nodes: list[Any]) -> None:
    text, entities = parse("".join(_markup(node) for node in nodes))
    assert parse(to_html(text, entities))[0] == text
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= length(text)


@settings(deadline=None)
@given(st.text(alphabet="/@#a分😀 _.:http", max_size=40))
def test_found_entities_lie_within_and_apart(text: str) -> None:
    end = 0
    for entity in found_entities(text):
        assert entity["offset"] >= end
        end = entity["offset"] + entity["length"]
        if entity["type"] != "email":
            assert cut(text, entity["offset"], entity["length"])[0] in "/@#h"
    assert end <= length(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/find@yanban_bot 分数", ["bot_command"]),
        ("看 https://example.org/a?b=1，不错", ["url"]),
        ("#分数 和 @yanban_bot", ["hashtag", "mention"]),
        ("3/4 和 1/2", []),
        ("写信到 a.b@example.org", ["email"]),
    ],
)
def test_clients_mark_commands_links_and_tags(text: str, kinds: list[str]) -> None:
    assert [entity["type"] for entity in found_entities(text)] == kinds
