"""Signed button data: short enough for 64 bytes, worthless in another chat or when changed."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

LIMIT = 64
SIGNATURE_BYTES = 10
KEY_FILE = "button.key"


class TooLong(ValueError):
    """A button would carry more than the platform allows."""


@dataclass(frozen=True)
class Signer:
    """Signs and reads button data with *key*; data is bound to the chat it was made for."""

    key: bytes

    def __repr__(self) -> str:
        return "Signer()"

    def sign(self, action: str, arg: str, only: int | str | None, chat_id: int) -> str:
        """`action|arg|person|signature`, at most 64 bytes; raises TooLong.

        *only*: the number of a person, or `of_account`.
        """
        body = f"{action}|{arg}|{only or ''}"
        data = f"{body}|{self._signature(body, chat_id)}"
        if len(data.encode()) > LIMIT:
            raise TooLong(f"button {action!r} needs {len(data.encode())} bytes")
        return data

    def read(self, data: str, chat_id: int) -> dict[str, str | int | None] | None:
        """What was signed for this chat, or None for anything else."""
        body, _, signature = data.rpartition("|")
        if not hmac.compare_digest(signature.encode(), self._signature(body, chat_id).encode()):
            return None
        action, arg, only = body.split("|")
        return {"action": action, "arg": arg, "only": int(only) if only.isdecimal() else only or None}

    def _signature(self, body: str, chat_id: int) -> str:
        made = hmac.digest(self.key, f"{chat_id}|{body}".encode("utf-8", "replace"), hashlib.sha256)
        return urlsafe_b64encode(made[:SIGNATURE_BYTES]).decode().rstrip("=")


def of_account(number: int) -> str:
    """Whom a button is for, by their account: it stays good when the account turns out to be somebody's."""
    return f"a{number}"


def account_in(only: object) -> int | None:
    """The account a button is for; None when it names a person, or nobody."""
    return int(only[1:]) if isinstance(only, str) and only[1:].isdecimal() else None


def key_in(folder: Path) -> bytes:
    """The key kept in *folder*, made at the first start, readable by its owner only."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return path.read_bytes().strip()
