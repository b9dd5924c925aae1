"""Log lines: one per event, without anything private, with every secret blotted out."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any

import structlog

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
# In addresses, in JSON and in what Python shows of its own values: name=… and "name": "…".
NAMED = re.compile(
    r"""([?&]key=|(?:access_?token|secret|aes_?key)(?:=|["']\s*:)\s*["']?)[^\s"'&<>,;)}\]]+""", re.IGNORECASE
)
BLOT = "[token]"
SHORTEST = 8  # what is shorter may be part of any word
NOISY = ("alembic", "httpx", "httpcore", "aiohttp.access", "apscheduler", "telegram")


_known: set[str] = set()


def redact(words: str) -> str:
    """*words* with the secrets we were told of, and whatever looks like one, blotted out."""
    for secret in _known:
        words = words.replace(secret, BLOT)
    return NAMED.sub(rf"\1{BLOT}", TOKEN.sub(BLOT, words))


def place_of(error: BaseException) -> str:
    """Where in our own code *error* came from, as file:line; never its words, which may be private."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"


class _Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


def set_up(level: str, secrets: Iterable[str] = ()) -> None:
    """Send all logging to standard error through the redacting filter, which knows these *secrets*."""
    _known.clear()
    _known.update(secret for secret in secrets if len(secret) >= SHORTEST)
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Redact())
    logging.basicConfig(level=level.upper(), handlers=[handler], format="%(message)s", force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR if name == "apscheduler" else logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _blot,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _blot(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        key: value if value is None or isinstance(value, int | float) else redact(str(value))
        for key, value in event.items()
    }
