"""What a teacher writes is answered in the response to that very call."""

from tests.follower import Followers


async def test_the_address_is_proved_by_its_echo(personal: Followers) -> None:
    assert await personal.wechat.caller.echo("7342931") == (200, "7342931")


async def test_a_word_is_answered_in_its_response(personal: Followers) -> None:
    heard = await personal.wechat.say("林老师", "帮助")
    assert heard.statuses == [200]
    assert heard.words is not None
    assert "/agenda" in heard.words
    assert personal.wechat.requests == []


async def test_numbers(personal: Followers) -> None:
    await personal.found()
    print(await personal.say("安排 周五16:00 读书会"))
    print(await personal.press("就这样"))
    print("--", await personal.say("日程", by="林老师"))
    print("--", await personal.say("1", by="林老师"))
    assert 0
