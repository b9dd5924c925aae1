"""The first words in a WeCom group."""

from tests.wecom.chat import WecomChat


async def test_who_calls_the_bot_is_answered(wecom: WecomChat) -> None:
    assert "我在" in await wecom.say("你好")
    assert "我在" in await wecom.say("@研伴")
