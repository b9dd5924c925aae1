"""/reflect: what one writes is for oneself, unless one says otherwise."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from handlers.core.parts import read_parts
from storage.models.community import Community, Member, Person
from storage.models.delivery import Outbox
from storage.models.due import Schedule
from storage.models.prompt import Prompt
from storage.models.reflection import Reflection, Visibility
from storage.queries.reflection import YEAR_AGO, erase, export
from tests.chat import Chat

THREE = "这周三问——做了什么？自己学到什么？影响到谁？"
LIN = "林老师"
WORDS = "做：让学生自己出题。学：他们出的题暴露了我没讲透的地方。教：隔壁班也想试。"
ONLY_ME = (
    "这一条：只有你。负责人看不到内容，也看不到你写没写；人数够 5 位时，群里只会出现“本周有若干位写了反思”。"
)


async def asked(group: Chat) -> str:
    """The group has been asked three questions on Thursday; the deep link's word."""
    await group.say("/prompt")
    await group.press("用自己的问题")
    await group.say(THREE, reply_to=group.last())
    await group.press("换模式")
    await group.press("做—学—教")
    await group.press("开始发")
    await group.until("2026-11-26 17:31")
    return str(group.last().buttons[0][0]["url"]).partition("start=")[2]


async def rows(group: Chat) -> list[Reflection]:
    return await group.app.engine.submit(
        lambda session: list(session.exec(select(Reflection).order_by(Reflection.id)))  # type: ignore[arg-type]
    )


async def everything(group: Chat) -> dict[str, str]:
    """All tables, as text."""

    def read(session: Session) -> dict[str, str]:
        names = [table.name for table in SQLModel.metadata.sorted_tables]
        return {name: str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names}  # noqa: S608

    return await group.app.engine.submit(read)


async def test_scene_2_word_for_word(group: Chat) -> None:
    await group.tell("/reflect 设置", by=LIN)
    await group.press("出题时私下问我", by=LIN, room=group.private(LIN))
    await group.say("/prompt")
    await group.press("用自己的问题")
    await group.say(THREE, reply_to=group.last())
    await group.press("开始发")
    await group.until("2026-11-26 17:31")
    assert group.last(group.private(LIN)).text == f"{THREE}写一句也行，回“跳过”也行。"
    assert await group.tell(WORDS, by=LIN) == "收好了，只有你看得到。"
    assert group.buttons(group.private(LIN))[:2] == ["只留给自己", "给全体，可再改"]
    assert (await group.tell("谁能看到我写的？", by=LIN)).startswith(ONLY_ME)
    assert "服务器" in group.last(group.private(LIN)).text


async def test_the_button_in_the_group_opens_the_question_in_private(group: Chat) -> None:
    word = await asked(group)
    said = await group.tell(f"/start {word}", by=LIN)
    assert "写一句也行，回“跳过”也行。" in said
    assert "教：" in said
    assert await group.tell(WORDS, by=LIN) == "收好了，只有你看得到。"
    note = (await rows(group))[0]
    assert note.parts == {
        "做": "让学生自己出题。",
        "学": "他们出的题暴露了我没讲透的地方。",
        "教": "隔壁班也想试。",
    }
    assert note.prompt_id is not None


async def test_several_messages_are_one_reflection_and_each_is_kept_at_once(group: Chat) -> None:
    await group.tell("/reflect", by=LIN)
    await group.tell("今天试了分组。", by=LIN)
    assert [note.words for note in await rows(group)] == ["今天试了分组。"]
    assert "接在后面" in await group.tell("明天再试一次。", by=LIN)
    assert [note.words for note in await rows(group)] == ["今天试了分组。\n明天再试一次。"]
    await group.press("写好了", by=LIN, room=group.private(LIN))
    await group.tell("随便说一句", by=LIN)
    assert [note.words for note in await rows(group)] == ["今天试了分组。\n明天再试一次。"]


async def test_words_a_day_later_are_not_taken_for_more_of_it(group: Chat) -> None:
    await group.tell("/reflect 今天试了分组。", by=LIN)
    await group.wait(timedelta(hours=2))
    assert "/help" in await group.tell("帮助", by=LIN)
    await group.tell("另一件事", by=LIN)
    assert [note.words for note in await rows(group)] == ["今天试了分组。"]


