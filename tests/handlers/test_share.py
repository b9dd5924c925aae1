"""/share: what teachers give each other, kept with one line."""

from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.jobs import Worker
from storage.models.community import Community, Member, Person
from storage.models.resource import ResourceOffer
from tests.chat import Chat, open_chat
from tests.handlers.shelves import LINK, credits_of, do, kept, post_file, send_file, send_photo
from tests.settled import settle_in


async def test_a_link_with_its_title_and_tags(group: Chat) -> None:
    said = await group.say(f"/share {LINK} 小数乘法算理课件 三年级数学 第三单元 #算理", by="周老师")
    assert said == "收好了。\n小数乘法算理课件\n周老师　第13周\n数学、三年级、第3单元\n#算理"
    assert group.buttons() == ["改标题", "加标签", "移除"]


async def test_in_english(group: Chat) -> None:
    await group.tell("/language en", by="林老师")
    said = await group.tell(f"/share {LINK} Decimals, worked\nThe second page is best. #number", by="林老师")
    assert said == "Kept.\nDecimals, worked\nThe second page is best.\n林老师, week 13\n#number"


async def test_a_file_somebody_posted_is_kept_by_replying(group: Chat) -> None:
    post = await post_file(group, "小数乘法_课件(1).pptx", by="林老师")
    said = await group.say("/share@yanban_bot 小数乘法 三年级", by="周老师", reply_to=post)
    assert said == "收好了。\n小数乘法\n林老师、周老师　第13周\n三年级"
    assert [one.name for one in await kept(group)] == ["小数乘法 课件"]


async def test_the_same_file_becomes_one_entry_that_names_both(group: Chat) -> None:
    post = await post_file(group, "小数乘法.pptx", by="何老师")
    await group.say("/share #算理", by="何老师", reply_to=post)
    said = await group.say("/share 小数乘法 三年级", by="周老师", reply_to=post)
    first = said.splitlines()[0]
    assert first == "收好了。和何老师（第13周）分享的是同一份，已并到一条，两位都署名。"
    assert "#算理" in said
    assert "何老师、周老师" in said
    assert len(await kept(group)) == 1


async def test_the_same_link_however_it_is_written(group: Chat) -> None:
    await group.say(f"/share {LINK}?utm_source=wechat 算理", by="林老师")
    said = await group.say("/share HTTPS://jiaoyan.example.cn:443/lesson/27 #小数", by="周老师")
    assert "两位都署名" in said
    again = await group.say(f"/share {LINK} #乘法", by="周老师")
    assert again.startswith("这一份你收过了（第13周），还是原来那一条。")
    assert again.endswith("#小数 #乘法")
    assert len(await credits_of(group)) == 2


async def test_without_a_title_the_address_stands_in(group: Chat) -> None:
    said = await group.say(f"/share {LINK}", by="林老师")
    assert said.startswith("收好了。\njiaoyan.example.cn/lesson/27\n")


async def test_the_title_of_the_page_comes_later(tmp_path: Path) -> None:
    asked: list[str] = []

    async def title(content: dict[str, Any]) -> dict[str, Any]:
        asked.append(content["url"])
        return {"title": "小数乘法 <b>算理</b>"}

    workers: dict[str, Worker] = {"title": title}
    async with open_chat(tmp_path, workers=workers) as chat:
        await settle_in(chat)
        await chat.say(f"/share {LINK}", by="林老师")
        assert len(chat.posts()) == 1
        assert chat.last().text.startswith("收好了。\n小数乘法 <b>算理</b>\n林老师")
        await chat.say("/share https://a.example.cn/x 自己写的标题", by="林老师")
        assert asked == [LINK]
        assert (await chat.say("/find 算理", by="周老师")).startswith("“算理”找到 1 份")


