"""The account's access token: one for all processes, renewed by one of them, sealed in the database."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from sqlmodel import Session

from bot.adapters.base import Unreachable
from bot.clock import Clock
from bot.engine import Engine
from storage.models.machine import Credential

EARLY = timedelta(minutes=5)
RENEWAL = timedelta(seconds=15)  # whoever renews it has given up by then
LOOKS, PAUSE = 80, 0.2
Fetch = Callable[[bool], Awaitable[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Held:
    """A token and the moment it ends; it never shows in repr."""

    token: str = field(repr=False)
    until: datetime

    def good(self, now: datetime, refused: str | None) -> bool:
        return self.token != refused and self.until - EARLY > now


class Token:
    """*fetch* asks the platform for a token and its seconds; with True for a new one in any case."""

    def __init__(self, app_id: str, secret: str, engine: Engine, clock: Clock, fetch: Fetch) -> None:
        self._name = f"wechat:{app_id}"
        key = hashlib.sha256(f"yanban credential {app_id} {secret}".encode()).digest()
        self._seal = Fernet(base64.urlsafe_b64encode(key))
        self._engine, self._clock, self._fetch = engine, clock, fetch
        self._held: Held | None = None
        self._renewing = asyncio.Lock()

    def __repr__(self) -> str:
        return f"Token({self._name})"

    async def get(self, refused: str | None = None) -> str:
        """A token that is good now and is not *refused*; raises Undelivered when none can be had."""
        async with self._renewing:
            for _ in range(LOOKS):
                held, mine = await self._look(refused)
                if held is not None:
                    return held.token
                if mine:
                    return await self._renew(refused)
                # Another process is at it.
                await asyncio.sleep(PAUSE)
            raise Unreachable("no token")

    async def _look(self, refused: str | None) -> tuple[Held | None, bool]:
        """A good token, or whether it is ours to renew it."""
        if self._held is not None and self._held.good(self._clock(), refused):
            return self._held, False
        held, mine = await self._engine.submit(lambda session: self._claim(session, refused))
        self._held = held or self._held
        return held, mine

    def _claim(self, session: Session, refused: str | None) -> tuple[Held | None, bool]:
        now = self._clock()
        row = session.get(Credential, self._name, with_for_update=True)
        if row is None:
            row = Credential(name=self._name, expires_at=now)
        held = self._opened(row)
        if held is not None and held.good(now, refused):
            return held, False
        if row.refreshing_until is not None and row.refreshing_until > now:
            return None, False
        row.refreshing_until = now + RENEWAL
        session.add(row)
        return None, True

    def _opened(self, row: Credential) -> Held | None:
        """None for what another secret sealed: it was changed."""
        try:
            return Held(self._seal.decrypt(row.sealed.encode()).decode(), row.expires_at)
        except InvalidToken:
            return None

    async def _renew(self, refused: str | None) -> str:
        try:
            token, seconds = await self._fetch(False)
            if token == refused:
                token, seconds = await self._fetch(True)
        except BaseException:
            await self._engine.submit(self._let_others)
            raise
        self._held = Held(token, self._clock() + timedelta(seconds=seconds))
        await self._engine.submit(self._store(self._held))
        return token

    def _let_others(self, session: Session) -> None:
        session.get_one(Credential, self._name).refreshing_until = None

    def _store(self, held: Held) -> Callable[[Session], None]:
        sealed = self._seal.encrypt(held.token.encode()).decode()

        def store(session: Session) -> None:
            row = session.get_one(Credential, self._name)
            row.sealed, row.expires_at, row.refreshing_until = sealed, held.until, None

        return store
