"""Every kind of update the world makes is as the documentation says, and python-telegram-bot reads it."""

from collections.abc import Callable

import pytest
import telegram

from bot.sandbox.people import Post
from bot.sandbox.server import Sandbox
from bot.sandbox.spec import check_object
from bot.sandbox.world import World


def _bot_post(world: World) -> Post:
    keys = {"inline_keyboard": [[{"text": "参加", "callback_data": "r:1:y"}]]}
    return world.post(world.group, world.bot.user(), {"text": "参加吗？", "reply_markup": keys})


def _in_topic(world: World) -> None:
    forum = world.add_group("共同体", "王老师", "林老师", forum=True)
    thread = world.add_topic("王老师", forum, "听评课")
    world.say("林老师", forum, "/find@yanban_bot", thread=thread)


def _edited(world: World) -> None:
    world.edit(world.say("林老师", None, "/find@yanban_bot 分"), "/find@yanban_bot 分数")


def _chosen(world: World) -> None:
    world.inline("林老师", "分数")


def _moved(world: World) -> None:
    group = world.add_group("小组", "王老师", "林老师", kind="group")
    world.migrate(group, order=("from", "to"))


def _reacted(world: World) -> None:
    world.updates.allowed = ["message_reaction", "chat_member", "message"]
    world.group.bot = "administrator"
    world.react("林老师", _bot_post(world), "👍")
    world.promote("林老师")


DEEDS: dict[str, tuple[Callable[[World], object], list[str]]] = {
    "command": (lambda world: world.say("林老师", None, "/find@yanban_bot 😀 #分数"), ["message"]),
    "reply": (lambda world: world.say("林老师", None, "好", reply_to=_bot_post(world)), ["message"]),
    "private": (lambda world: world.tell("林老师", "/start abc"), ["message"]),
    "file": (
        lambda world: world.send_file("林老师", world.private("林老师"), "教案.docx", b"x", "#分数"),
        ["message"],
    ),
    "photo": (lambda world: world.send_photo("林老师", world.private("林老师"), b"x"), ["message"]),
    "press": (lambda world: world.press("林老师", _bot_post(world), "参加"), ["callback_query"]),
    "edit": (_edited, ["message", "edited_message"]),
    "topic": (_in_topic, ["message", "message"]),
    "join": (lambda world: world.join(world.add_person("吴老师"), by="王老师"), ["message"]),
    "leave": (lambda world: world.leave("孙老师"), ["message"]),
    "added": (lambda world: world.add_bot(), ["my_chat_member", "message"]),
    "kicked": (lambda world: world.kick_bot(by="王老师"), ["my_chat_member"]),
    "promoted": (lambda world: world.promote(world.bot), ["my_chat_member"]),
    "blocked": (lambda world: world.block("林老师"), ["my_chat_member"]),
    "migrated": (_moved, ["message", "message"]),
    "anonymous": (lambda world: world.anonymous(None, "/setup@yanban_bot", "组长"), ["message"]),
    "inline": (_chosen, ["inline_query"]),
    "reaction": (_reacted, ["message_reaction", "chat_member"]),
}


@pytest.mark.parametrize("name", DEEDS)
def test_updates_are_as_documented(sandbox: Sandbox, name: str) -> None:
    deed, kinds = DEEDS[name]
    deed(sandbox.world)
    found = sandbox.world.pending_updates()
    assert [next(key for key in update if key != "update_id") for update in found] == kinds
    for update in found:
        assert check_object("Update", update) == []
        read = telegram.Update.de_json(update, None)
        assert read is not None
        assert not read.api_kwargs


def test_restricted_members_are_shown_whole(sandbox: Sandbox) -> None:
    sandbox.world.updates.allowed = ["chat_member"]
    sandbox.world.promote(sandbox.world.bot)
    sandbox.world.promote("林老师", "restricted")
    sandbox.world.promote("林老师", "kicked")
    assert [check_object("Update", update) for update in sandbox.world.pending_updates()] == [[], []]


def test_any_update_can_be_injected(sandbox: Sandbox) -> None:
    update = sandbox.world.raw({"update_id": 900_000_000, "message": {"message_id": 1}})
    assert sandbox.world.raw({"poll": {}})["update_id"] == 900_000_001
    sandbox.world.updates.history.clear()  # these two are wrong on purpose
    assert sandbox.world.pending_updates()[0] is update
