"""Settings: defaults that work, and one line that names what is wrong."""

import os
from pathlib import Path

import pytest

from config.settings import Settings, SettingsError, load_settings

SECRET = "s" * 32


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No YANBAN_ variable and no .env file, whatever this machine has."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("YANBAN_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_records_go_into_the_data_folder() -> None:
    settings = load_settings()
    assert settings.database_url == f"sqlite:///{settings.data_dir / 'yanban.db'}"
    assert settings.telegram_token is None


def test_a_file_named_env_is_read_and_the_environment_goes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("YANBAN_HTTP_PORT=9001\nYANBAN_LOG_LEVEL=debug\n")
    monkeypatch.setenv("YANBAN_HTTP_PORT", "9002")
    settings = load_settings()
    assert (settings.http_port, settings.log_level) == (9002, "DEBUG")


def test_the_token_may_be_kept_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:from-a-file\n")
    monkeypatch.setenv("YANBAN_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    token = load_settings().telegram_token
    assert token is not None
    assert token.get_secret_value() == "123456:from-a-file"


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("HTTP_PORT", "70000", "YANBAN_HTTP_PORT: "),
        ("HTTP_PORT", "many", "YANBAN_HTTP_PORT: "),
        ("LOG_LEVEL", "loud", "YANBAN_LOG_LEVEL: choose one of DEBUG, INFO, WARNING, ERROR"),
        ("DATABASE_URL", "mysql://x", "YANBAN_DATABASE_URL: begin with sqlite:/// or postgresql://"),
        ("BUTTON_KEY", "short", "YANBAN_BUTTON_KEY: give 32 characters or more"),
        ("TELEGRAM_PER_SECOND", "0", "YANBAN_TELEGRAM_PER_SECOND: "),
        ("TELEGRAM_TOKEN_FILE", "/nowhere/token", "YANBAN_TELEGRAM_TOKEN_FILE: No such file"),
        (
            "TELEGRAM_WEBHOOK_URL",
            "http://x",
            "YANBAN_TELEGRAM_WEBHOOK_URL: Telegram calls https:// addresses only",
        ),
        ("TELEGRAM_WEBHOOK_URL", "https://x", "YANBAN_TELEGRAM_WEBHOOK_SECRET: give 32 characters"),
        ("TELEGRAM_BASE_URL", "api.telegram.org/bot", "YANBAN_TELEGRAM_BASE_URL: give a whole address"),
        ("DATABASE_URL", "postgresql://me:a:b@there:port/x", "YANBAN_DATABASE_URL: the port is no number"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(f"YANBAN_{name}", value)
    with pytest.raises(SettingsError) as wrong:
        load_settings()
    assert str(wrong.value).startswith(line)
    assert "\n" not in str(wrong.value)


def test_what_is_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:from-a-file\n")
    before = load_settings()
    for name in ("DATA_DIR", "HTTP_PORT", "TELEGRAM_TOKEN"):
        monkeypatch.setenv(f"YANBAN_{name}", "")
    monkeypatch.setenv("YANBAN_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    settings = load_settings()
    assert (settings.data_dir, settings.http_port) == (before.data_dir, before.http_port)
    assert settings.secrets == ["123456:from-a-file"]


@pytest.mark.parametrize(("name", "setting"), [(".env", None), ("token", "YANBAN_TELEGRAM_TOKEN_FILE")])
def test_a_file_that_is_no_text_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, setting: str | None
) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    if setting:
        monkeypatch.setenv(setting, name)
    with pytest.raises(SettingsError, match=f"^{setting or name}: "):
        load_settings()


def test_secrets_never_show(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "BUTTON_KEY"):
        monkeypatch.setenv(f"YANBAN_{name}", SECRET)
    settings = load_settings()
    assert SECRET not in repr(settings)
    assert SECRET not in settings.model_dump_json()


def test_a_secret_is_not_told_in_the_line_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANBAN_BUTTON_KEY", "too-short-key")
    with pytest.raises(SettingsError) as wrong:
        load_settings()
    assert "too-short-key" not in str(wrong.value)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
