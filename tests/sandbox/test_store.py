"""A restart keeps the conversation, the presses, the files, the time, and the numbers of updates."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.machine import TimeMachine
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import MONDAY


def _sandbox(path: Path) -> Sandbox:
    return Sandbox(path / "demo" / "sandbox.db", TimeMachine(lambda: MONDAY), seed=True)


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    first = _sandbox(tmp_path)
    await first.start()
    world = first.world
    world.tell("林老师", "/start")
    keys = {"inline_keyboard": [[{"text": "参加", "callback_data": "r:1:y"}]]}
    post = world.post(world.group, world.bot.user(), {"text": "参加吗？", "reply_markup": keys})
    query = world.press("周老师", post, "参加")
    file = world.send_file("何老师", None, "教案.docx", b"\x00abc").body["document"]["file_id"]
    world.leave("孙老师")
    await first.move(MONDAY + timedelta(hours=5))
    before = world.pending_updates()
    await first.stop()

    second = _sandbox(tmp_path)
    await second.start()
    again = second.world
    assert [p.text for p in again.messages()] == [p.text for p in world.messages()]
    assert again.messages()[8].buttons == keys["inline_keyboard"]
    assert again.queries[query.id] == query
    assert again.files[file].content == b"\x00abc"
    assert again.private("林老师").started
    assert again.group.members == world.group.members
    assert again.pending_updates() == before
    assert second.machine.now() == MONDAY + timedelta(hours=5)
    assert again.tell("林老师", "还在吗").id == 2
    assert again.pending_updates()[-1]["update_id"] == before[-1]["update_id"] + 1
    await second.stop()


async def test_who_spoke_last_is_not_shown_last_after_a_restart(tmp_path: Path) -> None:
    first = _sandbox(tmp_path)
    await first.start()
    await first.move(MONDAY + timedelta(hours=1))
    people = list(first.world.people)
    first.world.tell("王老师", "/start")
    first.world.say("王老师", None, "早")
    await first.stop()

    second = _sandbox(tmp_path)
    assert list(second.world.people) == people
    await second.start()
    await second.stop()


async def test_what_was_confirmed_does_not_come_back(tmp_path: Path) -> None:
    first = _sandbox(tmp_path)
    await first.start()
    first.world.tell("林老师", "一")
    last = first.world.pending_updates()[-1]["update_id"]
    await first.polling.get_updates({"offset": last + 1})
    await first.stop()
    second = _sandbox(tmp_path)
    assert second.world.pending_updates() == []
    assert second.world.tell("林老师", "二").seen
    assert second.world.pending_updates()[0]["update_id"] == last + 1
    await second.start()
    await second.stop()


def test_the_seed_is_talk_of_the_last_days_that_the_bot_never_saw() -> None:
    sandbox = Sandbox(None, lambda: MONDAY)
    talk = sandbox.world.messages()
    assert 6 <= len(talk) <= 10
    assert talk == sorted(talk, key=lambda post: post.date)
    assert talk[-1].date < MONDAY.timestamp()
    assert not any(post.seen or post.from_bot for post in talk)
    assert sandbox.world.pending_updates() == []
    assert [person.name for person in sandbox.world.people.values()] == [
        "王老师",
        "林老师",
        "周老师",
        "何老师",
        "孙老师",
    ]
    assert Sandbox(None, lambda: MONDAY, seed=False).world.messages() == []
