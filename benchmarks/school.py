"""A school district on paper: 500 groups of ten teachers each, and what they share."""

import json
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import Session

from bot.clock import system_clock
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Account, Chat, Community, Member, Person, Role

GROUPS, TEACHERS = 500, 10
TITLES = ("分数除法教学设计", "阅读课听课记录", "单元整体设计", "观课量表", "班会方案")
NAMES = "林周何孙吴郑冯陈蒋沈"


def found(path: Path) -> None:
    """A fresh database at *path* where every group is set up and all its teachers have joined."""
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    now, groups, people = system_clock(), range(1, GROUPS + 1), range(1, GROUPS * TEACHERS + 1)
    named = {"language": "zh-CN", "created_at": now}
    rows = {
        Community: [{"id": at, "name": f"教研组 {at}", "created_at": now} for at in groups],
        Chat: [_chat(at) for at in groups],
        Person: [{"id": at, "name": name(at), "community_id": group_of(at), **named} for at in people],
        Account: [_account(at) for at in people],
        Member: [
            {"community_id": group_of(at), "person_id": at, "role": Role.MEMBER, "joined_at": now}
            for at in people
        ],
    }
    with Session(database) as session:
        for model, some in rows.items():
            session.execute(insert(model), some)
        session.commit()
    database.dispose()


def group_of(teacher: int) -> int:
    return (teacher - 1) % GROUPS + 1


def name(teacher: int) -> str:
    return f"{NAMES[teacher % len(NAMES)]}老师"


def update(number: int) -> bytes:
    """Telegram's update *number*: a teacher shares a link in their group; the title holds a mark."""
    teacher = number * 7919 % (GROUPS * TEACHERS) + 1
    group = group_of(teacher)
    link = f"https://example.org/r/{number}"
    text = f"/share {link} {TITLES[number % len(TITLES)]} zq{number}qz"
    who = {"id": 10_000 + teacher, "first_name": name(teacher), "language_code": "zh-hans"}
    message = {
        "message_id": number,
        "date": 1790000000 + number // 100,
        "chat": {
            "id": _address(group),
            "type": "supergroup",
            "title": f"教研组 {group_of(teacher)}",
        },
        "from": who | {"is_bot": False},
        "text": text,
        "entities": [
            {"type": "bot_command", "offset": 0, "length": 6},
            {"type": "url", "offset": 7, "length": len(link)},
        ],
    }
    return json.dumps({"update_id": number, "message": message}, ensure_ascii=False).encode()


def _chat(group: int) -> dict[str, object]:
    return {
        "id": group, "platform": "telegram", "address": str(_address(group)), "private": False,
        "title": f"教研组 {group}", "community_id": group,
    }  # fmt: skip


def _account(teacher: int) -> dict[str, object]:
    address = str(10_000 + teacher)
    return {"platform": "telegram", "address": address, "name": name(teacher), "person_id": teacher}


def _address(group: int) -> int:
    return -1001000000000 - group
