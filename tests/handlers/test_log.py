"""What leaders changed is public."""

from sqlmodel import Session

from storage.models.log import Change
from tests.chat import MONDAY, Chat


async def changed(chat: Chat, times: int, key: str = "setup-log-zone", **content: object) -> None:
    """Write changes by the leader into the log."""

    def write(session: Session) -> None:
        for number in range(times):
            kept = content or {"city": f"城市{number}"}
            session.add(Change(community_id=1, person_id=1, key=key, content=dict(kept), at=MONDAY))

    await chat.app.engine.submit(write)


async def test_nothing_yet(group: Chat) -> None:
    assert await group.say("/log", by="林老师") == "还没有改过什么。"


async def test_each_line_has_when_who_and_what(group: Chat) -> None:
    await group.say("/setup")
    await group.press("跳过")
    await group.press("伦敦")
    await group.press("9月7日")
    await group.press("21:00")
    said = await group.say("/log", by="林老师")
    assert said.splitlines()[1].startswith("11月23日 周一（第12周） 王老师：")
    assert "王老师：时区改为伦敦时间" in said
    assert "王老师：学期第一天改为9月7日 周一（第1周）" in said
    assert "王老师：安静时间改为 21:00–07:00" in said
    assert said.index("安静时间") < said.index("时区")


async def test_ten_on_a_card_and_pages_that_turn(group: Chat) -> None:
    await changed(group, 12)
    said = await group.say("/log", by="林老师")
    assert said.count("时区改为") == 10
    assert said.splitlines()[1].endswith("城市11时间")
    assert group.buttons() == ["早一些"]
    posts = len(group.posts())
    assert (await group.press("早一些", by="林老师")).count("时区改为") == 2
    assert group.buttons() == ["新一些"]
    assert (await group.press("新一些", by="周老师")).count("时区改为") == 10
    assert len(group.posts()) == posts


async def test_what_cannot_be_worded_is_told_in_general(group: Chat) -> None:
    await changed(group, 1, "gone-log-old", value=1)
    await changed(group, 1, "setup-log-term", day="2026-13-40")
    await changed(group, 1, "setup-log-quiet", nothing=1)
    assert (await group.say("/log")).count("改了一项设置") == 3


async def test_a_private_reader_reads_it_in_their_language(group: Chat) -> None:
    await changed(group, 1)
    await group.tell("/language en", by="林老师")
    assert "王老师: changed the time zone to 城市0" in await group.tell("/log", by="林老师")


async def test_somebody_who_has_not_joined_is_invited(group: Chat) -> None:
    group.world.add_person("吴老师")
    group.world.join("吴老师")
    assert "需要先加入" in await group.say("/log", by="吴老师")
