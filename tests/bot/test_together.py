"""Prompts that are due at the same minute are asked together, and each community as if it were alone."""

import re
from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import select

from bot.firing import due
from bot.together import fire_all
from config.prompts import questions
from storage.models.calendar import CalendarDay
from storage.models.community import Chat, Member, Person
from storage.models.delivery import Card, Outbox, Pending
from storage.models.due import Occurrence, Schedule
from storage.models.prompt import Prompt
from storage.models.quiet import Held
from storage.models.reflection import ReflectionHabit
from tests.school import TERM, THURSDAY, School, open_school

WEEK, TWELVE_HOURS = timedelta(weeks=1), timedelta(hours=12)


@pytest.fixture(params=["sqlite", "postgres"])
async def school(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[School]:
    url = f"sqlite:///{tmp_path / 'school.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    async with open_school(url, tmp_path) as opened:
        yield opened


async def test_each_is_asked_once_in_its_own_words(school: School) -> None:
    await school.has("三年级数学")
    await school.has("English", language="en")
    await school.has("语文", model="own", own=["这周你帮了谁？"])
    await school.has("两个群", chats=2, model="four-f")
    await school.falls_due()
    assert "本周反思题" in (await school.said("三年级数学"))[0]
    assert "This week’s question" in (await school.said("English"))[0]
    assert "这周你帮了谁？" in (await school.said("语文"))[0]
    one, other = await school.said("两个群")
    assert one == other
    for name in ("三年级数学", "English", "语文"):
        assert await school.next_at(name) == THURSDAY + WEEK
    assert len(await school.rows(select(Occurrence))) == 4
    assert len(await school.rows(select(Prompt))) == 4


async def test_button_and_card_lead_to_the_communitys_own_prompt(school: School) -> None:
    for number in range(3):
        await school.has(f"教研组{number}")
    await school.falls_due()
    for number in range(3):
        (post,) = await school.posts(f"教研组{number}")
        (prompt,) = await school.rows(select(Prompt).where(Prompt.community_id == school[f"教研组{number}"]))
        (card,) = await school.rows(select(Card).where(Card.chat_id == post.chat_id))
        assert post.payload["buttons"][0][0]["url"].endswith(f"=reflect-{prompt.id}")
        assert post.card == card.name == f"prompt:{prompt.id}"


async def test_some_are_not_asked_and_look_again_at_the_right_time(school: School) -> None:
    await school.has("停着的", paused=True)
    await school.has("考试周", exam_weeks=[13, 14])
    await school.has("运动会")
    await school.add(CalendarDay(community_id=school["运动会"], day=date(2026, 11, 26), kind="off"))
    await school.has("没有群", chats=0)
    await school.has("迟了", at=THURSDAY - TWELVE_HOURS - timedelta(seconds=1))
    await school.has("学期过了", term_start=date(2026, 3, 2), term_weeks=18)
    await school.falls_due()
    assert await school.rows(select(Outbox)) == []
    assert await school.rows(select(Prompt)) == []
    assert await school.next_at("停着的") is None
    assert await school.next_at("没有群") is None
    assert await school.next_at("考试周") == THURSDAY + 2 * WEEK
    assert await school.next_at("运动会") == THURSDAY + WEEK
    assert await school.next_at("迟了") == THURSDAY + WEEK


async def test_every_question_of_the_bank_before_one_comes_again(school: School) -> None:
    for number in range(3):
        await school.has(f"教研组{number}", term_weeks=60)
    for _ in range(5):
        await school.falls_due()
        school.clock.now += WEEK
    for number in range(3):
        here = select(Prompt.question).where(Prompt.community_id == school[f"教研组{number}"])
        asked = await school.rows(here)
        assert len(set(asked)) == len(asked) == 5
        assert set(asked) <= {one.id for one in questions("do-learn-teach", "zh-CN")}


async def test_quiet_hours_are_waited_out_and_the_fourth_post_of_the_day_is_held(school: School) -> None:
    await school.has("安静的", quiet_from=time(9, 0), quiet_to=time(10, 0))
    await school.has("听够了的")
    await school.has("平常的")
    (chat,) = await school.rows(select(Chat.id).where(Chat.community_id == school["听够了的"]))
    said = {"chat_id": chat, "method": "post", "payload": {}, "state": "sent", "priority": 5}
    await school.add(
        *(Outbox(key=f"{n}", not_before=THURSDAY, created_at=THURSDAY, **said) for n in range(3))
    )
    await school.falls_due()
    (quiet,) = await school.posts("安静的")
    assert quiet.not_before == THURSDAY + timedelta(minutes=30)
    assert len(await school.posts("听够了的")) == 3
    assert [one.chat_id for one in await school.rows(select(Held))] == [chat]
    (post,) = await school.posts("平常的")
    assert post.not_before == THURSDAY


async def test_who_wants_it_is_asked_in_private_too(school: School) -> None:
    await school.has("三年级数学")
    await school.has("四年级数学")
    (person,) = await school.add(Person(name="林老师", language="en", created_at=THURSDAY))
    (chat,) = await school.add(Chat(platform="telegram", address="1", private=True, person_id=person))
    await school.add(
        *(Member(community_id=school[name], person_id=person, joined_at=THURSDAY) for name in ["三年级数学"]),
        ReflectionHabit(person_id=person, asked=True),
    )
    await school.falls_due()
    (private,) = await school.rows(select(Outbox).where(Outbox.chat_id == chat))
    (waiting,) = await school.rows(select(Pending))
    (prompt,) = await school.rows(select(Prompt).where(Prompt.community_id == school["三年级数学"]))
    assert "Learn: " in private.payload["html"]
    assert waiting.content == {"prompt": prompt.id, "note": 0}
    assert len(await school.rows(select(Outbox))) == 3


async def test_where_no_link_leads_into_the_private_chat_each_has_its_own_button(school: School) -> None:
    for name in ("三年级数学", "四年级数学"):
        await school.has(name)
        await school.add(Chat(platform="elsewhere", address=name, community_id=school[name]))
    await school.falls_due()
    signed = set()
    for name in ("三年级数学", "四年级数学"):
        linked, pressed = await school.posts(name)
        assert linked.payload["html"] == pressed.payload["html"]
        assert "url" in linked.payload["buttons"][0][0]
        signed.add(pressed.payload["buttons"][0][0]["data"])
        assert len(await school.rows(select(Card).where(Card.name == pressed.card))) == 2
    assert len(signed) == 2


async def test_who_follows_from_afar_is_asked_in_their_own_chat(school: School) -> None:
    await school.has("三年级数学")
    await school.has("没有群", chats=0)
    (person,) = await school.add(Person(name="周老师", created_at=THURSDAY))
    (chat,) = await school.add(Chat(platform="elsewhere", address="z", private=True, person_id=person))
    follows: dict[str, Any] = {"person_id": person, "chat_id": chat, "joined_at": THURSDAY}
    await school.add(*(Member(community_id=school[name], **follows) for name in ("三年级数学", "没有群")))
    await school.falls_due()
    assert len(await school.posts("三年级数学")) == 1
    private = await school.rows(select(Outbox).where(Outbox.chat_id == chat))
    assert len(private) == 2
    assert await school.next_at("没有群") == THURSDAY + WEEK


async def test_one_that_fails_hurts_no_other(school: School) -> None:
    for number in range(5):
        await school.has(f"教研组{number}")
    await school.has("坏了的", model="no-such-model")
    await school.falls_due()
    for number in range(5):
        assert len(await school.posts(f"教研组{number}")) == 1
    assert await school.posts("坏了的") == []
    assert await school.next_at("坏了的") == THURSDAY + timedelta(minutes=1)


async def test_fired_again_with_what_was_due_before_nothing_is_said(school: School) -> None:
    await school.has("三年级数学")
    await school.has("四年级数学")
    engine, dispatcher = school.app.engine, school.app.dispatcher
    moments, _ = await engine.submit(lambda session: due(session, THURSDAY))
    for _ in range(2):
        await engine.submit(lambda session: fire_all(dispatcher, session, moments))
    assert len(await school.rows(select(Outbox))) == 2
    # The clock went back, and the same moment is due once more.
    await engine.submit(lambda session: session.execute(update(Schedule).values(next_at=THURSDAY)))
    await school.falls_due()
    assert len(await school.rows(select(Outbox))) == 2
    assert await school.next_at("三年级数学") is None


async def test_what_another_process_is_firing_is_left_to_it(tmp_path: Path, postgres_database: str) -> None:
    async with open_school(postgres_database, tmp_path) as school:
        await school.has("三年级数学")
        await school.has("四年级数学")
        of_one = select(Schedule).where(Schedule.community_id == school["三年级数学"]).with_for_update()
        with school.app.database.connect() as elsewhere, elsewhere.begin():
            elsewhere.execute(of_one)
            await school.falls_due()
            assert await school.posts("三年级数学") == []
            assert len(await school.posts("四年级数学")) == 1
        await school.falls_due()
        assert len(await school.posts("三年级数学")) == 1


UNLIKE: list[dict[str, Any]] = [
    *({}, {}, {}, {"language": "en"}, {"zone": "Europe/London"}, {"country": ""}, {"term_start": None}),
    *({"chats": 2}, {"model": "four-f"}, {"model": "own", "own": ["这周你帮了谁？"]}, {"exam_weeks": [14]}),
    *({"quiet_from": time(9, 0), "quiet_to": time(12, 0)}, {"term_start": TERM + WEEK}, {"weekday": 2}),
]


async def test_together_or_one_by_one_the_same_is_said(tmp_path: Path) -> None:
    found = []
    for way in ("together", "alone"):
        async with open_school(f"sqlite:///{tmp_path / way}.db", tmp_path) as school:
            for number, unlike in enumerate(UNLIKE):
                await school.has(f"教研组{number}", **unlike)
            moments, _ = await school.app.engine.submit(lambda session: due(session, THURSDAY))
            for some in [moments] if way == "together" else [[one] for one in moments]:
                await school.app.engine.submit(partial(fire_all, school.app.dispatcher, moments=some))
            found.append([await everything(school, f"教研组{number}") for number in range(len(UNLIKE))])
    assert found[0] == found[1]


async def everything(school: School, name: str) -> tuple[Any, ...]:
    """What happened to the community, without the numbers of its prompts."""
    prompts = select(Prompt.question, Prompt.words, Prompt.week).where(Prompt.community_id == school[name])
    posts = [
        (row.key, row.card, row.payload, row.not_before, row.priority) for row in await school.posts(name)
    ]
    named = re.sub(r"(reflect-|prompt:)\d+", r"\1…", str(posts))
    return named, [tuple(row) for row in await school.rows(prompts)], await school.next_at(name)
