"""A title is read however its page is written, and is one plain line afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links.title import LONGEST, read_title

META = '<meta http-equiv="Content-Type" content="text/html; charset={0}"><title>小学数学《分数》教學</title>'
SHORT = "<meta charset='{0}'><title>小学数学《分数》教學</title>"
TITLE = "小学数学《分数》教學"


@pytest.mark.parametrize("page", [META, SHORT])
@pytest.mark.parametrize(
    ("name", "encoding"), [("gb2312", "gbk"), ("GBK", "gbk"), ("gb18030", "gb18030"), ("utf-8", "utf-8")]
)
def test_the_page_says_how_it_is_written(page: str, name: str, encoding: str) -> None:
    assert read_title(page.format(name).encode(encoding)) == TITLE


SAID = [
    *(("gb2312", "gbk"), ("BIG5", "big5"), ('"utf-8"', "utf-8"), ("zip", "utf-8")),
    *((None, "gb18030"), (None, "utf-8-sig"), (None, "utf-16")),
]


@pytest.mark.parametrize(("charset", "encoding"), SAID)
def test_the_header_or_the_bytes_say_how_it_is_written(charset: str | None, encoding: str) -> None:
    page = "<html><title>小學數學《分數》教學</title>"
    assert read_title(page.encode(encoding), charset) == "小學數學《分數》教學"


TITLES = [
    ("<title>a &amp; b &#x5206;&lt;数&gt;</title>", "a & b 分<数>"),
    ("<TITLE\n data-x='1'>\n 分数 \t 教学\r\n</TITLE>", "分数 教学"),
    ("<title></title><meta property='og:title' content='公众号 文章'>", "公众号 文章"),
    ('<meta content="先写内容 &gt; 后写名" property="og:title" />', "先写内容 > 后写名"),
    ("<meta name=og:title content=短>", "短"),
    ("<title>甲</title><meta property='og:title' content='乙'>", "甲"),
    ("<title>no end", "no end"),
    ("<titles>不是</titles>", ""),
    ("<title>\u202egnp.exe\u202c\u200b教案\x00\x1b[0m\u2066</title>", "gnp.exe教案 [0m"),
    (f"<title>{'长' * 500}</title>", "长" * LONGEST),
    ("没有标题", ""),
    ("", ""),
]


@pytest.mark.parametrize(("page", "words"), TITLES)
def test_titles(page: str, words: str) -> None:
    assert read_title(page.encode()) == words


@given(st.binary(max_size=400), st.sampled_from([None, "gbk", "big5", "utf-8", "utf-16", "nonsense"]))
def test_any_bytes_have_a_plain_title(page: bytes, charset: str | None) -> None:
    words = read_title(b"<title>" + page, charset)
    assert words == " ".join(words.split())
    assert len(words) <= LONGEST
    assert not set(words) & {chr(code) for code in (*range(32), *range(127, 160))} - {" "}
