"""/library: looking round, and changing what is one's own."""

from datetime import date

from sqlmodel import Session, select

from storage import search
from storage.models.community import Community
from storage.models.log import Change
from storage.models.resource import Resource, ResourceCredit, ResourceLookup, ResourceOffer, ResourceTag
from storage.queries.resource import erase, export
from tests.chat import Chat
from tests.handlers.shelves import LINK, credits_of, do, kept, person_id, post_file

OLD = "这个按钮已经过时了，请看最新的一条。"


async def fill(group: Chat) -> None:
    """Six things by three teachers."""
    await group.say(f"/share {LINK} 小数乘法算理 三年级数学 #算理", by="周老师")
    await group.say("/share https://a.example.cn/2 古诗两首 语文 #古诗 #算理", by="林老师")
    for number in range(3, 7):
        await group.say(f"/share https://a.example.cn/{number} 分数第{number}课", by="何老师")


async def test_the_ways_into_the_library(group: Chat) -> None:
    assert (await group.say("/library", by="孙老师")).startswith("资料库里还没有资料。")
    await fill(group)
    assert await group.say("/library", by="孙老师") == "资料库　想怎么看？"
    assert group.buttons() == ["最新", "按标签", "按学科", "按教学周", "我分享的"]


async def test_newest_in_pages_and_back(group: Chat) -> None:
    await fill(group)
    await group.say("/library", by="孙老师")
    said = await group.press("最新", by="孙老师")
    assert said.splitlines()[:2] == ["最新　点序号看详细", "① 分数第6课　何老师 第13周"]
    assert (
        await group.press("下一页", by="孙老师") == "最新　点序号看详细\n⑥ 小数乘法算理　周老师 第13周 #算理"
    )
    said = await group.press("⑥", by="孙老师")
    assert said == "小数乘法算理\n周老师　第13周\n数学、三年级\n#算理"
    assert group.buttons() == ["返回"]
    assert (await group.press("返回", by="孙老师")).startswith("最新　点序号看详细\n⑥")
    assert await group.press("资料库", by="孙老师") == "资料库　想怎么看？"


async def test_by_tag_subject_and_week(group: Chat) -> None:
    await fill(group)
    await group.say("/library", by="孙老师")
    await group.press("按标签", by="孙老师")
    assert group.buttons() == ["#算理", "#古诗", "资料库"]
    assert len((await group.press("#算理", by="孙老师")).splitlines()) == 3
    await group.press("资料库", by="孙老师")
    await group.press("按学科", by="孙老师")
    assert group.buttons() == ["语文", "数学", "资料库"]
    assert "古诗两首" in await group.press("语文", by="孙老师")
    await group.press("资料库", by="孙老师")
    await group.press("按教学周", by="孙老师")
    assert group.buttons() == ["2026年 第13周", "资料库"]
    assert "分数第6课" in await group.press("2026年", by="孙老师")


async def test_mine_are_those_of_who_presses(group: Chat) -> None:
    await fill(group)
    await group.say("/library", by="周老师")
    assert len((await group.press("我分享的", by="周老师")).splitlines()) == 2
    await group.press("资料库", by="孙老师")
    assert await group.press("我分享的", by="孙老师") == "“我分享的”里现在没有资料。"


async def test_in_english(group: Chat) -> None:
    await fill(group)
    await group.tell("/language en", by="周老师")
    assert await group.tell("/library", by="周老师") == "Library: how would you like to look?"
    room = group.private("周老师")
    await group.press("By subject", by="周老师", room=room)
    said = await group.press("Maths", by="周老师", room=room)
    assert said == "Maths: press a number to look closer\n① 小数乘法算理: 周老师, week 13 #算理"
    assert (
        await group.press("①", by="周老师", room=room)
        == "小数乘法算理\n周老师, week 13\nMaths, Grade 3\n#算理"
    )
    await group.press("Remove", by="周老师", room=room)
    assert await group.press("Remove", by="周老师", room=room) == "“小数乘法算理” is removed."


