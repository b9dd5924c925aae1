"""Files to WeCom in pieces, and files from WeCom while they can be had."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.adapters.base import Refused, Unreachable
from bot.adapters.wecom_aibot import media
from bot.adapters.wecom_aibot.frames import Frame
from bot.sandbox.wecom.callbacks import new_key
from bot.sandbox.wecom.sealing import seal
from tests.wecom.chat import WecomChat


def address_of(chat: WecomChat) -> str:
    """The key and address of the file somebody sent last, as the adapter keeps them."""
    file = list(chat.world.files.values())[-1]
    until = chat.world.seconds() + 300
    return f"{file.key} {chat.world.media_root}/media/{file.id}?until={until}"


def test_what_is_sealed_is_opened_again() -> None:
    key = new_key()
    for content in (b"", b"x", b"x" * 31, b"x" * 32, b"x" * 1000):
        assert media.opened(seal(content, key), key) == content


def test_the_sealing_is_the_one_of_the_documentation() -> None:
    secret = bytes(range(32))
    padded = "课件".encode() + bytes([26]) * 26
    cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    sealed = cipher.update(padded) + cipher.finalize()
    key = base64.b64encode(secret).decode()
    assert media.opened(sealed, key) == "课件".encode()
    assert media.opened(sealed, key.rstrip("=")) == "课件".encode()
    assert seal("课件".encode(), key.rstrip("=")) == sealed


@pytest.mark.parametrize("key", ["", "abc", "===", "A" * 43, "钥匙", base64.b64encode(b"x" * 16).decode()])
def test_a_key_that_does_not_fit_is_refused(key: str) -> None:
    with pytest.raises(Refused):
        media.opened(seal(b"x", new_key()), key)


async def test_a_file_is_fetched_within_five_minutes_only(wecom: WecomChat) -> None:
    wecom.world.send_file("林老师", None, "校历.ics", b"BEGIN:VCALENDAR")
    await wecom.settle()
    file = address_of(wecom)
    got = await wecom.adapter.work("download", {"file": file})
    assert base64.b64decode(got["content"]) == b"BEGIN:VCALENDAR"
    wecom.clock.advance(timedelta(minutes=6))
    assert await wecom.adapter.work("download", {"file": file}) == {"refused": True}


async def test_a_large_file_is_not_taken(wecom: WecomChat) -> None:
    wecom.world.send_file("林老师", None, "视频.bin", b"x" * (2**20 + 1))
    assert await wecom.adapter.work("download", {"file": address_of(wecom)}) == {"large": True}
    wecom.world.send_file("林老师", None, "课件.bin", b"x" * 2**20)
    assert "content" in await wecom.adapter.work("download", {"file": address_of(wecom)})


async def test_an_address_that_leads_nowhere(wecom: WecomChat) -> None:
    assert await wecom.adapter.work("download", {"file": f"{new_key()} no address"}) == {"refused": True}
    with pytest.raises(Unreachable):
        await wecom.adapter.work("download", {"file": f"{new_key()} http://127.0.0.1:1/x"})
    with pytest.raises(KeyError):
        await wecom.adapter.work("menu", {})


async def test_a_school_calendar_is_read_from_a_file(staff: WecomChat) -> None:
    days = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260901T000000Z\r\n"
    )
    days += "DTSTART;VALUE=DATE:20261204\r\nSUMMARY:校运会 放假\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    file = staff.world.send_file("王老师", staff.group, "校历.ics", days)
    said = await staff.say("校历", reply_to=file)
    assert said


async def test_a_file_goes_out_in_pieces() -> None:
    asked: list[tuple[str, Frame]] = []

    async def ask(cmd: str, body: Frame) -> Frame:
        asked.append((cmd, body))
        return {"upload_id": "u", "media_id": "m"}

    content = bytes(range(256)) * 4 * 1024 + b"end"
    assert await media.upload(ask, "a.ics", content) == "m"
    pieces = [body for cmd, body in asked if cmd.endswith("chunk")]
    assert [one["chunk_index"] for one in pieces] == [0, 1, 2]
    assert b"".join(base64.b64decode(one["base64_data"]) for one in pieces) == content
    assert asked[0][1]["total_chunks"] == 3
