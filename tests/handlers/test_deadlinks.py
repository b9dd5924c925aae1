"""Dead links: noticed at night, shown, asked about once."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.jobs import Worker
from storage.models.delivery import Job
from tests.chat import Chat, open_chat
from tests.handlers.shelves import LINK, do, kept
from tests.settled import settle_in

ALIVE = "https://alive.example.cn/1"
STATES: dict[str, bool | None] = {LINK: False, ALIVE: True}


async def _alive(content: dict[str, Any]) -> dict[str, Any]:
    return {"alive": STATES.get(content["url"])}


async def _title(_content: dict[str, Any]) -> dict[str, Any]:
    return {"title": None}


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Chat]:
    """A community on a web where LINK leads nowhere and ALIVE somewhere."""
    workers: dict[str, Worker] = {"alive": _alive, "title": _title}
    async with open_chat(tmp_path, workers=workers) as chat:
        await settle_in(chat)
        await chat.say(f"/share {LINK} 算理微课", by="周老师")
        await chat.say(f"/share {ALIVE} 算理课件", by="何老师")
        yield chat


async def test_two_nights_make_a_dead_link(web: Chat) -> None:
    await web.until("2026-11-24 12:00")
    assert "打不开" not in await web.say("/find 算理", by="林老师")
    await web.until("2026-11-25 12:00")
    lines = (await web.say("/find 算理", by="林老师")).splitlines()
    assert lines[1:] == ["① 算理课件　何老师 第13周", "② 算理微课　周老师 第13周 链接打不开"]


async def test_its_sharer_is_asked_once_and_not_at_night(web: Chat) -> None:
    await web.until("2026-11-25 07:00")
    room = web.private("周老师")
    assert web.posts(room) == []
    await web.until("2026-11-25 08:00")
    assert web.last(room).text == "你分享的“算理微课”（第13周）这两晚都打不开了。要怎么办？"
    assert web.buttons(room) == ["换链接", "移除", "先留着"]
    said = await web.press("先留着", by="周老师", room=room)
    assert said == "好，“算理微课”先留着，不再问了。"
    await web.until("2026-11-29 12:00")
    assert len(web.posts(room)) == 1
    assert all(not web.posts(web.private(name)) for name in ("何老师", "林老师", "王老师"))


async def test_a_new_link_takes_its_place(web: Chat) -> None:
    await web.until("2026-11-25 08:00")
    room = web.private("周老师")
    await web.press("换链接", by="周老师", room=room)
    assert await web.tell("找不到了", by="周老师") == "还没看到链接。发来就换；不换了回“算了”。"
    said = await web.tell(ALIVE, by="周老师")
    assert said == "这个链接资料库里已经有一条了。可以把打不开的这条移除。"
    assert await web.tell("https://new.example.cn/9", by="周老师") == "换好了：算理微课"
    assert "打不开" not in await web.tell("找 new.example.cn", by="林老师")


async def test_removing_it_by_the_question(web: Chat) -> None:
    await web.until("2026-11-25 08:00")
    room = web.private("周老师")
    await web.press("移除", by="周老师", room=room)
    assert await web.press("移除", by="周老师", room=room) == "已移除“算理微课”。"
    assert [one.title for one in await kept(web)] == ["算理课件"]


async def test_what_cannot_be_told_is_not_called_dead(web: Chat) -> None:
    await web.say("/share https://slow.example.cn/ 慢慢的网站", by="林老师")
    await web.until("2026-11-29 12:00")
    [slow] = [one for one in await kept(web) if one.title == "慢慢的网站"]
    assert slow.failures == 0
    assert slow.checked_at is not None


async def test_with_asking_off_nothing_is_called_dead_and_no_job_stays(group: Chat) -> None:
    await group.say(f"/share {LINK}", by="周老师")
    await group.until("2026-11-28 12:00")
    assert "打不开" not in await group.say("/find jiaoyan", by="林老师")
    assert await do(group, lambda session: session.exec(select(Job)).all()) == []


async def test_in_english(web: Chat) -> None:
    await web.tell("/language en", by="周老师")
    await web.until("2026-11-25 08:00")
    room = web.private("周老师")
    assert web.last(room).text == (
        "“算理微课”, which you shared (week 13), could not be opened for two nights. What shall I do?"
    )
    await web.press("New link", by="周老师", room=room)
    assert await web.tell("https://new.example.cn/9", by="周老师") == "Changed: 算理微课"
