"""Links in what we say: words that lead to a page, and nothing that breaks out of them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.html import parse
from config.moments import Almanac
from config.texts import Speech, clean, link

SPEECH = Speech("zh-CN", Almanac.blank())
NASTY = st.text(
    st.sampled_from("a.中/?=&\"'<> #;") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=30
)


@given(NASTY, NASTY)
def test_no_words_and_no_address_break_the_markup(words: str, rest: str) -> None:
    text, entities = parse(SPEECH.html(link(f"题{words}目", f"https://a.cn/{rest}")))
    assert text == clean(f"题{words}目")
    assert [one["url"] for one in entities] == [clean(f"https://a.cn/{rest}")]


def test_only_pages_of_the_web_are_led_to() -> None:
    assert SPEECH.html(link("点 & 看", "javascript:alert(1)")) == "点 &amp; 看"
    assert SPEECH.plain(link("点 & 看", "https://a.cn/")) == "点 & 看"
