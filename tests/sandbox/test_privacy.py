"""Privacy mode: what reaches the bot and what does not."""

import pytest

from bot.sandbox.server import Sandbox

ORDINARY = [
    ("大家好", False),
    ("/find@yanban_bot 分数", True),
    ("/find@YANBAN_BOT 分数", True),
    ("/find 分数", True),
    ("/find@other_bot 分数", False),
    ("@yanban_bot 帮我找", False),
    ("请用 /find@yanban_bot", False),
]


@pytest.mark.parametrize(("text", "reaches"), ORDINARY)
def test_an_ordinary_member_writes(sandbox: Sandbox, text: str, reaches: bool) -> None:
    post = sandbox.world.say("林老师", None, text)
    assert post.seen is reaches
    assert len(sandbox.world.pending_updates()) == reaches


@pytest.mark.parametrize("text", [text for text, _ in ORDINARY])
def test_a_leading_or_open_bot_gets_everything(sandbox: Sandbox, text: str) -> None:
    sandbox.world.group.bot = "administrator"
    assert sandbox.world.say("林老师", None, text).seen
    sandbox.world.group.bot, sandbox.world.group.privacy = "member", False
    assert sandbox.world.say("林老师", None, text).seen


def test_a_bare_command_after_another_bot_spoke_is_not_ours(sandbox: Sandbox) -> None:
    sandbox.world.other_bot(None, "早")
    assert not sandbox.world.say("林老师", None, "/find 分数").seen
    assert sandbox.world.say("林老师", None, "/find@yanban_bot 分数").seen


def test_replies_to_the_bot_and_only_those(sandbox: Sandbox) -> None:
    world = sandbox.world
    from_bot = world.post(world.group, world.bot.user(), {"text": "几点？"})
    human = world.say("周老师", None, "四点")
    assert world.say("林老师", None, "四点半", reply_to=from_bot).seen
    assert not world.say("林老师", None, "好", reply_to=human).seen


def test_service_messages_private_ones_and_anonymous_leaders(sandbox: Sandbox) -> None:
    world = sandbox.world
    assert world.join(world.add_person("吴老师")).seen
    assert world.leave("吴老师").seen
    assert world.tell("林老师", "只是说说").seen
    assert not world.anonymous(None, "大家注意").seen
    assert world.anonymous(None, "/setup@yanban_bot", "组长").seen


def test_a_removed_bot_hears_nothing(sandbox: Sandbox) -> None:
    sandbox.world.kick_bot()
    assert not sandbox.world.say("林老师", None, "/find@yanban_bot").seen
    assert [next(k for k in u if k != "update_id") for u in sandbox.world.pending_updates()] == [
        "my_chat_member"
    ]


def test_via_the_bot_counts_as_its_own(sandbox: Sandbox) -> None:
    world = sandbox.world
    post = world.say("林老师", None, "教案卡片", via_bot=world.bot.user())
    assert post.seen