async def test_what_a_net_disk_writes_around_its_link_is_no_title(group: Chat) -> None:
    disk = "https://pan.baidu.com/s/1abc"
    said = await group.say(f"/share 链接：{disk} 提取码：x1y2 小数乘法课件", by="林老师")
    assert said.startswith("收好了。\n小数乘法课件\n提取码：x1y2\n林老师")
    posted = f"通过网盘分享的文件：分数.pptx\n链接: {disk}d?pwd=ab12 提取码: ab12"
    post = group.world.say("周老师", None, f"{posted} \n--来自百度网盘超级会员v6的分享")
    said = await group.say("/share", by="周老师", reply_to=post)
    assert said.startswith("收好了。\n分数.pptx\n提取码: ab12\n周老师")
    said = await group.say(f"/share 链接：{disk}e 提取码：x1y2", by="何老师")
    assert said.startswith("收好了。\npan.baidu.com/s/1abce\n提取码：x1y2\n何老师")
    said = await group.say("/share （https://a.example.cn/1）板书", by="何老师")
    assert said.startswith("收好了。\n板书\n何老师")


async def test_several_links_are_an_entry_each_and_one_answer(group: Chat) -> None:
    words = "/share 两个好课件 #算理\n分数初步 https://a.example.cn/1\n小数乘法 https://a.example.cn/2"
    said = await group.say(words, by="孙老师")
    assert said == (
        "收好了，一共 2 份。点序号可以看和改。\n"
        "① 分数初步　孙老师 第13周 #算理\n② 小数乘法　孙老师 第13周 #算理"
    )
    assert group.buttons() == ["①", "②"]
    assert (await group.press("②", by="孙老师")).startswith("小数乘法\n两个好课件")


async def test_with_nothing_to_share_it_waits_for_it(group: Chat) -> None:
    said = await group.say("/share", by="林老师")
    assert said.startswith("要收哪一份？")
    asked = group.last()
    assert (
        await group.say("等一下", by="林老师", reply_to=asked)
        == "这里还没有链接或文件。发来就收；不收了就回“算了”。"
    )
    said = await group.say(f"算理课件 {LINK}", by="林老师", reply_to=asked)
    assert said.startswith("收好了。\n算理课件\n")


async def test_words_alone_wait_for_their_link(group: Chat) -> None:
    said = await group.tell("分享 小数乘法 #分数", by="林老师")
    assert said == "“小数乘法 #分数”记住了，还差链接或文件。回复这条消息发来就行。"
    assert await group.tell(LINK, by="林老师") == "收好了。\n小数乘法\n林老师　第13周\n#分数"
    await group.tell("/share", by="林老师")
    assert await group.tell("算了", by="林老师") == "好，先不做了。"


async def test_many_words_without_their_link_are_not_said_back_to_the_group(group: Chat) -> None:
    said = await group.say(f"/share 小数乘法\n{'说明' * 1000}", by="林老师")
    assert said.startswith("“小数乘法\n说明")
    assert len(said) < 80
    said = await group.say(LINK, by="林老师", reply_to=group.last())
    assert said.startswith(f"收好了。\n小数乘法\n{'说明' * 1000}\n林老师")


async def test_talk_with_a_link_in_the_group_is_left_alone(group: Chat) -> None:
    assert await group.say(f"大家看看 {LINK}", by="林老师") == ""
    assert await kept(group) == []


async def test_a_file_sent_in_private_is_offered_a_place(group: Chat) -> None:
    assert await send_file(group, "期中试卷.docx", by="何老师", caption="#试卷") == "要收进资料库吗？"
    room = group.private("何老师")
    assert group.buttons(room) == ["收进 三年级数学教研组", "不收"]
    said = await group.press("收进", by="何老师", room=room)
    assert said == "好，收进“三年级数学教研组”。\n收好了。\n期中试卷\n何老师　第13周\n#试卷"
    assert await do(group, lambda session: session.exec(select(ResourceOffer)).all()) == []


async def test_an_offer_refused_leaves_nothing(group: Chat) -> None:
    await group.tell(f"看这个 {LINK}", by="何老师")
    room = group.private("何老师")
    assert await group.press("不收", by="何老师", room=room) == "好，这份不收。"
    assert await do(group, lambda session: session.exec(select(ResourceOffer)).all()) == []
    assert await kept(group) == []


