"""Everything that comes is kept once, whatever it is, and nothing stops what comes after."""

import asyncio
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.adapters.base import Arrival
from bot.adapters.wecom_aibot.intake import Intake
from bot.engine import Unavailable
from storage.models.delivery import Inbox
from tests.chat import PATIENCE
from tests.wecom.chat import WecomChat


def arrivals(count: int) -> list[Arrival]:
    return [Arrival("wecom", "b", str(number), {}) for number in range(count)]


def kept(session: Session) -> dict[str, str]:
    """The state of everything that came, by key."""
    return {row.key: row.state for row in session.exec(select(Inbox).where(col(Inbox.platform) == "wecom"))}


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"msgid": "odd", "msgtype": "hologram", "hologram": {}}, "done"),
        ({"msgid": "odd", "msgtype": "text", "text": {"content": "x"}}, "dead"),
        ({"msgid": "odd", "msgtype": "event", "event": {"eventtype": "template_card_event"}}, "dead"),
        ({"msgid": "odd", "msgtype": "text", "text": ["x"], "from": {"userid": "u"}}, "done"),
        ({"msgid": "odd", "msgtype": "text", "text": {"content": "\ud83d"}, "from": {"userid": "u"}}, "done"),
    ],
    ids=["unknown kind", "nobody", "empty press", "words in a list", "half a character"],
)
async def test_odd_callbacks_are_kept_and_stop_nothing(
    wecom: WecomChat, body: dict[str, Any], state: str
) -> None:
    wecom.world.raw("aibot_msg_callback", body)
    assert "我在" in await wecom.say("你好")
    assert (await wecom.app.engine.submit(kept))["odd"] == state


async def test_a_callback_without_a_msgid_is_set_aside(wecom: WecomChat) -> None:
    wecom.world.emitted.clear()
    request = wecom.world.raw("aibot_msg_callback", {"msgtype": "text"})
    wecom.world.emitted[:] = [request]
    await wecom.settle()
    assert await wecom.app.engine.submit(kept) == {request: "dead"}


async def test_what_could_not_be_kept_is_handed_over_again_in_order() -> None:
    intake, got, troubles = Intake(), list[str](), [Unavailable(), Unavailable()]

    async def receive(batch: Any) -> list[bool]:
        if troubles:
            raise troubles.pop()
        got.extend(one.key for one in batch)
        return []

    for arrival in arrivals(40):
        intake.add(arrival)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await intake.empty(receive)
        assert len(intake) == 40
    await intake.empty(receive)
    assert got == [str(number) for number in range(40)]
    assert len(intake) == 0


async def test_what_came_while_stopping_is_kept(wecom: WecomChat) -> None:
    app = wecom.app
    await wecom.adapter.stop()
    wecom.world.say("林老师", wecom.group, "@研伴 你好")
    async with asyncio.timeout(PATIENCE):
        while await app.engine.submit(wecom._unheard):  # noqa: ASYNC110
            await asyncio.sleep(0.002)
    await wecom.restart()
    await wecom.settle()
    assert "我在" in wecom.last().text