async def test_skipping_leaves_no_trace(group: Chat) -> None:
    word = await asked(group)
    before = await everything(group)
    await group.tell(f"/start {word}", by=LIN)
    assert await group.tell("跳过", by=LIN) == "好，这次不写，我什么也没记。"
    after = await everything(group)
    assert {name for name in after if after[name] != before[name]} <= {"inbox", "outbox", "bucket", "chat"}
    await group.tell(f"/start {word}", by=LIN)
    await group.press("这次跳过", by=LIN, room=group.private(LIN))
    assert (await everything(group))["pending"] == "[]"


async def test_skipping_is_understood_however_it_is_ended(group: Chat) -> None:
    await asked(group)
    prompt = group.last()
    for words in ("跳过。", "跳过吧！", "Skip.", "过～"):
        await group.tell("/reflect", by=LIN)
        assert await group.tell(words, by=LIN) == "好，这次不写，我什么也没记。"
    assert await group.say("跳过", by=LIN, reply_to=prompt) == ""
    assert await group.say("收到！", by="周老师", reply_to=prompt) == ""
    assert await rows(group) == []


async def test_without_words_nothing_is_kept_and_the_question_stays(group: Chat) -> None:
    await group.tell("/reflect", by=LIN)
    group.world.send_file(LIN, group.private(LIN), "课堂照片.jpg", b"x")
    await group.settle()
    assert await rows(group) == []
    assert "收好了" in await group.tell("有一句要写", by=LIN)


async def test_widened_narrowed_edited_deleted_by_the_writer_only(group: Chat) -> None:
    await group.tell("/reflect 我试了让学生自己出题", by=LIN)
    mine = group.private(LIN)
    posts = len(group.posts())
    await group.press("给全体", by=LIN, room=mine)
    assert group.last().text == "林老师 的反思\n我试了让学生自己出题"
    await group.press("给全体", by=LIN, room=mine)
    assert len(group.posts()) == posts + 1
    await group.press("改一改", by=LIN, room=mine)
    assert "群里那一条也改了" in await group.tell("我试了让学生互相出题", by=LIN)
    assert group.last().text == "林老师 的反思\n我试了让学生互相出题"
    await group.press("只留给自己", by=LIN, room=mine)
    assert group.last().text == "这条反思作者收回了。"
    await group.press("给全体", by=LIN, room=mine)
    assert "互相出题" in group.last().text
    await group.press("删掉", by=LIN, room=mine)
    await group.press("删掉", by=LIN, room=mine)
    assert group.last().text == "这条反思作者收回了。"
    assert len(group.posts()) == posts + 1
    assert await rows(group) == []
    kept = await everything(group)
    assert [name for name in kept if "出题" in kept[name]] == []


async def test_what_waits_for_the_morning_and_is_taken_back_is_never_posted(group: Chat) -> None:
    await group.until("2026-11-23 21:30")
    await group.tell("/reflect 夜里想到的", by=LIN)
    mine = group.private(LIN)
    await group.press("给全体", by=LIN, room=mine)
    await group.press("只留给自己", by=LIN, room=mine)
    assert await group.until("2026-11-24 12:00") == ""
    await group.press("给全体", by=LIN, room=mine)
    assert "夜里想到的" in group.last().text


async def test_nobody_else_can_press_or_guess(group: Chat) -> None:
    await group.tell("/reflect 只给自己", by=LIN)
    post = group.post_with("给全体", group.private(LIN))
    query = group.world.press("周老师", post, "给全体，可再改")
    await group.settle()
    assert "另一位" in str((query.answer or {}).get("text"))
    assert (await rows(group))[0].visibility is Visibility.SELF
    assert await group.tell("/reflect 我的", by="周老师") == "还没有写过。写下的默认只有你看得到。"


async def test_a_reply_in_the_group_counts_as_shared_without_a_word_there(group: Chat) -> None:
    await asked(group)
    prompt = group.last()
    assert await group.say("收到", by="周老师", reply_to=prompt) == ""
    assert await group.say("学生比我想的敢说。", by=LIN, reply_to=prompt) == ""
    assert "大家都看得到" in group.last(group.private(LIN)).text
    note = (await rows(group))[0]
    assert (note.words, note.visibility) == ("学生比我想的敢说。", Visibility.EVERYBODY)
    assert "你自己在群里回复的" in await group.tell("谁看得到我写的", by=LIN)


