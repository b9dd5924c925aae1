"""The benchmarks run and find nothing lost; what they measure is not judged here."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import kills, schedules, share, wechat, wecom
from benchmarks.all import QUICK, alone, sharing
from benchmarks.bots import OURS, PEER

TINY = replace(QUICK, updates=12, seconds=0.3, storm=20, kills=1, chats=4, pending=200, few=20, due=20)
PEER_NEEDS = ("aiosqlite", "tornado", "greenlet")


async def test_every_share_becomes_one_row_and_one_reply(tmp_path: Path) -> None:
    found = await share.measure(OURS, TINY.updates, TINY.seconds, tmp_path)
    assert found["cpu_us"] > 0
    assert found["idle_mb"] > 0


@pytest.mark.skipif(
    not all(map(importlib.util.find_spec, PEER_NEEDS)), reason="benchmarks/requirements.txt is not installed"
)
async def test_so_it_does_with_the_peer(tmp_path: Path) -> None:
    found = await share.measure(PEER, TINY.updates, TINY.seconds, tmp_path)
    assert found["cpu_us"] > 0


def test_every_due_prompt_is_in_the_outbox_once(tmp_path: Path) -> None:
    found = schedules.run(TINY.pending, TINY.few, TINY.due, tmp_path)
    assert found["many"]["pending"] == TINY.pending
    assert found["due"]["due"] == TINY.due
    assert found["due"]["commands"] > 0


async def test_every_message_to_the_account_is_answered_in_its_response(tmp_path: Path) -> None:
    found = await wechat.measure(rate=20, seconds=1, malformed=40, folder=tmp_path)
    assert found["messages"] == 20
    assert found["refused"] > 20


def test_a_kill_loses_nothing() -> None:
    found = kills.storm(TINY.storm, TINY.kills, TINY.chats, seed=2)
    assert (found["lost"], found["unsent"], found["out_of_order"]) == (0, 0, 0)


def test_the_tables_have_a_row_for_every_figure() -> None:
    figures = dict.fromkeys(("updates_s", "cpu_us", "p50_ms", "p99_ms", "ready_s", "idle_mb"), 2.0)
    rows = sharing({OURS.name: figures, PEER.name: figures | {"updates_s": 1.0}})
    assert rows[2] == "| updates/s, 40 under way | 2 | 1 | 2.00 |"
    few = {"pending": 10.0, "start_ms": 1.0, "idle_ms": 1.0}
    due = {"due": 5.0, "per_s": 9.0, "longest_block_ms": 3.0, "command_p99_ms": 4.0}
    storm = {"updates": 6, "kills": 1, "lost": 0, "unsent": 0, "repeated": 1, "out_of_order": 0}
    assert "| … replies that came twice | 1 |" in alone({"few": few, "many": few, "due": due}, storm)


def test_wecom_breaks_lose_nothing_and_its_limits_are_kept(tmp_path: Path) -> None:
    found = wecom.run(rounds=1, breaks=5, groups=11, minutes=2, folder=tmp_path)
    assert (found["lost"], found["refused"]) == (0, 0)
    assert found["commands"] == found["answers"]
