"""Codes as people type them: read, looked up, and not to be guessed."""

import re
import unicodedata

from config.texts import say
from handlers.core.context import Context
from handlers.core.errors import UserError
from storage.models.link import Code
from storage.queries import link as codes

FILLING = re.compile(r"[\s\-_.·。、,，:：“”\"'「」]+")
CODE = re.compile(rf"[A-Z0-9]{{{codes.LENGTH}}}")


def read_code(words: str) -> str | None:
    """The code in *words*, however it was spaced and typed; None when they cannot be one."""
    typed = FILLING.sub("", unicodedata.normalize("NFKC", words)).upper()
    return typed if CODE.fullmatch(typed) else None


def is_code(words: str) -> bool:
    """Whether *words* can be a code."""
    return read_code(words) is not None


def is_bare_code(ctx: Context, words: str, kind: str) -> bool:
    """Whether *words* are nothing but a live code; what only looks like one counts as a guess."""
    word = read_code(words)
    # Six letters can be any word.
    if word is None or not any(map(str.isdigit, word)):
        return False
    if not codes.may_guess(ctx.session, ctx.person_id, ctx.now):
        return False
    found = codes.live(ctx.session, word, ctx.now)
    if found is None:
        _count(ctx)
    return found is not None and found.kind == kind


def find_code(ctx: Context, words: str, *kinds: str) -> Code:
    """The live code of one of *kinds* that the person typed; raises UserError, the same for every other."""
    if not codes.may_guess(ctx.session, ctx.person_id, ctx.now):
        raise UserError(say("link-wait"))
    word = read_code(words)
    found = codes.live(ctx.session, word, ctx.now) if word else None
    if found is None or found.kind not in kinds:
        raise UserError(say("link-unknown"), then=_count if word else None)
    return found


def _count(ctx: Context) -> None:
    codes.guessed(ctx.session, ctx.person_id, ctx.now)
