"""Files to WeCom in pieces, and files from WeCom, which come encrypted and only for five minutes."""

import base64
import binascii
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, InvalidURL
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.adapters.base import Refused, Unreachable
from bot.adapters.wecom_aibot.frames import UPLOAD, Frame

PIECE = 512 * 1024
LARGEST_DOWNLOAD = 2**20
PATIENCE = ClientTimeout(total=20)
KEY_LENGTH, LONGEST_PADDING = 32, 32

Ask = Callable[[str, Frame], Awaitable[Frame]]


async def upload(ask: Ask, name: str, content: bytes) -> str:
    """The media_id of a new file. *ask* returns the body of an ack or raises Undelivered."""
    pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)]
    about = {"type": "file", "filename": name, "total_size": len(content), "total_chunks": len(pieces)}
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    begun = await ask(f"{UPLOAD}init", about | {"md5": digest})
    number = {"upload_id": str(begun.get("upload_id", ""))}
    for index, piece in enumerate(pieces):
        coded = base64.b64encode(piece).decode()
        await ask(f"{UPLOAD}chunk", number | {"chunk_index": index, "base64_data": coded})
    done = await ask(f"{UPLOAD}finish", number)
    return str(done.get("media_id", ""))


async def download(file: str) -> dict[str, Any]:
    """The bytes of *file* ("key address"): {"content": base64}, {"large": True}, or {"refused": True}.

    Raises Unreachable.
    """
    key, _, address = file.partition(" ")
    try:
        async with (
            ClientSession(timeout=PATIENCE) as session,
            session.get(address, allow_redirects=False) as response,
        ):
            sealed = await _body(response) if response.status == 200 else b""
        if len(sealed) > LARGEST_DOWNLOAD + LONGEST_PADDING:
            return {"large": True}
        content = opened(sealed, key)
    except (InvalidURL, Refused):
        return {"refused": True}
    except (ClientError, TimeoutError) as error:
        raise Unreachable(type(error).__name__) from None
    large = len(content) > LARGEST_DOWNLOAD
    return {"large": True} if large else {"content": base64.b64encode(content).decode()}


async def _body(response: ClientResponse) -> bytes:
    """What it holds, no more than is needed to see that it is too much."""
    got = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        got += piece
        if len(got) > LARGEST_DOWNLOAD + LONGEST_PADDING:
            break
    return bytes(got)


def opened(sealed: bytes, key: str) -> bytes:
    """What WeCom sealed with the message's own *key* (base64). Raises Refused when it does not fit."""
    try:
        secret = base64.b64decode(key + "=" * (-len(key) % 4))
        if len(secret) != KEY_LENGTH:
            raise Refused("the key has a wrong length")
        cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
        padded = cipher.update(sealed) + cipher.finalize()
    except (ValueError, binascii.Error):
        raise Refused("the file does not fit its key") from None
    padding = padded[-1] if padded else 0
    if not 1 <= padding <= LONGEST_PADDING or padded[-padding:] != bytes([padding]) * padding:
        raise Refused("the file does not fit its key")
    return padded[:-padding]