async def test_a_photo_is_kept_and_asked_for_its_name_once(group: Chat) -> None:
    said = await send_photo(group, by="孙老师", caption="/share")
    assert said.startswith("收好了。\n照片 11月23日\n孙老师")
    assert said.endswith("这张照片叫什么？回复这条消息写个标题；不写也收着。")
    assert (
        await group.tell("板书：分数墙", by="孙老师")
        == "收好了。\n板书：分数墙\n孙老师　第13周\n改好了：板书：分数墙"
    )


async def test_thanks_are_no_title(group: Chat) -> None:
    await send_photo(group, by="孙老师", caption="/share")
    for words in ("谢谢！", "好的", "👍"):
        assert await group.tell(words, by="孙老师") == ""
    assert (await group.tell("帮助", by="孙老师")).startswith("我是研伴")
    assert (await group.tell("板书：分数墙", by="孙老师")).endswith("改好了：板书：分数墙")


async def test_what_is_said_twice_is_not_guessed(group: Chat) -> None:
    said = await group.say(f"/share {LINK} 数学和语文 三、四年级都能用", by="林老师")
    assert "提到的学科不止一个" in said
    assert "提到的年级不止一个" in said
    [one] = await kept(group)
    assert (one.subject, one.grade, one.title) == ("", "", "数学和语文 三、四年级都能用")


async def test_who_has_not_joined_is_invited_and_nothing_is_kept(group: Chat) -> None:
    await group.say("/leave", by="孙老师")
    await group.settle()
    await group.say(f"/share {LINK} 算理", by="孙老师")
    assert await kept(group) == []
    assert group.buttons()[0] == "加入并继续"


async def test_markup_in_words_stays_words(group: Chat) -> None:
    await group.say('/share https://a.example.cn/?q="><b>x 标题<b>&amp;</b> #<i>', by="林老师")
    assert "标题<b>&amp;</b>" in group.last().text


async def test_in_private_with_two_communities_one_chooses(group: Chat) -> None:
    await do(group, add_second_community)
    assert await group.tell(f"/share {LINK} 算理", by="林老师") == "要收进资料库吗？"
    room = group.private("林老师")
    assert group.buttons(room) == ["收进 三年级数学教研组", "收进 名师工作室", "不收"]
    said = await group.press("收进 名师", by="林老师", room=room)
    assert said.startswith("好，收进“名师工作室”。\n收好了。\n算理\n林老师")
    assert (await group.say("/find 算理", by="林老师")).startswith("没有找到")
    await group.press("改标题", by="林老师", room=room)
    assert "改好了：算理两则" in await group.tell("算理两则", by="林老师")


async def test_with_two_communities_one_chooses_for_what_was_still_missing_too(group: Chat) -> None:
    await do(group, add_second_community)
    await group.tell("/share 算理 #小数", by="林老师")
    assert await group.tell(LINK, by="林老师") == "要收进资料库吗？"
    said = await group.press("收进 名师", by="林老师", room=group.private("林老师"))
    assert said.startswith("好，收进“名师工作室”。\n收好了。\n算理\n林老师")
    assert said.endswith("#小数")
    assert (await group.say("/find 算理", by="林老师")).startswith("没有找到")


def add_second_community(session: Session) -> None:
    lin = session.exec(select(Person).where(col(Person.name) == "林老师")).one()
    other = Community(name="名师工作室", created_at=lin.created_at)
    session.add(other)
    session.flush()
    session.add(Member(community_id=other.id or 0, person_id=lin.id or 0, joined_at=lin.created_at))


async def test_an_offer_is_only_for_who_sent_it_and_only_once(group: Chat) -> None:
    await group.tell(f"看这个 {LINK}", by="何老师")
    room = group.private("何老师")
    offer = group.last(room)
    await group.press("收进", by="何老师", room=room)
    again = group.world.press_data("何老师", offer, "shareto|1.1||forged")
    await group.settle()
    assert (again.answer or {}).get("text") == "这个按钮已经过时了，请看最新的一条。"
    assert len(await kept(group)) == 1


async def test_a_photo_is_fetched_as_a_photo(group: Chat) -> None:
    await send_photo(group, by="孙老师", caption="/share 分数墙")
    await group.say("/find 分数墙", by="林老师")
    await group.press("取 ①", by="林老师")
    assert "photo" in group.last().body
