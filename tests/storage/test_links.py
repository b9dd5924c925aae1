"""Links are found as people write them, and the same page is recognised under its many addresses."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.links import find_links, normalise

FOUND = [
    ("看 https://a.b/c，很好", ["https://a.b/c"]),
    ("（https://a.cn/x）", ["https://a.cn/x"]),
    ("(见 https://a.cn/x_(y))", ["https://a.cn/x_(y)"]),
    ("https://a.cn/x.", ["https://a.cn/x"]),
    ("https://a.cn/x?p=1&q=2；https://b.cn", ["https://a.cn/x?p=1&q=2", "https://b.cn"]),
    ("https://a.cn/c很好", ["https://a.cn/c"]),
    ("https://a.cn很好", ["https://a.cn"]),
    ("https://baike.cn/item/分数/1 好", ["https://baike.cn/item/分数/1"]),
    ("https://a.cn/s?q=分数教学&p=2。", ["https://a.cn/s?q=分数教学&p=2"]),
    ("https://例子.中国/x", ["https://例子.中国/x"]),
    ("课件在www.x.cn/abc，请看", ["www.x.cn/abc"]),
    ("pan.baidu.com/s/1abc 提取码 1234", ["pan.baidu.com/s/1abc"]),
    ("《https://a.cn/x》“https://b.cn/y”", ["https://a.cn/x", "https://b.cn/y"]),
    ("HTTPS://A.CN/x 和 https://a.cn/x", ["HTTPS://A.CN/x"]),
    ("http://127.0.0.1:8080/a http://[::1]/b", ["http://127.0.0.1:8080/a", "http://[::1]/b"]),
    ("https://a.cn/#/lesson/3", ["https://a.cn/#/lesson/3"]),
    ("<a href=\"https://a.cn/x\">", ["https://a.cn/x"]),
    ("wang@x.com 教案.doc v1.2 3.5 main.py a.md", []),
    ("没有链接", []),
    ("https://", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "links"), FOUND)
def test_links_are_found_as_written(text: str, links: list[str]) -> None:
    assert find_links(text) == links


WEIXIN = "https://mp.weixin.qq.com/s?__biz=MzA&mid=22&idx=1&sn=ab"
SAME = [
    ("HTTP://A.CN", "http://a.cn/"),
    ("https://a.cn:443/x", "https://a.cn/x"),
    ("http://a.cn:80", "http://a.cn/"),
    ("http://a.cn:443/", "http://a.cn:443/"),
    ("https://a.cn./x", "https://a.cn/x"),
    ("https://a.cn/x#part", "https://a.cn/x"),
    ("https://a.cn/#/lesson/3", "https://a.cn/#/lesson/3"),
    ("https://a.cn/#!/lesson", "https://a.cn/#!/lesson"),
    ("https://a.cn/x?utm_source=wx&id=3&UTM_medium=q", "https://a.cn/x?id=3"),
    ("https://a.cn/x?spm=1.2&b=2&a=1", "https://a.cn/x?b=2&a=1"),
    ("https://a.cn/x?from=timeline&isappinstalled=0", "https://a.cn/x"),
    ("https://a.cn/list?from=20", "https://a.cn/list?from=20"),
    (f"{WEIXIN}&chksm=f&scene=21&from=groupmessage#wechat_redirect", WEIXIN),
    ("https://mp.weixin.qq.com/s/AbC-1_2?scene=1", "https://mp.weixin.qq.com/s/AbC-1_2"),
    ("https://www.bilibili.com/video/BV1?vd_source=9&p=2", "https://www.bilibili.com/video/BV1?p=2"),
    ("https://www.bilibili.com/video/BV1?spm_id_from=333.337.0.0&p=2", "https://www.bilibili.com/video/BV1?p=2"),
    ("https://例子.中国/课", "https://xn--fsqu00a.xn--fiqs8s/%E8%AF%BE"),
    ("https://a.cn/%e8%af%be%7e", "https://a.cn/%E8%AF%BE~"),
    ("https://a.cn/a b", "https://a.cn/a%20b"),
    ("https://a.cn/100%", "https://a.cn/100%25"),
    ("www.x.cn/abc", "https://www.x.cn/abc"),
    ("  https://a.cn/x\n", "https://a.cn/x"),
    ("http://[::1]:80/", "http://[::1]/"),
    ("https://a.cn/x?", "https://a.cn/x"),
    ("mailto:wang@x.cn", "mailto:wang@x.cn"),
    ("https://a.cn:99999999/", "https://a.cn:99999999/"),
    ("http://[broken", "http://[broken"),
    ("研讨", "研讨"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "one"), SAME)
def test_the_same_page_has_one_address(url: str, one: str) -> None:
    assert normalise(url) == one


PARTS = (
    *(
        "http://",
        "HTTPS://",
        "www.",
        "a.cn",
        "例子。中国",
        "@",
        ":80",
        "/",
        "?",
        "#",
        "&",
        "%e8",
        "%",
        "utm_a=1",
    ),
    *(
        "from=b",
        "spm",
        "=",
        ".",
        "(",
        ")",
        "[",
        "]",
        " ",
        "\t",
        "İ",
        "ß",
        "①",
        "\ud800",
        "\0",
        "，",
        "课",
        "!/",
    ),
)
PIECES = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@given(st.one_of(st.text(max_size=200), PIECES, PIECES.map("https://a.cn/".__add__)))
@example("http://a.cn/%2f%25%")
def test_normalising_again_changes_nothing(url: str) -> None:
    once = normalise(url)
    assert normalise(once) == once


@given(st.one_of(st.text(max_size=200), PIECES))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    links = find_links(text)
    assert all(link in text for link in links)
    assert len({normalise(link) for link in links}) == len(links)