async def test_a_message_changed_where_it_was_written_changes_the_reflection(group: Chat) -> None:
    await group.tell("/reflect", by=LIN)
    post = group.world.tell(LIN, "今天的课太敢了")
    await group.settle()
    group.world.edit(post, "今天的课太赶了")
    await group.settle()
    assert [note.words for note in await rows(group)] == ["今天的课太赶了"]


async def test_colleagues_may_talk_below_a_shared_reflection(group: Chat) -> None:
    await group.tell("/reflect 试了分组", by=LIN)
    await group.press("给全体", by=LIN, room=group.private(LIN))
    assert await group.say("我也想试", by="周老师", reply_to=group.last()) == ""


ASKED = ["谁能看到我写的？", "谁看得到", "别人能看到吗？", "校长看得到我写的吗", "负责人会看到吗？"]
ASKED_IN_ENGLISH = [
    "who can see what I wrote?",
    "Who can see what I have written?",
    "Can my leader read this?",
]


@pytest.mark.parametrize("question", ASKED + ASKED_IN_ENGLISH)
async def test_who_can_see_is_answered_at_any_time(group: Chat, question: str) -> None:
    assert "默认只有自己看得到" in await group.tell(question, by=LIN)
    await group.tell("/reflect", by=LIN)
    assert "默认只有自己看得到" in await group.tell(question, by=LIN)
    assert "收好了" in await group.tell("还在写", by=LIN)
    await group.press("给全体", by=LIN, room=group.private(LIN))
    assert "这一条：全体都看得到" in await group.tell(question, by=LIN)
    await group.tell("/reflect 另一条", by=LIN)
    said = await group.tell(question, by=LIN)
    assert said.startswith(ONLY_ME)
    assert "1 条只有你看得到，1 条全体看得到" in said


@pytest.mark.parametrize(
    "words", ["今天谁都没看到我写错了", "大家能看见自己的进步", "can people see the pattern"]
)
async def test_what_only_sounds_like_that_question_is_kept(group: Chat, words: str) -> None:
    await group.tell("/reflect", by=LIN)
    assert "收好了" in await group.tell(words, by=LIN)


async def test_one_s_own_list_opens_turns_and_changes(group: Chat) -> None:
    for number in range(7):
        await group.tell(f"/reflect 第{number}件事", by=LIN)
    mine = group.private(LIN)
    said = await group.tell("/reflect 我的", by=LIN)
    assert "1. 11月23日 周一（第13周） 第6件事 〔只有自己〕" in said.replace("  ", " ")
    assert "第0件事" in await group.press("早一些的", by=LIN, room=mine)
    assert "第0件事" in await group.press("7", by=LIN, room=mine)
    await group.press("删掉", by=LIN, room=mine)
    await group.press("先留着", by=LIN, room=mine)
    assert len(await rows(group)) == 7


async def test_in_a_group_it_only_shows_the_way_to_the_private_chat(group: Chat) -> None:
    assert await group.say("/reflect 今天", by=LIN) == "反思在私聊里写，默认只有自己看得到。"
    assert await rows(group) == []