async def test_a_new_title_is_found_and_the_old_one_is_not(group: Chat) -> None:
    await group.say(f"/share {LINK} 小数乘法算里", by="周老师")
    await group.press("改标题", by="周老师")
    said = await group.say("小数乘法算理", by="周老师", reply_to=group.last())
    assert said == "收好了。\n小数乘法算理\n周老师　第13周\n改好了：小数乘法算理"
    assert "小数乘法算理" in await group.tell("找 算理", by="何老师")
    assert (await group.tell("找 算里", by="何老师")).startswith("没有找到")


async def test_tags_are_put_on_and_taken_off(group: Chat) -> None:
    await group.say(f"/share {LINK} 小数乘法 #小树", by="周老师")
    await group.press("加标签", by="周老师")
    said = await group.say("#小数 -#小树 数学 三年级上册 第三单元", by="周老师", reply_to=group.last())
    assert said.splitlines()[3:5] == ["数学、三年级上册、第3单元", "#小数"]
    await group.press("加标签", by="周老师")
    assert "#小数 #好课 #算理" in await group.say("好课 算理", by="周老师", reply_to=group.last())
    card = group.post_with("加标签")
    assert "#微课" in await group.say("#微课", by="周老师", reply_to=card)
    assert await group.say("谢谢分享", by="何老师", reply_to=card) == ""


async def test_only_a_sharer_changes_an_entry(group: Chat) -> None:
    await fill(group)
    for button in ("改标题", "加标签", "移除"):
        assert await group.press(button, by="林老师") == "这份由分享的老师来改：何老师。"


async def test_removing_takes_two_steps_and_leaves_no_trace(group: Chat) -> None:
    await group.say(f"/share {LINK} 小数乘法 #算理", by="周老师")
    said = await group.press("移除", by="周老师")
    assert said == "真的移除“小数乘法”吗？移除后大家都找不到它。"
    assert (await group.press("留着", by="周老师")).startswith("小数乘法\n周老师")
    await group.press("移除", by="周老师")
    card = group.post_with("移除")
    assert await group.press("移除", by="周老师", post=card) == "已移除“小数乘法”。"
    assert (await group.tell("找 小数", by="周老师")).startswith("没有找到")
    assert await rows(group) == [[], [], []]


async def rows(group: Chat) -> list[list[object]]:
    def every(session: Session) -> list[list[object]]:
        return [list(session.exec(select(table))) for table in (Resource, ResourceCredit, ResourceTag)]

    found: list[list[object]] = await do(group, every)
    return found


async def test_a_shared_entry_stays_when_one_of_two_leaves_it(group: Chat) -> None:
    await group.say(f"/share {LINK} 小数乘法", by="周老师")
    await group.say(f"/share {LINK}", by="何老师")
    said = await group.press("移除", by="何老师")
    assert said == "“小数乘法”也是周老师分享的。移除后只去掉你的署名，资料还在。"
    await group.press("移除", by="何老师", post=group.last())
    assert "小数乘法　周老师 第13周" in await group.tell("找 小数", by="林老师")
    assert (await group.tell("找 何老师", by="林老师")).startswith("没有找到")


async def test_a_leader_hides_what_only_its_sharer_still_sees(group: Chat) -> None:
    await fill(group)
    await group.say("/library", by="王老师")
    await group.press("最新", by="王老师")
    await group.press("①", by="王老师")
    assert await group.press("收起", by="何老师") == "这一步由负责人来做。发 /roles 可以看到负责人是谁。"
    assert (await group.press("收起", by="王老师")).endswith("已收起")
    assert (await group.tell("找 分数第6课", by="林老师")).startswith("没有找到")
    assert [change.content for change in await do(group, changes)] == [{"title": "分数第6课"}]
    await group.tell("/library", by="何老师")
    assert "分数第6课" in await group.press("我分享的", by="何老师", room=group.private("何老师"))
    await group.press("放回来", by="王老师")
    assert "分数第6课" in await group.tell("找 分数第6课", by="林老师")


def changes(session: Session) -> list[Change]:
    return list(session.exec(select(Change)))


