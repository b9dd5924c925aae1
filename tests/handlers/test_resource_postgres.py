"""The library on the bigger database: the same questions, the same answers."""

from pathlib import Path

import pytest

from storage.queries.resource import erase
from tests.chat import open_chat
from tests.handlers.shelves import LINK, do, kept, person_id
from tests.settled import settle_in


@pytest.mark.postgres
async def test_sharing_finding_browsing_forgetting(tmp_path: Path, postgres_database: str) -> None:
    async with open_chat(tmp_path, postgres_database) as group:
        await settle_in(group)
        await group.say(f"/share {LINK} 小数乘法算理 数学 #算理", by="周老师")
        assert "两位都署名" in await group.say(f"/share {LINK} #小数", by="何老师")
        await group.say("/share https://a.example.cn/2 分数 #小数", by="周老师")
        assert "① 小数乘法算理" in await group.say("/find maths #算理", by="林老师")
        await group.say("/library", by="林老师")
        for way, choice in (("按标签", "#小数"), ("按学科", "数学"), ("按教学周", "2026年")):
            await group.press(way, by="林老师")
            assert "小数乘法算理" in await group.press(choice, by="林老师")
            await group.press("资料库", by="林老师")
        await group.until("2026-11-24 12:00")
        assert all(one.checked_at for one in await kept(group))
        await do(group, erase, await person_id(group, "周老师"))
        assert [one.title for one in await kept(group)] == ["小数乘法算理"]
