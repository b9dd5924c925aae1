"""/find and the library: finding what others gave, in one step."""

from sqlmodel import Session, select

from storage.models.resource import Resource, ResourceLookup
from storage.search import index
from tests.chat import Chat
from tests.handlers.shelves import LINK, do, post_file, send_file


async def fill(group: Chat) -> None:
    """Three teachers share about decimals."""
    post = await post_file(group, "小数乘法.pptx", by="周老师")
    await group.say("/share 小数乘法算理 三年级 #算理", by="周老师", reply_to=post)
    await group.say(f"/share {LINK} Decimals in pictures #算理", by="林老师")
    await group.say("/share https://a.example.cn/3 竖式计算微课 数学\n讲清楚算理的一课", by="何老师")


async def test_scene_has_anybody_something_on(group: Chat) -> None:
    await fill(group)
    said = await group.say("有没有讲算理的？", by="何老师", reply_to=group.last())
    assert said.splitlines() == [
        "“算理”找到 3 份：",
        "① 竖式计算微课　何老师 第13周",
        "② Decimals in pictures　林老师 第13周 #算理",
        "③ 小数乘法算理　周老师 第13周 #算理",
    ]
    assert group.buttons() == ["取 ③"]


async def test_a_link_leads_to_its_page(group: Chat) -> None:
    await fill(group)
    await group.say("/find pictures", by="何老师")
    assert f'<a href="{LINK}">Decimals in pictures</a>' in group.last().html


async def test_a_file_is_sent_again(group: Chat) -> None:
    await fill(group)
    await group.say("/find 小数乘法", by="何老师")
    await group.press("取 ①", by="何老师")
    assert group.last().body["document"]["file_name"] == "小数乘法.pptx"


async def test_by_every_kind_of_word(group: Chat) -> None:
    await fill(group)
    for words, expected in [
        ("微", "竖式计算微课"),
        ("竖式", "竖式计算微课"),
        ("周老师 算理", "小数乘法算理"),
        ("#算理 DECIMALS", "Decimals in pictures"),
        ("讲清楚", "竖式计算微课"),
        ("maths", "竖式计算微课"),
        ("grade 3", "小数乘法算理"),
        ("jiaoyan.example.cn", "Decimals in pictures"),
    ]:
        said = await group.tell(f"找 {words}", by="孙老师")
        assert [line[2:].split("　")[0] for line in said.splitlines()[1:]] == [expected], words


async def test_signs_between_and_around_words_do_not_hide_what_is_there(group: Chat) -> None:
    await fill(group)
    for words in ("小数、乘法", "小数乘法，算理", "算理 小数？", "“小数乘法”", "#算理，小数"):
        said = await group.tell(f"找 {words}", by="孙老师")
        assert said.endswith("① 小数乘法算理　周老师 第13周 #算理"), words
    await group.say("/share https://a.example.cn/9 静夜思？一问一答", by="林老师")
    assert (await group.tell("找 静夜思？", by="孙老师")).startswith("“静夜思？”找到 1 份：")
    assert (await group.tell("找 方程、函数", by="孙老师")).startswith("没有找到“方程、函数”")


async def test_a_sharer_is_found_by_the_name_that_is_shown(group: Chat) -> None:
    await fill(group)
    await group.tell("/me 林敏", by="林老师")
    assert (await group.tell("找 林敏", by="何老师")).endswith("① Decimals in pictures　林敏 第13周 #算理")
    assert (await group.tell("找 林老师", by="何老师")).startswith("没有找到")
    group.world.person("周老师").name = "周芳"
    await group.tell("你好", by="周芳")
    assert "小数乘法算理　周芳 第13周" in await group.tell("找 周芳", by="何老师")
    assert (await group.tell("找 周老师", by="何老师")).startswith("没有找到")


