"""What happens to answers when the platform has a bad day."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage.models.community import Chat as ChatRow
from storage.models.delivery import Outbox
from tests.chat import Chat

HELP = "我是研伴"


async def sends(chat: Chat) -> list[str]:
    """Texts that reached a chat, in order."""
    return [
        str(request.params["text"])
        for request in chat.sandbox.requests
        if request.method == "sendMessage" and request.answer.get("ok")
    ]


async def states(chat: Chat) -> list[str]:
    return await chat.app.engine.submit(
        lambda session: list(session.exec(select(Outbox.state).order_by(col(Outbox.id))))
    )


async def test_asked_to_wait_it_waits_and_loses_nothing(group: Chat) -> None:
    group.sandbox.faults.on("429", "sendMessage", times=1, retry_after=30)
    assert await group.tell("帮助", by="林老师") == ""
    assert await group.tell("帮助 帮助", by="林老师") == ""
    await group.wait(timedelta(seconds=20))
    assert await sends(group) == []
    await group.wait(timedelta(seconds=11))
    first, second = await sends(group)
    assert first.startswith(HELP)
    assert second.startswith("发“帮助”看全部")


async def test_one_chat_made_to_wait_does_not_hold_up_another(group: Chat) -> None:
    lin = group.private("林老师").id
    group.sandbox.faults.on("429", "sendMessage", chat=lin, times=1, retry_after=600)
    assert await group.tell("帮助", by="林老师") == ""
    assert HELP in await group.tell("帮助", by="周老师")


@pytest.mark.parametrize("kind", ["reset before", "truncated", "reset after"])
async def test_a_broken_connection_is_tried_again(group: Chat, kind: str) -> None:
    group.sandbox.faults.on(kind, "sendMessage", times=1)
    await group.tell("帮助", by="林老师")
    await group.wait(timedelta(seconds=5))
    # Once broken off after the post, nobody can know: one repeat is the most there may be.
    assert len(await sends(group)) in (1, 2)
    assert await states(group) == ["sent"]


async def test_a_sick_server_is_asked_again_until_it_is_well(group: Chat) -> None:
    fault = group.sandbox.faults.on("5xx", "sendMessage", status=502)
    await group.tell("帮助", by="林老师")
    await group.wait(timedelta(minutes=30))
    assert await sends(group) == []
    group.sandbox.faults.off(fault)
    await group.wait(timedelta(minutes=2))
    assert len(await sends(group)) == 1


async def test_a_chat_that_threw_us_out_is_left_alone_until_we_are_let_in(group: Chat) -> None:
    group.world.kick_bot()
    await group.settle()
    assert not await active(group)
    group.world.add_bot()
    await group.settle()
    assert await active(group)


async def active(chat: Chat) -> bool:
    address = str(chat.group.id)
    return await chat.app.engine.submit(
        lambda session: session.exec(select(ChatRow.active).where(col(ChatRow.address) == address)).one()
    )


async def test_a_refusal_while_sending_stops_only_that_chat(group: Chat) -> None:
    group.sandbox.faults.on("blocked", "sendMessage", chat=group.private("林老师").id)
    assert await group.tell("帮助", by="林老师") == ""
    assert HELP in await group.tell("帮助", by="周老师")
    assert await states(group) == ["failed", "sent"]


@pytest.mark.parametrize("order", [("to", "from"), ("from", "to")])
async def test_a_group_that_grew_keeps_its_community(group: Chat, order: tuple[str, str]) -> None:
    new = group.world.migrate(order=order)
    await group.settle()
    group.world.say("王老师", new, "/help@yanban_bot")
    await group.settle()
    assert HELP in group.posts(new)[-1].text
    assert await active_chats(group) == [str(new.id)]


async def active_chats(chat: Chat) -> list[str]:
    query = select(ChatRow.address).where(~col(ChatRow.private), col(ChatRow.community_id).is_not(None))
    return await chat.app.engine.submit(lambda session: list(session.exec(query)))


async def test_the_same_update_twice_is_answered_once(group: Chat) -> None:
    lin = group.world.person("林老师")
    update = {
        "update_id": 700_000_001,
        "message": {
            "message_id": 900,
            "date": 1_795_000_000,
            "from": lin.user(),
            "chat": {"id": lin.id, "type": "private", "first_name": lin.name},
            "text": "帮助",
        },
    }
    arrival = group.app.telegram.arrival(update)
    await group.app.receive([arrival])
    await group.app.receive([arrival, arrival])
    await group.settle()
    assert len(await sends(group)) == 1


async def test_after_a_week_of_silence_lower_numbers_are_heard(group: Chat) -> None:
    await group.tell("帮助", by="林老师")
    group.clock.advance(timedelta(days=7))
    await group.sandbox.go_down()
    group.world.updates.next_id = 5
    await group.sandbox.come_up()
    assert HELP in await group.tell("帮助", by="周老师")