async def test_no_leader_finds_text_or_author(
    group: Chat, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "这句话谁也不该看到"
    await asked(group)
    await group.tell(f"/reflect {secret}", by=LIN)
    await group.until("2026-12-04 18:00")
    mine = group.private(LIN).id
    router = group.app.router
    for name in router.commands:
        await group.say(f"/{name}")
        await group.tell(f"/{name}")
    shown = [post for room in group.world.chats.values() for post in group.posts(room) if post.chat != mine]
    assert not [post.text for post in shown if secret in post.text]
    prompts = [post.text for post in shown if "反思" in post.text]
    assert not [words for words in prompts if "林" in words]
    logged = capsys.readouterr()
    assert secret not in caplog.text + logged.out + logged.err

    def elsewhere(session: Session) -> list[dict[str, Any]]:
        private = session.exec(select(Person.id).where(Person.name == LIN)).one()
        query = text(
            "SELECT payload FROM outbox JOIN chat ON chat.id = chat_id WHERE coalesce(person_id, 0) != :p"
        )
        return [json.loads(row[0]) for row in session.execute(query, {"p": private})]

    assert not [payload for payload in await group.app.engine.submit(elsewhere) if secret in str(payload)]
    kept = await everything(group)
    assert {name for name in kept if secret in kept[name]} <= {"reflection", "outbox"}
    assert "reflect" not in kept["change"]

    def exports(session: Session) -> str:
        others = session.exec(select(Person.id).where(Person.name != LIN)).all()
        return str([export(session, number or 0) for number in others])

    assert secret not in await group.app.engine.submit(exports)


async def test_a_draft_and_its_question_outlive_a_restart(group: Chat) -> None:
    await group.tell("/reflect", by=LIN)
    await group.tell("第一句", by=LIN)
    await group.restart()
    assert "接在后面" in await group.tell("第二句", by=LIN)
    assert [note.words for note in await rows(group)] == ["第一句\n第二句"]


async def test_a_muted_person_is_not_asked_in_private(group: Chat) -> None:
    await group.tell("/reflect 设置", by=LIN)
    await group.press("出题时私下问我", by=LIN, room=group.private(LIN))

    def mute(session: Session) -> None:
        person = session.exec(select(Person).where(Person.name == LIN)).one()
        person.muted_until = datetime(2026, 12, 20, tzinfo=UTC)

    await group.app.engine.submit(mute)
    before = len(group.posts(group.private(LIN)))
    await asked(group)
    assert len(group.posts(group.private(LIN))) == before


async def test_being_asked_in_private_never_drops_another_question(group: Chat) -> None:
    await group.tell("/reflect 设置", by=LIN)
    await group.press("出题时私下问我", by=LIN, room=group.private(LIN))
    await group.until("2026-11-26 17:00")
    await group.tell("/reflect", by=LIN)
    await group.tell("写到一半", by=LIN)
    await group.say("/prompt")
    await group.press("开始发")
    await group.until("2026-11-26 17:31")
    await group.tell("接着写", by=LIN)
    assert [note.words for note in await rows(group)] == ["写到一半\n接着写"]


async def test_a_year_ago_today_comes_in_the_morning_and_can_be_refused(group: Chat) -> None:
    await group.tell("/reflect 一年前的话", by=LIN)
    await group.wait(timedelta(days=2))
    await group.tell("/reflect 两天以后的话", by=LIN)
    await group.until("2027-11-23 07:59")
    mine = group.private(LIN)
    before = len(group.posts(mine))
    await group.until("2027-11-23 08:01")
    assert "一年前的今天" in group.last(mine).text
    assert "一年前的话" in group.last(mine).text
    await group.until("2027-11-29 12:00")
    assert len(group.posts(mine)) == before + 1
    await group.press("以后不用给我看", by=LIN, room=mine)
    assert await group.app.engine.submit(lambda session: _year(session).next_at) is None


async def test_of_something_long_a_year_ago_only_the_beginning_is_shown(group: Chat) -> None:
    await group.tell("/reflect " + "写了很多" * 900, by=LIN)
    before = len(group.posts(group.private(LIN)))
    await group.until("2027-11-23 08:01")
    assert len(group.posts(group.private(LIN))) == before + 1
    assert group.last(group.private(LIN)).text.endswith("写了很多……")
    assert group.buttons(group.private(LIN)) == ["打开这一条", "以后不用给我看"]


def _year(session: Session) -> Schedule:
    return session.exec(select(Schedule).where(Schedule.kind == YEAR_AGO)).one()


async def test_export_holds_everything_and_erasing_leaves_nothing(group: Chat) -> None:
    await group.tell("/reflect 做：分组。学：要慢。", by=LIN)
    await group.press("给全体", by=LIN, room=group.private(LIN))

    def person(session: Session) -> int:
        return session.exec(select(Person).where(Person.name == LIN)).one().id or 0

    kept = await group.app.engine.submit(lambda session: export(session, person(session)))
    assert kept["reflections"][0]["words"] == "做：分组。学：要慢。"
    assert kept["reflections"][0]["visible_to"] == "everybody"
    json.dumps(kept)
    await group.app.engine.submit(lambda session: erase(session, person(session)))
    left = await everything(group)
    assert [name for name in left if "要慢" in left[name]] == []
    assert left["reflection"] == "[]"


async def test_whoever_is_erased_is_taken_back_from_the_group_too(group: Chat) -> None:
    await group.tell("/reflect 要忘掉的话", by=LIN)
    await group.press("给全体", by=LIN, room=group.private(LIN))
    assert "要忘掉的话" in group.last().text
    await group.tell("/mydata", by=LIN)
    await group.press("全部删除", by=LIN, room=group.private(LIN))
    await group.press("确定", by=LIN, room=group.private(LIN))
    await group.wait(timedelta(minutes=5))
    assert group.last().text == "这条反思作者收回了。"
    left = await everything(group)
    assert [name for name in left if "要忘掉" in left[name]] == []


async def test_who_has_left_keeps_their_notes_but_cannot_post(group: Chat) -> None:
    await group.tell("/reflect 我的话", by=LIN)

    def leave(session: Session) -> None:
        person = session.exec(select(Person).where(Person.name == LIN)).one()
        session.delete(session.exec(select(Member).where(Member.person_id == person.id)).one())

    await group.app.engine.submit(leave)
    before = len(group.posts())
    assert "/join" in await group.press("给全体", by=LIN, room=group.private(LIN))
    assert len(group.posts()) == before
    assert "我的话" in await group.tell("/reflect 我的", by=LIN)


async def test_another_community_s_question_opens_nothing(group: Chat) -> None:
    def other(session: Session) -> int:
        now = datetime(2026, 11, 1, tzinfo=UTC)
        community = Community(name="别的组", created_at=now)
        session.add(community)
        session.flush()
        prompt = Prompt(
            community_id=community.id or 0, model="own", question="own/x", words="别组的题", asked_at=now
        )
        session.add(prompt)
        session.flush()
        return prompt.id or 0

    number = await group.app.engine.submit(other)
    assert "别组的题" not in await group.tell(f"/start reflect-{number}", by=LIN)
    for typed in ("²", "9" * 40, "0"):
        assert "写一句也行" in await group.tell(f"/start reflect-{typed}", by=LIN)


async def test_in_english(group: Chat) -> None:
    def english(session: Session) -> None:
        for person in session.exec(select(Person)):
            person.language = "en"

    await group.app.engine.submit(english)
    assert "One line is enough" in await group.tell("/reflect", by=LIN)
    assert await group.tell("Pupils set the questions", by=LIN) == "Kept. Only you can see it."
    assert (await group.tell("Who can see this?", by=LIN)).startswith("This one: only you.")
    assert "Pupils set" in await group.tell("/reflect mine", by=LIN)


def test_parts_by_their_labels() -> None:
    labels = ["做", "学", "教", "Do", "Learn", "Teach"]
    assert read_parts(WORDS, labels)["学"] == "他们出的题暴露了我没讲透的地方。"
    assert read_parts("do: tried it\nLEARN: a lot", labels) == {"Do": "tried it", "Learn": "a lot"}
    assert read_parts("教学：不是一个标签", labels) == {}
    assert read_parts("下午 3:20 上课", ["3", "2", "1"]) == {}
    assert read_parts("3：三件事 2：两个问题", ["3", "2", "1"]) == {"3": "三件事", "2": "两个问题"}
    assert read_parts("做：一 做：二", labels) == {"做": "一\n二"}


@given(st.text(), st.lists(st.text(min_size=1, max_size=6), max_size=6))
def test_any_words_give_parts_that_were_written(words: str, labels: list[str]) -> None:
    for label, part in read_parts(words, labels).items():
        assert label in labels or label in words
        assert all(line in words for line in part.split("\n"))


@given(
    st.lists(st.text(alphabet="课堂提问学生在想 。", min_size=1).filter(str.strip), min_size=3, max_size=3)
)
def test_three_parts_come_back_as_written(written: list[str]) -> None:
    labels = ["做", "教", "新价值"]
    words = "\n".join(f"{label}：{part}" for label, part in zip(labels, written, strict=True))
    assert list(read_parts(words, labels).values()) == [part.strip() for part in written]


async def test_a_long_reflection_is_cut_in_the_group_and_whole_for_its_writer(group: Chat) -> None:
    await group.tell("/reflect " + "长" * 2500, by=LIN)
    await group.press("给全体", by=LIN, room=group.private(LIN))
    assert "太长没有放全" in group.last().text
    sent = await group.app.engine.submit(
        lambda session: list(session.exec(select(Outbox).where(Outbox.card == "reflection:1")))
    )
    assert len(sent) == 1
    assert len((await rows(group))[0].words) == 2500


async def test_a_reflection_longer_than_a_message_is_opened_whole(group: Chat) -> None:
    for number in range(2):
        await group.tell(("" if number else "/reflect ") + "长" * 3000 + f"第{number}段", by=LIN)
    room = group.private(LIN)
    await group.press("写好了", by=LIN, room=room)
    await group.tell("/reflect 我的", by=LIN)
    said = await group.press("1", by=LIN, room=room)
    assert said.count("长") == 6000
    assert [number for number in range(2) if f"第{number}段" not in said] == []
