"""The command line, as a person at a terminal uses it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.commands import opened, prepare
from bot.export import shared
from config.settings import Settings
from storage.models.community import Community
from tests.chat import MONDAY, TOKEN, Chat

ROOT = Path(__file__).parents[2]


def run(
    *words: str, given: str | None = None, folder: Path | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """`python -m bot …` with only these settings, outside any folder that holds a .env file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANBAN_")}
    named = {f"YANBAN_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=given,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=kept | named | {"PYTHONPATH": str(ROOT), "LC_ALL": "C"},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "settings", "line"),
    [
        (["run"], {}, "YANBAN_TELEGRAM_TOKEN"),
        (["run"], {"telegram_token": "my token"}, "YANBAN_TELEGRAM_TOKEN: this is no token"),
        (["run"], {"http_port": "many"}, "YANBAN_HTTP_PORT"),
        (["run"], {"log_level": "loud"}, "YANBAN_LOG_LEVEL"),
        (["migrate"], {"database_url": "mysql://there"}, "YANBAN_DATABASE_URL"),
        (["run"], {"telegram_webhook_url": "https://there"}, "YANBAN_TELEGRAM_WEBHOOK_SECRET"),
        (["run"], {"telegram_token_file": "/nowhere"}, "YANBAN_TELEGRAM_TOKEN_FILE"),
        (["check"], {"button_key": "short"}, "YANBAN_BUTTON_KEY"),
        (["when", "--now", "later", "周五"], {}, "later"),
        (["when", "--tz", "Nowhere", "周五"], {}, "Nowhere"),
        (["when", "--term-start", "soon", "周五"], {}, "soon"),
        (["when", "--color"], {}, "--color"),
        (["dance"], {}, "dance"),
        (["demo", "--port", "99999"], {}, "--port"),
        (["restore", "missing.db"], {}, "missing.db"),
        (["backup", "saved.db"], {}, "no database"),
    ],
)
def test_what_is_wrong_is_one_line(
    words: list[str], settings: dict[str, str], line: str, tmp_path: Path
) -> None:
    done = run(*words, folder=tmp_path, **{"data_dir": str(tmp_path / "data")} | settings)
    assert done.returncode == 2
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_phrases_are_read_in_order_and_blank_lines_skipped() -> None:
    typed = "周五下午三点 备课\n\n   \n随便聊聊\r\n周四 14:20 观课"
    done = run("when", "--now", "2026-11-23T10:00", given=typed)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["text"], one["start"]) for one in read] == [
        ("周五下午三点 备课", "2026-11-27T15:00"),
        ("随便聊聊", None),
        ("周四 14:20 观课", "2026-11-26T14:20"),
    ]
    assert done.returncode == 0


def test_each_phrase_is_answered_before_the_next_is_typed() -> None:
    words = [sys.executable, "-m", "bot", "when", "--now", "2026-11-23T10:00"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        for phrase, start in (
            ("周五 15:00 备课", "2026-11-27T15:00"),
            ("周四 15:00 观课", "2026-11-26T15:00"),
        ):
            reader.stdin.write(phrase + "\n")
            reader.stdin.flush()
            assert json.loads(reader.stdout.readline())["start"] == start
        reader.stdin.close()
        assert reader.wait(30) == 0


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("bot.phrases", {"telegram", "sqlmodel", "sqlalchemy", "aiohttp", "rich", "structlog"}),
        ("bot.cli", {"telegram", "sqlmodel", "aiohttp", "rich", "config", "handlers"}),
    ],
)
def test_a_command_loads_only_what_it_needs(module: str, unwanted: set[str]) -> None:
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    assert not unwanted & set(loaded.stdout.split())


def test_check_names_the_missing_token(tmp_path: Path) -> None:
    done = run(
        "check", folder=tmp_path, data_dir=str(tmp_path / "none"), telegram_base_url="http://127.0.0.1:1/bot"
    )
    assert done.returncode == 1
    assert "✗ no platform is set: YANBAN_TELEGRAM_TOKEN, " in done.stdout


async def test_check_of_a_running_bot(group: Chat, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.checkup import check

    await group.say("/help")
    group.app.settings.data_dir.chmod(0o700)
    code = await check(group.app.settings)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("✗")] == []
    assert "✓ Telegram: the token belongs to @yanban_bot" in lines
    assert "✓ privacy mode: on" in lines
    assert "✓ group “三年级数学教研组”: the bot may write" in lines
    assert code == 0
    assert not any(TOKEN in line for line in lines)


async def test_check_finds_a_bot_put_out_of_its_group(
    group: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.checkup import check

    group.group.bot = "kicked"
    assert await check(group.app.settings) == 1
    assert any(line.startswith("✗ group") for line in capsys.readouterr().out.splitlines())


async def test_an_export_holds_what_the_group_sees_and_nothing_private(group: Chat) -> None:
    await group.say("/share https://school.example/folding 折纸学具单 #分数", by="林老师")
    await group.say("/schedule 周五 16:00 分数教学研讨")
    await group.press("就这样")
    await group.press("参加", by="周老师")
    await group.tell("/reflect", by="何老师")
    await group.tell("这一句只给自己看", by="何老师")
    content = await group.app.engine.submit(lambda session: shared(session, session.get_one(Community, 1)))
    assert content["community"]["name"] == "三年级数学教研组"
    assert [one["name"] for one in content["community"]["members"]][:2] == ["王老师", "林老师"]
    assert [(one["title"], one["shared_by"]) for one in content["resource"]["resources"]] == [
        ("折纸学具单", ["林老师"])
    ]
    assert [(one["title"], one["coming"]) for one in content["discussion"]["meetings"]] == [
        ("分数教学研讨", ["周老师"])
    ]
    assert "只给自己看" not in json.dumps(content, ensure_ascii=False)
    assert "muted_until" not in json.dumps(content)


def test_an_export_is_written_for_its_owner_only(group_file: Path, tmp_path: Path) -> None:
    done = run("export", "out", folder=tmp_path, data_dir=str(group_file))
    assert (done.returncode, done.stderr) == (0, "")
    place = tmp_path / "out" / "1-三年级-数学-教研组"
    content = json.loads((place / "community.json").read_text(encoding="utf-8"))
    text = (place / "community.md").read_text(encoding="utf-8")
    assert content["community"]["name"] == "三年级 *数学* 教研组"
    assert text.startswith("# 三年级 \\*数学\\* 教研组\n")
    assert {file.stat().st_mode & 0o777 for file in place.iterdir()} == {0o600}


@pytest.fixture
def group_file(tmp_path: Path) -> Path:
    """A data folder with one community, whose name must not be taken for markup or a path."""
    folder = tmp_path / "data"
    settings = Settings(data_dir=folder, database_url="")
    prepare(settings)
    database = opened(settings)
    with Session(database) as session:
        session.add(Community(name="三年级 *数学* 教研组", created_at=MONDAY))
        session.commit()
    database.dispose()
    return folder


def test_an_export_without_a_community_says_so(tmp_path: Path) -> None:
    done = run("export", "out", folder=tmp_path, data_dir=str(tmp_path / "data"))
    assert done.returncode == 2
    assert "no community" in done.stderr.splitlines()[-1]
