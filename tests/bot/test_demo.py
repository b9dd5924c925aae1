"""The demo: a little history really lived, kept over a restart, and a clock that skips nothing."""

import os
import re
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo import Demo
from bot.history import STEPS
from bot.sandbox.people import Post
from tests.chat import MONDAY

ROOT = Path(__file__).parents[2]


def talk(demo: Demo) -> list[str]:
    return [post.text for post in demo.sandbox.world.messages()]


def by_bot(demo: Demo) -> list[Post]:
    return [post for post in demo.sandbox.world.messages() if post.from_bot]


async def test_a_first_start_has_a_history_and_the_second_goes_on_from_it(tmp_path: Path) -> None:
    async with Demo(tmp_path / "demo", 0) as demo:
        first = talk(demo)
        said = [step.words for step in STEPS if not step.presses and step.where == "group"]
        assert [words for words in first if words in said] == said
        assert demo.sandbox.complaints == []
    async with Demo(tmp_path / "demo", 0) as demo:
        assert talk(demo)[: len(first)] == first
        assert [words for words in talk(demo) if words in said] == said


async def test_an_empty_start_has_people_and_no_words(tmp_path: Path) -> None:
    async with Demo(tmp_path / "demo", 0, history=False) as demo:
        assert talk(demo) == []
        assert len(demo.sandbox.world.people) == 5
    async with Demo(tmp_path / "demo", 0) as demo:
        assert talk(demo) == []


async def test_a_start_that_was_broken_off_begins_anew(tmp_path: Path) -> None:
    async with Demo(tmp_path / "demo", 0) as demo:
        first = len(talk(demo))
    (tmp_path / "demo" / "begun").unlink()
    async with Demo(tmp_path / "demo", 0) as demo:
        assert len(talk(demo)) == first


async def test_the_page_moves_the_clock_and_the_prompt_comes_on_the_way(tmp_path: Path) -> None:
    async with Demo(tmp_path / "demo", 0, now=lambda: MONDAY) as demo, aiohttp.ClientSession() as browser:
        before = len(by_bot(demo))
        for _ in range(10):
            await press_clock(browser, demo, "morning")
        new = [post.text for post in by_bot(demo)[before:]]
        assert any("本周反思题" in text for text in new)
        assert any("集体备课" in text for text in new)
        assert demo.sandbox.complaints == []
        moved = demo.sandbox.skipped
        assert moved > timedelta(days=9)
    async with Demo(tmp_path / "demo", 0) as demo:
        assert demo.sandbox.skipped == moved


async def press_clock(browser: aiohttp.ClientSession, demo: Demo, to: str) -> None:
    """Press a clock button of the page; the bot lives through the time meanwhile."""
    address = demo.sandbox.page_url
    headers = {"Origin": address.rstrip("/")}
    async with browser.post(f"{address}sandbox/clock", json={"to": to}, headers=headers) as answer:
        assert (await answer.json())["moved"]


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "bot", "demo", "--folder", str(folder), "--port", str(port), "--empty"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANBAN_")}
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env=kept
    )


def test_one_line_tells_the_address_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    with start(tmp_path / "demo", 0) as demo:
        assert demo.stdout is not None
        line = demo.stdout.readline()
        assert re.search(r"http://127\.0\.0\.1:\d+/ ", line)
        assert "only" in line
        demo.send_signal(signal.SIGINT)
        rest, errors = demo.communicate(timeout=20)
        assert (rest, errors, demo.returncode) == ("", "", 0)


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        start(tmp_path / "demo", taken.getsockname()[1]) as demo,
    ):
        rest, errors = demo.communicate(timeout=30)
    assert demo.returncode == 2
    assert rest == ""
    assert "--port 0" in errors
    assert len(errors.splitlines()) == 1


def test_a_folder_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with start(tmp_path / "file", 0) as demo:
        rest, errors = demo.communicate(timeout=30)
    assert (rest, demo.returncode) == ("", 2)
    assert "--folder" in errors
    assert len(errors.splitlines()) == 1


def test_a_second_demo_in_the_same_folder_is_told_so(tmp_path: Path) -> None:
    with start(tmp_path / "demo", 0) as first:
        assert first.stdout is not None
        first.stdout.readline()
        with start(tmp_path / "demo", 0) as second:
            rest, errors = second.communicate(timeout=30)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=20)
    assert (rest, second.returncode) == ("", 2)
    assert "running already" in errors
    assert len(errors.splitlines()) == 1


async def test_one_community_on_three_platforms_on_one_page(tmp_path: Path) -> None:
    async with Demo(tmp_path / "demo", 0, now=lambda: MONDAY) as demo, aiohttp.ClientSession() as browser:
        group = demo.sandbox.world.messages()
        card = next(post for post in reversed(group) if "集体备课" in post.text and post.buttons)
        assert "林老师、周老师、冯老师、吴老师" in card.text  # by a button, on a card, by a number

        east = await seen(browser, demo, "郑老师", "wecom")
        shown = next(one for one in reversed(east["messages"]) if "集体备课" in one["text"])
        button = next(one for row in shown["buttons"] for one in row if one["text"] == "参加")
        pressed = {"message": shown["id"], "data": button["callback_data"]}
        await do(browser, demo, "press", {"person": "郑老师", "chat": east["id"]} | pressed)
        assert "冯老师、吴老师、郑老师" in card.text
        east = await seen(browser, demo, "郑老师", "wecom")
        assert "冯老师、吴老师、郑老师" in east["messages"][-1]["text"]

        own = await seen(browser, demo, "吴老师", "wechat")
        await do(browser, demo, "say", {"person": "吴老师", "chat": own["id"], "text": "日程"})
        own = await seen(browser, demo, "吴老师", "wechat")
        assert "分数的初步认识 集体备课" in own["messages"][-1]["text"]
        assert demo.sandbox.complaints == []
        assert demo.neighbours.gateway.complaints == demo.neighbours.wechat.complaints == []


async def seen(browser: aiohttp.ClientSession, demo: Demo, name: str, platform: str) -> dict[str, Any]:
    """The first chat of somebody on a platform, as the page shows it."""
    async with browser.get(f"{demo.sandbox.page_url}sandbox/state", params={"person": name}) as answer:
        chats = (await answer.json())["chats"]
    return next(chat for chat in chats if chat["platform"] == platform)


async def do(browser: aiohttp.ClientSession, demo: Demo, deed: str, body: dict[str, Any]) -> None:
    """Something somebody does on the page; returns when the bot has done what follows from it."""
    headers = {"Origin": demo.sandbox.page_url.rstrip("/")}
    async with browser.post(f"{demo.sandbox.page_url}sandbox/{deed}", json=body, headers=headers) as answer:
        assert answer.status == 200
    await demo.neighbours.heard(demo.app)
    await demo.traveller.settle()
