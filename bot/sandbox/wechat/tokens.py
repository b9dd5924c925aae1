"""The account's access tokens: one is current; an old one lives five minutes more; forcing is rationed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.wechat.account import Account

LASTS = 7200
OVERLAP = timedelta(minutes=5)
FORCED_A_DAY, FORCED_APART = 20, timedelta(seconds=30)
INVALID, EXPIRED, MISSING, WRONG_APP, WRONG_SECRET, TOO_OFTEN = 40001, 42001, 41001, 40013, 40125, 45009


@dataclass
class Tokens:
    """*issued*: until when each token is good; *requests*: how often one was asked for."""

    account: Account
    clock: Callable[[], datetime]
    current: str = field(default="", repr=False)
    issued: dict[str, datetime] = field(default_factory=dict, repr=False)
    forced: list[datetime] = field(default_factory=list)
    refused: set[str] = field(default_factory=set, repr=False)
    requests: int = 0

    def stable(self, body: dict[str, Any]) -> dict[str, Any]:
        """What stable_token answers."""
        self.requests += 1
        if body.get("appid") != self.account.app_id:
            return {"errcode": WRONG_APP, "errmsg": "invalid appid"}
        if body.get("secret") != self.account.secret:
            return {"errcode": WRONG_SECRET, "errmsg": "invalid appsecret"}
        if body.get("force_refresh") and not self._force():
            return {"errcode": TOO_OFTEN, "errmsg": "reach max api daily quota limit"}
        if self.issued.get(self.current, self.clock()) <= self.clock():
            self._issue()
        left = self.issued[self.current] - self.clock()
        return {"access_token": self.current, "expires_in": round(left.total_seconds())}

    def _force(self) -> bool:
        now = self.clock()
        self.forced = [one for one in self.forced if one > now - timedelta(days=1)]
        if len(self.forced) >= FORCED_A_DAY or any(one > now - FORCED_APART for one in self.forced):
            return False
        self.forced.append(now)
        if self.current in self.issued:
            self.issued[self.current] = min(self.issued[self.current], now + OVERLAP)
        self._issue()
        return True

    def _issue(self) -> None:
        self.current = f"sandbox-access-token-{len(self.issued) + 1:06d}"
        self.issued[self.current] = self.clock() + timedelta(seconds=LASTS)

    def check(self, token: str | None) -> int:
        """0 or the errcode for a call with *token*."""
        if not token:
            return MISSING
        if token not in self.issued or token in self.refused:
            return INVALID
        return 0 if self.issued[token] > self.clock() else EXPIRED

    def invalidate(self) -> None:
        """Somebody else got a token the old way: all of ours are refused from now on."""
        self.issued = dict.fromkeys(self.issued, self.clock())
        self.current = ""

    def refuse(self) -> None:
        """The interface refuses the current token, which stable_token goes on giving out."""
        self.refused.add(self.current)
