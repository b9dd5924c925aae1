"""What is kept of a person: seen, taken along, erased."""

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

import storage.models
from storage.models.community import Account, Community, Member, Person, Role
from storage.models.community import Chat as ChatRow
from storage.models.delivery import Bucket, Choice, Inbox, Job, Outbox, Pending, Talk
from storage.models.due import Schedule
from storage.models.link import Code
from storage.models.log import Change
from storage.queries.mydata import everything_of, forget_everything, keepers
from tests.chat import MONDAY, Chat
from tests.codes import code_in

MARK = "QZVXMARKWORT"


def kept_bytes(folder: Path) -> bytes:
    """Every byte of the database files, after the journal was worked in."""
    with sqlite3.connect(folder / "yanban.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return b"".join(path.read_bytes() for path in folder.glob("yanban.db*"))


def files(chat: Chat, name: str) -> dict[str, bytes]:
    """The files the bot sent to a person."""
    sent = [post.body["document"] for post in chat.posts(chat.private(name)) if "document" in post.body]
    return {one["file_name"]: chat.world.files[one["file_id"]].content for one in sent}


async def erase(chat: Chat, name: str) -> str:
    """Both steps."""
    room = chat.private(name)
    await chat.tell("/mydata", by=name)
    await chat.press("全部删除", by=name, room=room)
    return await chat.press("确定，全部删除", by=name, room=room)


async def test_only_in_private(group: Chat) -> None:
    assert await group.say("/mydata", by="林老师") == "这件事只在私聊里说。"
    assert group.last().buttons[0][0]["url"].endswith("?start=mydata")
    assert "存了你的这些" in await group.tell("/start mydata", by="林老师")


async def test_a_summary_of_what_is_kept(group: Chat) -> None:
    said = await group.tell("我的数据", by="林老师")
    assert "名字“林老师”，账号 1 个" in said
    assert "加入的共同体：三年级数学教研组" in said
    assert "没有存的：群里平常的聊天" in said
    assert group.buttons(group.private("林老师")) == ["带走一份", "全部删除"]


async def test_taking_it_along(group: Chat) -> None:
    await group.tell("/me 林敏", by="林老师")
    await group.tell("/mydata", by="林老师")
    await group.press("带走一份", by="林老师", room=group.private("林老师"))
    found = files(group, "林老师")
    assert sorted(found) == ["yanban-2026-11-23.json", "yanban-2026-11-23.md"]
    told: dict[str, Any] = json.loads(found["yanban-2026-11-23.json"])
    assert told["community"]["name"] == "林敏"
    assert told["community"]["memberships"][0]["community"] == "三年级数学教研组"
    assert "周老师" not in found["yanban-2026-11-23.json"].decode()
    page = found["yanban-2026-11-23.md"].decode()
    assert page.startswith("# 研伴里我的数据（11月23日 周一")
    assert "- 名字: 林敏" in page


async def test_the_page_to_read_has_no_word_of_a_programmer(group: Chat) -> None:
    await group.say("/share https://jiaoyan.example.cn/7 小数乘法 数学 三年级", by="林老师")
    await group.tell("/reflect 今天让学生自己出题", by="林老师")
    await group.say("/schedule 周五 16:00 分数教学研讨", by="林老师")
    await group.press("就这样")
    await group.press("参加", by="林老师")
    await group.tell("/mydata", by="林老师")
    await group.press("带走一份", by="林老师", room=group.private("林老师"))
    page = files(group, "林老师")["yanban-2026-11-23.md"].decode()
    for line in (
        "## 分享的资料",
        "- 共同体: 三年级数学教研组",
        "- 角色: 成员",
        "- 学科: 数学",
        "- 年级: 三年级",
    ):
        assert line in page
    assert "- 写于: 11月23日 周一 10:00（第13周）" in page
    assert "- 谁看得到: 只有自己" in page
    assert "- 回答: 参加" in page
    assert not re.search(r"[a-z]{3,}_[a-z]+|T\d\d:", page.replace("lin_laoshi", ""))


async def test_whoever_is_erased_frees_the_seat_and_leaves_the_card(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 分数教学研讨 限1人")
    await group.press("就这样")
    await group.press("参加", by="林老师")
    await group.press("参加", by="周老师")
    await erase(group, "林老师")
    assert "来的有 1 位：周老师" in group.post_with("参加").text
    assert "轮到你了" in group.last(group.private("周老师")).text


async def test_it_is_said_before_what_goes_and_what_stays(group: Chat) -> None:
    room = group.private("林老师")
    await group.tell("/mydata", by="林老师")
    said = await group.press("全部删除", by="林老师", room=room)
    assert "会删除：" in said
    assert "会留下，但不再有你的名字：" in said
    assert "10 分钟内" in said


async def test_what_was_said_before_about_resources_is_what_happens(group: Chat) -> None:
    room = group.private("林老师")
    await group.say("/share https://jiaoyan.example.cn/1 古诗两首", by="林老师")
    await group.say("/share https://jiaoyan.example.cn/2 小数乘法", by="林老师")
    await group.say("/share https://jiaoyan.example.cn/2", by="周老师")
    await group.tell("/mydata", by="林老师")
    goes, stays, *_ = (await group.press("全部删除", by="林老师", room=room)).splitlines()
    assert "只有你一位分享过的资料" in goes
    assert "别人也分享过的资料" in stays
    await group.press("确定，全部删除", by="林老师", room=room)
    assert (await group.tell("找 古诗", by="周老师")).startswith("没有找到")
    assert (await group.tell("找 小数", by="周老师")).endswith("① 小数乘法　周老师 第13周")


async def test_the_second_button_is_good_for_ten_minutes(group: Chat) -> None:
    room = group.private("林老师")
    await group.tell("/mydata", by="林老师")
    await group.press("全部删除", by="林老师", room=room)
    await group.wait(timedelta(minutes=12))
    assert "过了 10 分钟，这次没有删" in await group.press("确定，全部删除", by="林老师", room=room)
    assert "林老师，成员" in await group.say("/me", by="林老师")


async def test_nothing_is_left_in_any_table_nor_in_the_file(group: Chat, tmp_path: Path) -> None:
    name, address = "林老师", str(group.world.person("林老师").id)
    await group.tell(f"/me {MARK}", by=name)
    await group.say("/mute", by=name)
    await group.say(f"/mute {MARK}", by=name)
    words = group.world.say(name, None, "我可以来")
    await group.say("/roles 副", reply_to=words)
    await group.say("/setup", by=name)
    await group.press("English", by=name)
    await group.app.engine.submit(lambda session: leave_traces(session, address))
    assert MARK.encode() in kept_bytes(tmp_path)
    assert (await erase(group, name)).startswith("都删除了。")
    await group.wait(timedelta(hours=2))
    left = kept_bytes(tmp_path)
    assert MARK.encode() not in left
    assert "林老师".encode() not in left
    assert address.encode() not in left
    assert b"lin_laoshi" not in left
    tables = await group.app.engine.submit(lambda session: references(session, 2))
    assert tables == []
    assert "a teacher: changed the group’s language to English" in await group.say("/log")


def as_wecom(address: str) -> dict[str, Any]:
    return {"body": {"from": {"userid": address}, "text": {"content": MARK}}}


def as_xml(address: str) -> dict[str, Any]:
    return {"xml": f"<xml><FromUserName><![CDATA[{address}]]></FromUserName><Content>{MARK}</Content></xml>"}


def as_list(address: str) -> dict[str, Any]:
    return {"people": [["somebody", address]], "text": MARK}


@pytest.mark.parametrize("shape", [as_wecom, as_xml, as_list])
async def test_what_was_kept_of_another_platform_goes_too(
    group: Chat, tmp_path: Path, shape: Callable[[str], dict[str, Any]]
) -> None:
    def elsewhere(session: Session) -> None:
        session.add(Account(platform="elsewhere", address="LinMin", name="林敏", person_id=2))
        session.add(ChatRow(platform="elsewhere", address="LinMin", private=True, person_id=2))
        session.flush()
        room = session.exec(select(ChatRow).where(col(ChatRow.platform) == "elsewhere")).one().id or 0
        session.add(Choice(chat_id=room, number=1, label=MARK, data="x", expires_at=MONDAY))
        session.add(Talk(chat_id=room, kind="word", until=MONDAY, left=3))
        for number, whose in enumerate(("LinMin", "LinMin2")):
            raw = json.dumps(shape(whose)).encode()
            row = Inbox(platform="elsewhere", account="1", key=str(number), raw=raw, received_at=MONDAY)
            row.state = "failed"
            session.add(row)

    await group.app.engine.submit(elsewhere)
    await group.tell("/me", by="林老师")
    await group.press("关联另一个账号", by="林老师", room=group.private("林老师"))
    await group.tell("加入 AAAAAA", by="林老师")
    await erase(group, "林老师")
    await group.wait(timedelta(hours=2))

    def left(session: Session) -> list[int]:
        kept = [len(session.exec(select(table)).all()) for table in (Code, Choice, Talk)]
        guesses = session.exec(select(Bucket).where(col(Bucket.key) == "guess:2")).all()
        raw = session.exec(select(Inbox).where(col(Inbox.raw).is_not(None))).all()
        return [*kept, len(guesses), len(raw)]

    assert await group.app.engine.submit(left) == [0, 0, 0, 0, 1]
    assert b"LinMin2" in kept_bytes(tmp_path)
    assert b'"LinMin"' not in kept_bytes(tmp_path)


async def test_a_code_that_was_made_is_told(group: Chat) -> None:
    await group.tell("/me", by="林老师")
    code = code_in(await group.press("关联另一个账号", by="林老师", room=group.private("林老师")))
    kept = await group.app.engine.submit(lambda session: everything_of(session, 2))
    assert kept["link"]["codes"][0]["kind"] == "person"
    assert code not in json.dumps(kept)


def leave_traces(session: Session, address: str) -> None:
    """What may lie around of a person: a failed update, an open job, a question, words on their way."""
    room = session.exec(select(ChatRow).where(col(ChatRow.address) == address)).one().id or 0
    raw = json.dumps({"update_id": 1, "message": {"from": {"id": int(address)}, "text": MARK}}).encode()
    later = MONDAY + timedelta(days=30)
    session.add(Inbox(platform="telegram", account="1", key="x", state="failed", raw=raw, received_at=MONDAY))
    session.add(
        Job(kind="none", route="x", content={"words": MARK}, person_id=2, chat_id=1, not_before=later)
    )
    session.add(Pending(chat_id=room, person_id=2, route="x", content={"words": MARK}, expires_at=later))
    session.add(Schedule(kind="x", ref_id=1, content={"person_id": 2, "words": MARK}, next_at=later))
    session.add(
        Outbox(
            key="later",
            chat_id=room,
            method="post",
            payload={"html": MARK},
            not_before=later,
            created_at=MONDAY,
        )
    )


def references(session: Session, person_id: int) -> list[str]:
    """Tables in which a row still points to the person."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "person.id" for key in column.foreign_keys):
                rows = session.execute(select(column).where(column == person_id)).all()
                found += [f"{table.name}.{column.name}"] if rows else []
    return found


async def test_others_keep_everything(group: Chat) -> None:
    def kept(session: Session) -> dict[str, Any]:
        return everything_of(session, 3)

    before = await group.app.engine.submit(kept)
    await erase(group, "林老师")
    await group.wait(timedelta(hours=2))
    assert await group.app.engine.submit(kept) == before
    names = await group.app.engine.submit(lambda session: [one.name for one in session.exec(select(Account))])
    assert sorted(names) == ["何老师", "周老师", "孙老师", "王老师"]


async def test_who_writes_again_meets_us_for_the_first_time(group: Chat) -> None:
    await erase(group, "林老师")
    assert "你还没有加入共同体" in await group.tell("/me", by="林老师")
    await group.wait(timedelta(hours=2))
    assert "你的名字：林老师" in await group.tell("/me", by="林老师")


async def test_pressing_twice_erases_once_more(group: Chat) -> None:
    await erase(group, "林老师")
    room = group.private("林老师")
    assert (await group.press("确定，全部删除", by="林老师", room=room)).startswith("都删除了。")
    await group.wait(timedelta(hours=2))

    def people(session: Session) -> list[str]:
        return sorted(person.name for person in session.exec(select(Person)))

    assert await group.app.engine.submit(people) == ["何老师", "周老师", "孙老师", "王老师"]


async def test_the_last_leader_names_another_first(group: Chat) -> None:
    await group.tell("/mydata")
    room = group.private("王老师")
    assert "唯一的负责人" in await group.press("全部删除", room=room)
    await group.press("选一位负责人", room=room)
    await group.press("林老师", room=room)
    await group.press("负责人", room=room)
    assert (await erase(group, "王老师")).startswith("都删除了。")
    assert (await group.say("/roles", by="林老师")).startswith("负责人：林老师")


async def test_in_english(group: Chat) -> None:
    await group.tell("/language en", by="林老师")
    assert "This is kept about you:" in await group.tell("/mydata", by="林老师")
    room = group.private("林老师")
    await group.press("Take a copy", by="林老师", room=room)
    assert "# My data in Yanban" in files(group, "林老师")["yanban-2026-11-23.md"].decode()
    await group.press("Erase everything", by="林老师", room=room)
    assert (await group.press("Yes, erase everything", by="林老师", room=room)).startswith("All erased.")


@pytest.mark.parametrize("arg", ["erase", "erase:", "erase:abc", "erase:1", "everything", ""])
async def test_a_button_without_its_time_erases_nothing(group: Chat, arg: str) -> None:
    await group.tell("/mydata", by="林老师")
    post = group.last(group.private("林老师"))

    def number(session: Session) -> int:
        return session.exec(select(ChatRow).where(col(ChatRow.address) == str(post.chat))).one().id or 0

    signed = group.app.dispatcher.post.signer.sign("mydata", arg, None, await group.app.engine.submit(number))
    group.world.press_data("林老师", post, signed)
    await group.settle()
    assert "林老师，成员" in await group.say("/me", by="林老师")


def test_every_feature_that_keeps_something_of_persons_can_export_and_erase_it() -> None:
    """A table with a person's id needs a module of the same name in storage/queries with both functions."""
    cared_for = {module.__name__.rpartition(".")[2] for module in keepers()}
    central = {"delivery", "due", "log", "community"}
    missing = set()
    for mapper in SQLModel._sa_registry.mappers:
        home = mapper.class_.__module__.rpartition(".")[2]
        points = any(
            column.name == "person_id"
            or any(key.target_fullname == "person.id" for key in column.foreign_keys)
            for column in mapper.local_table.columns
        )
        if points and mapper.class_.__module__.startswith(storage.models.__name__) and home not in central:
            missing |= {home} - cared_for
    assert missing == set()


async def test_a_leader_elsewhere_is_kept_from_leaving_that_community_alone(group: Chat) -> None:
    def second(session: Session) -> None:
        session.add(Community(name="读书会", created_at=MONDAY))
        session.flush()
        for person_id, role in ((2, Role.LEADER), (3, Role.MEMBER)):
            session.add(Member(community_id=2, person_id=person_id, role=role, joined_at=MONDAY))

    await group.app.engine.submit(second)
    await group.tell("/mydata", by="林老师")
    said = await group.press("全部删除", by="林老师", room=group.private("林老师"))
    assert "“读书会”唯一的负责人" in said


async def test_the_erasing_of_one_community_member_unnames_the_log(group: Chat) -> None:
    def named(session: Session) -> None:
        session.add(
            Change(community_id=1, person_id=1, key="x", content={"name": "林老师", "person": 2}, at=MONDAY)
        )

    def erased(session: Session) -> dict[str, Any]:
        forget_everything(session, 2)
        return session.exec(select(Change)).one().content

    await group.app.engine.submit(named)
    assert await group.app.engine.submit(erased) == {"name": "…", "person": None}


async def test_a_button_of_who_is_erased_is_never_the_next_ones(group: Chat) -> None:
    group.world.add_person("赵老师")
    await group.say("/share https://jiaoyan.example.cn/7 小数乘法", by="赵老师")
    left = group.last()
    await erase(group, "赵老师")
    group.world.add_person("钱老师")
    await group.say("/find 小数", by="钱老师")
    assert await group.press("加入", by="钱老师", post=left) == "这个按钮是给另一位老师的。"
