"""How a command ends early: one clear line and an exit code."""

import sys
from typing import NoReturn

TROUBLE = 1
BAD_SETTING = 2
BAD_DATABASE = 3
REPLACED = 4


def say(words: str) -> None:
    """One line for the person at the terminal, at once."""
    print(words, flush=True)  # noqa: T201


def fail(words: str, code: int) -> NoReturn:
    """One clear line on standard error, then the end with *code*."""
    print(words, file=sys.stderr)  # noqa: T201
    raise SystemExit(code)