async def test_pages_turn_in_the_same_post(group: Chat) -> None:
    for number in range(1, 8):
        await group.say(f"/share https://a.example.cn/{number} 分数第{number}课", by="林老师")
    said = await group.say("/find 分数", by="周老师")
    assert said.splitlines()[0] == "“分数”找到的，第 1 页："
    assert said.splitlines()[1] == "① 分数第7课　林老师 第13周"
    posts = len(group.posts())
    assert group.buttons() == ["下一页"]
    said = await group.press("下一页", by="何老师")
    assert said.splitlines()[1:] == ["⑥ 分数第2课　林老师 第13周", "⑦ 分数第1课　林老师 第13周"]
    assert group.buttons() == ["上一页"]
    assert "① 分数第7课" in await group.press("上一页", by="何老师")
    assert len(group.posts()) == posts


async def test_nothing_found_says_what_to_do_next(group: Chat) -> None:
    await fill(group)
    assert (await group.say("/find 分数除法", by="何老师")).startswith(
        "没有找到“分数除法”。可以少写几个字再试"
    )
    assert (await group.press("看资料库", by="何老师")).startswith("资料库　想怎么看？")


async def test_without_words_it_asks(group: Chat) -> None:
    await fill(group)
    await group.tell("/find", by="何老师")
    assert "小数乘法算理" in await group.tell("三年级", by="何老师")


async def test_in_english(group: Chat) -> None:
    await fill(group)
    await group.tell("/language en", by="孙老师")
    said = await group.tell("does anyone have anything on decimals?", by="孙老师")
    assert said == "One thing for “decimals”:\n① Decimals in pictures: 林老师, week 13 #算理"
    assert (await group.tell("/find nothing like it", by="孙老师")).startswith("Nothing found for")


async def test_inline_in_any_chat_for_members_only(group: Chat) -> None:
    await fill(group)
    await group.say("/leave", by="孙老师")
    hits = await inline(group, "算理", "何老师")
    assert [hit["title"] for hit in hits] == ["竖式计算微课", "Decimals in pictures"]
    assert hits[0]["description"] == "何老师 第13周 数学"
    assert len(await inline(group, "", "何老师")) == 2
    assert await inline(group, "没有的词", "何老师") == []
    assert await inline(group, "算理", "孙老师") == []


async def inline(group: Chat, words: str, by: str) -> list[dict[str, str]]:
    number = group.world.inline(by, words)
    await group.settle()
    found: list[dict[str, str]] = group.world.inline_answers[number]["results"]
    return found


async def test_another_community_finds_nothing_of_ours(group: Chat) -> None:
    await fill(group)

    def move(session: Session) -> None:
        for resource in session.exec(select(Resource)):
            index(session, 999, resource.id or 0, resource.title)

    await do(group, move)
    assert len((await group.tell("找 算理", by="何老师")).splitlines()) == 4


async def test_a_page_of_another_community_is_out_of_date(group: Chat) -> None:
    for number in range(1, 8):
        await group.say(f"/share https://a.example.cn/{number} 分数第{number}课", by="林老师")
    await group.say("/find 分数", by="周老师")
    await do(group, adopt_lookups)
    assert await group.press("下一页", by="周老师") == "这个按钮已经过时了，请看最新的一条。"


def adopt_lookups(session: Session) -> None:
    from storage.models.community import Community

    other = Community(name="别的组", created_at=session.exec(select(ResourceLookup)).one().at)
    session.add(other)
    session.flush()
    for lookup in session.exec(select(ResourceLookup)):
        lookup.community_id = other.id or 0


async def test_a_file_kept_in_private_is_found_by_its_name(group: Chat) -> None:
    await send_file(group, "期中卷子.docx", by="何老师", caption="/share 三年级期中")
    assert "三年级期中" in await group.tell("找 卷子", by="周老师")


async def test_who_can_see_what_i_wrote_is_answered_though_a_question_is_open(group: Chat) -> None:
    await group.tell("/find", by="林老师")
    said = await group.tell("谁能看到我写的？", by="林老师")
    assert said.startswith("写下的默认只有自己看得到。")
    assert "没有找到“小数”" in await group.tell("小数", by="林老师")
