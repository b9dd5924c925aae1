"""Reading the words beside a link: labels are recognised, and never guessed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.core.resources.gather import Thing, gather
from handlers.core.resources.labels import LONGEST_TITLE, MOST_TAGS, read_labels
from handlers.core.resources.levels import grades_in, names_of, number, units_in
from handlers.core.resources.question import wanted_in
from handlers.core.resources.subjects import SUBJECTS
from tests.handlers.messages import said

PIECES = st.sampled_from(
    [
        "#",
        "＃",
        "-#",
        "三年级",
        "第十单元",
        "Grade 3",
        "unit 99",
        "数学",
        "\n",
        " ",
        "https://a.cn/",
        "、",
        "十",
    ]
)
PLAIN = st.text("甲乙丙丁abcd ", min_size=1, max_size=40).filter(str.strip)
WORDS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map("".join)


@given(WORDS)
@example("#")
@example("第十十单元")
@example("十十年级")
def test_any_words_are_read(words: str) -> None:
    labels = read_labels(words)
    assert len(labels.title) <= LONGEST_TITLE
    assert "\n" not in labels.title
    assert len(labels.tags) <= MOST_TAGS
    assert all(tag and not set(tag) & set("#＃ \n") for tag in labels.tags)
    assert labels.subject in {"", *SUBJECTS}
    assert not labels.grade or "grade" not in labels.unsure
    assert labels.unit is None or "unit" not in labels.unsure


@given(PLAIN, PLAIN)
def test_what_is_no_label_is_kept_as_it_was_said(title: str, note: str) -> None:
    labels = read_labels(f"三年级 {title} #算理 第二单元\n{note}")
    assert labels.title == " ".join(title.split())
    assert labels.note == " ".join(note.split())
    assert (labels.tags, labels.grade, labels.unit) == (("算理",), "g3", 2)


@given(st.integers(1, 99))
def test_numbers_are_read_as_they_are_written(value: int) -> None:
    assert units_in(" ".join(names_of("", value))) == {value}


@pytest.mark.parametrize(
    ("words", "title", "subject", "grade", "unit"),
    [
        ("小数乘法 三年级", "小数乘法", "", "g3", None),
        ("小数乘法 三年级数学上册", "小数乘法 三年级数学上册", "math", "g3", None),
        ("三年级上册数学", "三年级上册数学", "math", "g3a", None),
        ("小数 3年级下 第3单元", "小数", "", "g3b", 3),
        ("三年级上课视频", "三年级上课视频", "", "g3", None),
        ("十一年级 Unit 12", "Unit 12", "", "g11", 12),
        ("Fractions Grade 3 science", "Fractions Grade 3 science", "science", "g3", None),
        ("Year 5 maths", "Year 5 maths", "math", "y5", None),
        ("高三数学二轮", "高三数学二轮", "math", "s3", None),
        ("初一 英语 听力", "听力", "english", "j1", None),
        ("提高一点阅读速度", "提高一点阅读速度", "", "", None),
        ("函数学习单", "函数学习单", "", "", None),
        ("变化学习", "变化学习", "", "", None),
        ("汉语文化节", "汉语文化节", "", "", None),
        ("The art of asking", "The art of asking", "", "", None),
        ("我们的历史使命", "我们的历史使命", "", "", None),
        ("历史课件", "历史课件", "history", "", None),
        ("the year 2026", "the year 2026", "", "", None),
        ("数学 语文", "数学 语文", "", "", None),
        ("三、四年级", "三、四年级", "", "", None),
        ("第一单元 第二单元", "第一单元 第二单元", "", "", None),
    ],
)
def test_labels(words: str, title: str, subject: str, grade: str, unit: int | None) -> None:
    labels = read_labels(words)
    assert (labels.title, labels.subject, labels.grade, labels.unit) == (title, subject, grade, unit)


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("标题 #分数 #Fractions", ("分数", "Fractions")),
        ("#分数# 标题", ("分数",)),
        ("标题#分数＃练习", ("分数", "练习")),
        ("#分数 #分数 #ＦＲ #fr", ("分数", "ＦＲ")),
        ("C#语言", ()),
        ("标题 -#分数", ()),
    ],
)
def test_tags(words: str, tags: tuple[str, ...]) -> None:
    assert read_labels(words).tags == tags


def test_a_tag_may_name_the_subject() -> None:
    assert read_labels("分数 #数学").subject == "math"
    assert read_labels("Fractions #science").subject == "science"


@pytest.mark.parametrize(
    ("words", "value"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("7", 7), ("十十", 10)],
)
def test_numerals(words: str, value: int) -> None:
    assert number(words) == value


def test_the_same_grade_said_twice_is_one() -> None:
    assert read_labels("三年级 三年级上册 小数").grade == "g3a"
    assert grades_in("一到六年级") == {"g1", "g6"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("有没有讲算理的？", "算理"),
        ("谁有分数的课件吗", "分数"),
        ("Is there anything on decimals?", "decimals"),
        ("does anyone have something about fractions", "fractions"),
        ("今天下午开会", ""),
        ("有没有", ""),
    ],
)
def test_questions(question: str, words: str) -> None:
    assert wanted_in(question) == words


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("www.example.cn/a", "https://www.example.cn/a"),
        ("http://user@a.example.cn/<b>", "http://user@a.example.cn/"),
        ("tg://user?id=5", None),
        ("javascript:alert(1)", None),
    ],
)
def test_only_pages_of_the_web_are_links(link: str, key: str | None) -> None:
    found = gather(said(f"/share {link}", links=(link,)), link)
    assert [one.thing.key for one in found if one.thing.kind == "link"] == ([key] if key else [])


def test_a_hidden_link_counts() -> None:
    [found] = gather(said("/share 点这里", links=("https://a.example.cn/1",)), "点这里")
    assert found.thing == Thing("link", "https://a.example.cn/1", "a.example.cn/1", "https://a.example.cn/1")
    assert found.labels.title == "点这里"
