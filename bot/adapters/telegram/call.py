"""Bot API methods by name with plain values, for what is sent all the time.

python-telegram-bot turns every call and every answer into its classes, which costs more than sending does;
its errors stay.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from telegram import Bot
from telegram.request import BaseRequest, RequestData


@dataclass(frozen=True, slots=True)
class Plain:
    """What a request asks of its parameters, for values that are JSON already."""

    values: Mapping[str, Any]
    contains_files: bool = False
    multipart_data: None = None

    @property
    def json_payload(self) -> bytes:
        return json.dumps(self.values).encode()


@dataclass(frozen=True, slots=True)
class Api:
    """The account's Bot API: `bot` for everything, `call` for the few methods used most."""

    bot: Bot = field(repr=False)
    request: BaseRequest
    address: str = field(repr=False)

    async def call(self, method: str, **values: Any) -> Any:
        """The result of *method*; values that are None are left out. Raises TelegramError."""
        given = Plain({name: value for name, value in values.items() if value is not None})
        return await self.request.post(f"{self.address}/{method}", cast(RequestData, given))
