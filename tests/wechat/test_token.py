"""One token for all processes, renewed in time by one of them, sealed in the database."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import select

from bot.adapters.base import Refused, Unreachable, Unwelcome
from bot.adapters.wechat_oa import WechatAdapter
from bot.adapters.wechat_oa.credential import Token
from bot.app import App
from bot.clock import MovableClock
from bot.engine import EmbeddedEngine
from storage.database import open_database
from storage.migrate import migrate
from storage.models.machine import Credential
from tests.chat import MONDAY
from tests.follower import Followers, free_port, open_followers
from tests.wechat.test_numbers import arrange

FORM = {"touser": "nobody", "msgtype": "text", "text": {"content": "好"}}


async def test_twenty_calls_at_once_need_one_token(service: Followers) -> None:
    before = service.wechat.tokens.requests
    service.wechat.tokens.invalidate()
    service.adapter.client._token._held = None
    await service.app.engine.submit(forget)
    menu = [{"name": "研讨", "sub_button": [{"type": "click", "name": "日程", "key": "/agenda"}]}]
    await asyncio.gather(*(service.adapter.client.create_menu(menu) for _ in range(20)))
    assert service.wechat.tokens.requests == before + 1


def forget(session: object) -> None:
    from sqlmodel import Session

    assert isinstance(session, Session)
    for row in session.exec(select(Credential)):
        session.delete(row)


async def test_two_processes_share_one_token(service: Followers) -> None:
    before = service.wechat.tokens.requests
    other = App(service.app.settings.model_copy(update={"http_port": free_port()}), service.clock)
    async with other:
        await other.menus
        adapter = other.adapters["wechat"]
        assert isinstance(adapter, WechatAdapter)
        made = await adapter.work("code", {"scene": "ABC123"})
        assert made["url"]
    assert service.wechat.tokens.requests == before


async def test_it_is_renewed_five_minutes_before_its_end(service: Followers) -> None:
    await service.app.menus
    before = service.wechat.tokens.requests
    service.clock.advance(timedelta(minutes=114))
    await service.adapter.work("code", {"scene": "A"})
    assert service.wechat.tokens.requests == before
    service.clock.advance(timedelta(minutes=2))
    await service.adapter.work("code", {"scene": "A"})
    assert service.wechat.tokens.requests == before + 1


async def test_a_token_that_became_worthless_is_renewed_once(service: Followers) -> None:
    await service.app.menus
    service.wechat.tokens.invalidate()
    assert (await service.adapter.work("code", {"scene": "A"}))["url"]


async def test_a_token_refused_though_wechat_still_gives_it_out_is_forced(service: Followers) -> None:
    await service.app.menus
    service.wechat.tokens.refuse()
    assert (await service.adapter.work("code", {"scene": "A"}))["url"]
    assert len(service.wechat.tokens.forced) == 1


async def test_a_token_refused_for_ever_ends_the_call(service: Followers) -> None:
    await service.app.menus
    before = service.wechat.tokens.requests
    service.wechat.fail("message/custom/send", *[40001] * 10)
    with pytest.raises(Unreachable):
        await service.adapter.client.call("message/custom/send", FORM)
    assert service.wechat.tokens.requests - before <= 2


async def test_another_refusal_renews_nothing(service: Followers) -> None:
    await service.app.menus
    before = service.wechat.tokens.requests
    service.wechat.fail("message/custom/send", 40097)
    with pytest.raises(Refused):
        await service.adapter.client.call("message/custom/send", FORM)
    assert service.wechat.tokens.requests == before


async def test_it_is_sealed_in_the_database(service: Followers) -> None:
    await service.app.menus
    row = await service.app.engine.submit(lambda session: session.exec(select(Credential)).one())
    assert row.sealed
    file = bytes_of(service.app.settings.data_dir)
    for secret in (service.wechat.tokens.current, service.wechat.account.secret):
        assert secret.encode() not in file


def bytes_of(folder: Path) -> bytes:
    """Everything the database has on disk."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("yanban.db*")))


async def test_a_wrong_secret_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(Unwelcome, match="YANBAN_WECHAT_APP_SECRET"):
        async with open_followers(tmp_path, "service", wechat_app_secret=SecretStr("wrong")):
            raise AssertionError("it started")


async def test_no_network_at_the_start_keeps_nobody_waiting(tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    async with open_followers(tmp_path, "service", wechat_url=nowhere) as followers:
        assert "/agenda" in await followers.say("帮助", by="林老师")


async def test_a_personal_account_needs_no_token(personal: Followers) -> None:
    await personal.say("帮助", by="林老师")
    assert personal.wechat.tokens.requests == 0


async def test_a_secret_changed_while_it_runs_costs_no_message(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    account = service.wechat.account
    secret, account.secret = account.secret, "changed by the owner"
    service.wechat.tokens.invalidate()
    await arrange(service, "周五16:00 读书会")
    assert len(service.posts("林老师")) == 1
    account.secret = secret
    await service.until("2026-11-23 10:05")
    assert "读书会\n11月27日" in service.last("林老师").text


async def test_two_processes_that_begin_together_ask_once(postgres_database: str) -> None:
    databases = [open_database(postgres_database) for _ in range(2)]
    migrate(databases[0])
    engines = [EmbeddedEngine(database) for database in databases]
    asked: list[str] = []
    for engine in engines:
        engine.start()

    def token(account: str, engine: EmbeddedEngine) -> Token:
        async def fetch(_force: bool) -> tuple[str, int]:
            asked.append(account)
            return f"token of {account}", 7200

        return Token(account, "secret", engine, MovableClock(MONDAY), fetch)

    accounts = [f"wx{number}" for number in range(4)]
    for account in accounts:
        told = await asyncio.gather(*(token(account, engine).get() for engine in engines))
        assert told == [f"token of {account}"] * 2
    assert asked == accounts
    for engine, database in zip(engines, databases, strict=True):
        await engine.stop()
        database.dispose()
