"""/language: one's own in private; the group's is for its leaders to choose."""

import unicodedata

from config.texts import LANGUAGES, say
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.router import Router
from storage.models.community import Role

WORDS = {
    "中文": "zh-CN",
    "汉语": "zh-CN",
    "简体中文": "zh-CN",
    "chinese": "zh-CN",
    "zh": "zh-CN",
    "zh-cn": "zh-CN",
    "英文": "en",
    "英语": "en",
    "english": "en",
    "en": "en",
}
router = Router()


@router.command("language", "语言", situation="mine")
def language(ctx: Context, words: Rest) -> Said:
    """Choose by name or by button."""
    if ctx.person is None:
        raise UserError(say("core-anonymous"))
    if not words:
        return _offered(ctx)
    chosen = WORDS.get(unicodedata.normalize("NFKC", words).strip().casefold())
    if chosen is None:
        raise UserError(Answer(say("language-unknown", words=words[:40]), _buttons()))
    return _choose(ctx, chosen)


@router.button("language", role=Role.ANYONE)
def pressed(ctx: Context, chosen: str) -> Said:
    """A language was chosen."""
    if chosen not in LANGUAGES:
        raise UserError(say("core-button-old"))
    return _choose(ctx, chosen)


@router.start("language")
def opened(ctx: Context, _ref: str) -> Said:
    """The private chat was opened to choose one's own language."""
    return _offered(ctx)


def _offered(ctx: Context) -> Answer:
    if not ctx.chat.private and ctx.role.rank < Role.DEPUTY.rank:
        raise UserError(_for_leaders(ctx))
    which = "language-mine" if ctx.chat.private else "language-group"
    return Answer(say(which, language=ctx.language), _buttons())


def _choose(ctx: Context, chosen: str) -> Said:
    if ctx.chat.private:
        ctx.me.language = chosen
        return say("language-set-mine", language=chosen)
    if ctx.role.rank < Role.DEPUTY.rank:
        raise UserError(_for_leaders(ctx))
    if ctx.chat.language != chosen:
        ctx.chat.language = chosen
        ctx.log("language-log-group", language=chosen)
    return say("language-set-group", language=chosen)


def _for_leaders(ctx: Context) -> Answer:
    key = "language-leaders" if ctx.community else "language-set-up"
    return Answer(say(key), [[Button(say("language-own"), start="language")]])


def _buttons() -> list[list[Button]]:
    return [[Button(say("language-name", language=one), "language", one) for one in LANGUAGES]]
