"""A reflection that was shown to everybody and is taken back: told to nobody any more, or owned up to."""

from pathlib import Path

from tests.everywhere import FOLLOWER, open_everywhere
from tests.follower import open_followers


async def test_what_stays_in_several_places_is_owned_up_to_once(tmp_path: Path) -> None:
    async with open_everywhere(tmp_path) as school:
        await school.follower.say("你好", by=FOLLOWER)
        lin = school.telegram.private("林老师")
        await school.telegram.tell("/reflect 出题的是学生", by="林老师")
        await school.telegram.press("给全体", by="林老师", room=lin)
        await school.settle()
        assert "出题的是学生" in school.follower.last(FOLLOWER).text
        said = await school.telegram.press("只留给自己", by="林老师", room=lin)
        assert said.count("收不回来") == 1
        assert "出题的是学生" not in school.telegram.last().text


async def test_what_is_taken_back_is_not_told_to_who_has_not_read_it_yet(tmp_path: Path) -> None:
    async with open_everywhere(tmp_path, "personal") as school:
        lin = school.telegram.private("林老师")
        await school.telegram.tell("/reflect 出题的是学生", by="林老师")
        await school.telegram.press("给全体", by="林老师", room=lin)
        await school.telegram.press("只留给自己", by="林老师", room=lin)
        await school.settle()
        assert "出题的是学生" not in await school.follower.say("你好", by=FOLLOWER)


async def test_what_a_follower_has_read_is_owned_up_to(tmp_path: Path) -> None:
    async with open_followers(tmp_path, "personal") as account:
        await account.found()
        await account.say("反思 出题的是学生", by="林老师")
        await account.press("给全体", by="林老师")
        assert "出题的是学生" in await account.say("你好", by="何老师")
        assert "收不回来" in await account.press("只留给自己", by="林老师")
        assert "出题的是学生" not in await account.say("你好", by="周老师")


async def test_what_waits_of_somebody_who_is_erased_is_never_told(tmp_path: Path) -> None:
    async with open_everywhere(tmp_path, "personal") as school:
        lin = school.telegram.private("林老师")
        await school.telegram.tell("/reflect 出题的是学生", by="林老师")
        await school.telegram.press("给全体", by="林老师", room=lin)
        await school.meet()
        await school.telegram.press("参加", by="林老师")
        await school.telegram.tell("/mydata", by="林老师")
        await school.telegram.press("全部删除", by="林老师", room=lin)
        await school.telegram.press("确定，全部删除", by="林老师", room=lin)
        await school.settle()
        said = await school.follower.say("你好", by=FOLLOWER)
        assert "分数教学研讨" in said
        assert "出题的是学生" not in said
        assert "林老师" not in said