async def test_buttons_of_another_community_do_nothing(group: Chat) -> None:
    post = await post_file(group, "小数.pptx", by="周老师")
    await group.say("/share 小数 #算理", by="周老师", reply_to=post)
    await group.say("/find 小数", by="周老师")
    await group.say("/library", by="周老师")
    await group.press("按标签", by="周老师")
    await do(group, give_away)
    for button in ("改标题", "加标签", "移除", "取 ①", "#算理"):
        assert await group.press(button, by="周老师") == OLD


def give_away(session: Session) -> None:
    """Everything belongs to a community of others."""
    first = session.exec(select(Resource)).first()
    assert first is not None
    other = Community(name="别的组", created_at=first.shared_at)
    session.add(other)
    session.flush()
    for table in (Resource, ResourceTag):
        for row in session.exec(select(table)):
            row.community_id = other.id or 0


async def test_a_button_for_what_is_gone(group: Chat) -> None:
    await group.say(f"/share {LINK} 小数乘法", by="周老师")
    card = group.last()
    await group.press("移除", by="周老师")
    confirm = group.world.press_data("周老师", card, data_of(card, "移除"))
    await group.settle()
    assert confirm.answer is not None
    again = group.world.press_data("周老师", card, confirm.data)
    await group.settle()
    assert (again.answer or {}).get("text") == OLD


def data_of(post: object, text: str) -> str:
    buttons = [one for row in getattr(post, "buttons") for one in row]  # noqa: B009
    return next(str(one["callback_data"]) for one in buttons if one["text"] == text)


async def test_what_is_kept_of_a_person_can_be_seen_and_erased(group: Chat) -> None:
    await fill(group)
    await group.say(f"/share {LINK} 也很好", by="林老师")
    await group.tell(f"等会儿再说 {LINK}", by="林老师")
    lin = await person_id(group, "林老师")
    told = await do(group, export, lin)
    assert [one["title"] for one in told["shared"]] == ["小数乘法算理", "古诗两首"]
    assert told["shared"][1]["tags"] == ["古诗", "算理"]
    assert told["waiting"] == [f"等会儿再说 {LINK}"]
    await do(group, erase, lin)
    assert await do(group, export, lin) == {}
    assert "林老师" not in {name for _, name in await credits_of(group)}
    titles = [one.title for one in await kept(group)]
    assert titles[0] == "小数乘法算理"
    assert "古诗两首" not in titles
    assert await do(group, lambda session: search.search(session, 1, "林老师").ids) == ()
    assert await do(group, lambda session: search.search(session, 1, "古诗").ids) == ()
    for table in (ResourceOffer, ResourceLookup):
        assert await do(group, lambda session, table=table: session.exec(select(table)).all()) == []


async def test_the_week_is_the_one_it_was_shared_in(group: Chat) -> None:
    await fill(group)
    [first, *_] = await kept(group)
    assert (first.week, first.monday) == (13, date(2026, 11, 23))
    await group.until("2026-12-02 10:00")
    assert "第13周" in await group.tell("找 小数乘法算理", by="何老师")


async def test_the_weekly_digest_tells_what_is_new(group: Chat) -> None:
    await group.say("/digest")
    for number in range(1, 7):
        await group.say(f"/share https://jiaoyan.example.cn/{number} 第{number}份课件", by="林老师")
    said = await group.until("2026-11-27 17:00")
    assert "这一周\n大家分享的：\n① 第6份课件　林老师 第13周" in said
    assert "第1份课件" not in said
    assert "还有一些，发 /library 点“最新”看全部。" in said
    await group.say("/share https://jiaoyan.example.cn/7 第7份课件", by="周老师")
    said = await group.until("2026-12-04 17:00")
    assert "大家分享的：\n① 第7份课件　周老师 第13周" in said
    assert "课件　林老师" not in said


async def test_what_is_hidden_is_not_in_the_digest(group: Chat) -> None:
    await group.say("/digest")
    await group.say("/share https://jiaoyan.example.cn/1 课件", by="林老师")
    await group.say("/library")
    for button in ("最新", "①", "收起"):
        await group.press(button)
    assert await group.until("2026-11-27 17:00") == ""
