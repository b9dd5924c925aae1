"""Every setting, from the environment (prefix YANBAN_) or a .env file."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org/bot"
SECRET_LENGTH = 32
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
ROBOTS, LOOPBACK = "qyapi.weixin.qq.com", ("127.0.0.1", "localhost", "::1")
SCHEMES = ("https", "http", "wss", "ws")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


# What is of no use alone.
_TOGETHER = (
    ("wecom_bot_id", "wecom_bot_secret"),
    ("wechat_app_id", "wechat_app_secret", "wechat_token", "wechat_aes_key"),
)


class SettingsError(Exception):
    """A setting is wrong or missing; the message is one line that names it."""


def _address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in SCHEMES or not address.hostname:
        raise ValueError(f"give a whole address, with {SCHEMES[0]}:// in front")
    return value.rstrip("/")


def _robots(value: str) -> str:
    address = urlsplit(value)
    if address.hostname in LOOPBACK or (address.scheme, address.netloc) == ("https", ROBOTS):
        return _address(value)
    raise ValueError(f"the key is only for https://{ROBOTS}")


def _database(value: str) -> str:
    if value and not value.startswith(DATABASES):
        raise ValueError(f"begin with {DATABASES[0]} or {DATABASES[1]}")
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError("the port is no number; in a password write %40 for @ and %3A for :") from None
    return value


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError(f"choose one of {', '.join(LEVELS)}")
    return value.upper()


Url = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """Where Yanban keeps things and how it reaches its platforms. Secrets never show in repr."""

    model_config = SettingsConfigDict(
        env_prefix="YANBAN_", env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("yanban"),
        description="Folder for the database, the button key and backups; only its owner can read it.",
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="",
        description="Where records are kept; empty means the file yanban.db in the data folder.",
    )
    button_key: SecretStr | None = Field(
        default=None,
        description="Key that signs buttons (32 characters or more); made in the data folder when not given.",
    )
    telegram_token: SecretStr | None = Field(default=None, description="The token @BotFather gave you.")
    telegram_token_file: Path | None = Field(
        default=None, description="A file that holds the token, instead of YANBAN_TELEGRAM_TOKEN."
    )
    telegram_base_url: Url = Field(
        default=TELEGRAM,
        description="Address of the Bot API, for a server of your own.",
    )
    telegram_base_file_url: Url = Field(
        default="https://api.telegram.org/file/bot", description="Address the Bot API serves files from."
    )
    telegram_webhook_url: str | None = Field(
        default=None,
        description="Public https address Telegram should call; empty: the bot asks for messages.",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="Secret of the webhook, 32 characters or more; needed with a webhook."
    )
    telegram_per_second: float = Field(default=25, gt=0, description="Messages a second over all chats.")
    telegram_per_chat_second: float = Field(default=1, gt=0, description="Messages a second in one chat.")
    telegram_per_group_minute: float = Field(default=18, gt=0, description="Messages a minute in one group.")
    wecom_bot_id: str | None = Field(
        default=None, description="The id of your WeCom AI bot (企业微信智能机器人), connected by WebSocket."
    )
    wecom_bot_secret: SecretStr | None = Field(
        default=None, description="The secret shown beside the WeCom bot's id."
    )
    wecom_url: Url = Field(
        default="wss://openws.work.weixin.qq.com", description="Address of WeCom's gateway for AI bots."
    )
    wecom_webhook_key: SecretStr | None = Field(
        default=None,
        description="The key of a WeCom group's push robot (消息推送), for a group that is only to be told.",
    )
    wecom_webhook_url: Annotated[str, AfterValidator(_robots)] = Field(
        default="https://qyapi.weixin.qq.com", description="Address of WeCom's interface for push robots."
    )
    wechat_app_id: str | None = Field(
        default=None, description="The AppID of your WeChat Official Account (公众号)."
    )
    wechat_app_secret: SecretStr | None = Field(
        default=None, description="The AppSecret of the Official Account."
    )
    wechat_token: SecretStr | None = Field(
        default=None, description="The Token you chose for the Official Account's server settings."
    )
    wechat_aes_key: SecretStr | None = Field(
        default=None, description="The EncodingAESKey of the server settings, 43 characters; use safe mode."
    )
    wechat_kind: Literal["personal", "subscription", "service"] = Field(
        default="personal",
        description="personal (or not verified), subscription or service (both verified): what it may do.",
    )
    wechat_template: str | None = Field(
        default=None,
        description="A template id of a service account, for reminders outside the 48 hours; "
        "its field for words is thing1, or the one you name: ID:FIELD.",
    )
    wechat_url: Url = Field(
        default="https://api.weixin.qq.com", description="Address of the Official Account interface."
    )
    fetch_titles: bool = Field(
        default=False,
        description="Ask shared links for their titles, and at night whether they are still there.",
    )
    http_host: str = Field(default="127.0.0.1", description="Where the webhook and /health listen.")
    http_port: int = Field(default=8080, ge=0, le=65535, description="Port of the webhook and /health.")
    log_level: Annotated[str, AfterValidator(_level)] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.telegram_token is None and self.telegram_token_file is not None:
            self.telegram_token = SecretStr(_read(self.telegram_token_file))
        self._check_webhook()
        if self.button_key is not None and len(_plain(self.button_key)) < SECRET_LENGTH:
            raise ValueError(f"YANBAN_BUTTON_KEY: give {SECRET_LENGTH} characters or more")
        for names in _TOGETHER:
            if 0 < sum(bool(getattr(self, name)) for name in names) < len(names):
                missing = next(name for name in names if not getattr(self, name))
                raise ValueError(f"YANBAN_{missing.upper()}: is needed too")
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'yanban.db'}"
        return self

    def _check_webhook(self) -> None:
        url = self.telegram_webhook_url
        if not url:
            return
        # A server of one's own may call any address.
        if self.telegram_base_url == TELEGRAM and not url.startswith("https://"):
            raise ValueError("YANBAN_TELEGRAM_WEBHOOK_URL: Telegram calls https:// addresses only")
        if len(_plain(self.telegram_webhook_secret)) < SECRET_LENGTH:
            raise ValueError(
                f"YANBAN_TELEGRAM_WEBHOOK_SECRET: give {SECRET_LENGTH} characters or more for a webhook"
            )

    @property
    def platforms(self) -> list[str]:
        """The platforms that are set up, as they are named in the database."""
        keys = {
            "telegram": self.telegram_token,
            "wecom": self.wecom_bot_id,
            "wecom_webhook": self.wecom_webhook_key,
            "wechat": self.wechat_app_id,
        }
        return [name for name, key in keys.items() if key]

    @property
    def secrets(self) -> list[str]:
        """Every secret that is set, so that it can be kept out of what is shown."""
        return [_plain(value) for _, value in self if isinstance(value, SecretStr)]


def load_settings(**overrides: object) -> Settings:
    """The settings as the environment has them; raises SettingsError with one line."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None
    except OSError as error:
        raise SettingsError(f"{error.filename}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(".env: save it as plain text in UTF-8") from None


def _one_line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    text = first["msg"].removeprefix("Value error, ")
    name = "_".join(str(part) for part in first["loc"]).upper()
    return f"YANBAN_{name}: {text}" if name else text


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"YANBAN_TELEGRAM_TOKEN_FILE: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError("YANBAN_TELEGRAM_TOKEN_FILE: this is no text file") from None


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
