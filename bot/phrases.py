"""`python -m bot when`: phrases in, one JSON object a line out, in order and without waiting for the end."""

import io
import os
import sys
from collections.abc import Iterable, Iterator

from bot.clock import system_clock
from bot.ending import BAD_SETTING, fail
from bot.when import day, lines, moment, zone_named


def answer(phrases: list[str], now: str | None, zone: str, term_start: str | None) -> None:
    """Print what each phrase means; without *phrases*, read them from standard input, one a line."""
    try:
        where = zone_named(zone)
        at = moment(now, where) if now else system_clock().astimezone(where)
        begin = day(term_start) if term_start else None
    except ValueError as error:
        fail(str(error), BAD_SETTING)
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    try:
        for line in lines(_wanted(phrases or _typed()), at, where, begin):
            out.write(line + "\n")
            out.flush()
    except BrokenPipeError:
        # The reader has seen enough; Python must not complain about it when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        out.detach()


def _wanted(phrases: Iterable[str]) -> Iterator[str]:
    return (phrase for phrase in phrases if phrase.strip())


def _typed() -> Iterator[str]:
    typed = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    return (line.rstrip("\n") for line in typed)
