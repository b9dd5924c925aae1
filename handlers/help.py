"""/help and /menu: what can I do here, by situation and not by alphabet."""

from collections.abc import Iterator
from operator import not_

from config.texts import Text, lines, plain, say
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.journey import find
from handlers.core.router import Command, Router
from storage.models.community import Role

SITUATIONS = ("start", "share", "meet", "reflect", "lead", "mine")
NODS = {
    "好",
    "好的",
    "好滴",
    "收到",
    "嗯",
    "嗯嗯",
    "知道了",
    "明白",
    "明白了",
    "行",
    "ok",
    "okay",
    "got it",
    "👍",
    "👌",
}
THANKS = {"谢谢", "谢谢你", "谢谢啦", "多谢", "感谢", "辛苦了", "thanks", "thank you", "thx", "🙏"}
router = Router()


@router.command("help", "帮助", "菜单", "menu", "怎么用", certain=not_)
def help_(ctx: Context, about: Rest) -> Said:
    """Every situation with its commands, or how to use one command."""
    if about:
        return _one(ctx, about)
    return Answer(say("help-situations", list=_overview(ctx)), _buttons(ctx))


@router.button("help", role=Role.ANYONE)
def situation(ctx: Context, name: str) -> Said:
    """The commands of one situation, each with a line."""
    shown = [say("help-line", command=one.name, what=_menu(one)) for one in _allowed(ctx, name)]
    if not shown:
        raise UserError(say("core-button-old"))
    return Answer(lines(say(f"help-{name}"), *shown))


@router.listen(rank=100)
def lost(ctx: Context) -> Said:
    """Words nothing else understood, said to the bot; a nod needs no answer, thanks a short one."""
    words = ctx.message.text.strip(" 。.!！~～").casefold()
    if words in NODS:
        return None
    if words in THANKS:
        return say("help-welcome") if ctx.chat.private else None
    if ctx.message.text or ctx.message.attachment:
        return Answer(say("help-lost"), _buttons(ctx))
    return None


def _one(ctx: Context, about: str) -> Text:
    command, _ = find(_everything(ctx), about)
    if command is None:
        raise UserError(say("help-no-such", name=about[:40]))
    return say(f"{command.feature}-help-{command.name}")


def _overview(ctx: Context) -> Text:
    return lines(*(_line(name, list(_allowed(ctx, name))) for name in SITUATIONS))


def _line(name: str, commands: list[Command]) -> Text | None:
    if not commands:
        return None
    return say(
        "help-situation",
        name=say(f"help-{name}"),
        commands=plain("  ".join(f"/{one.name}" for one in commands)),
    )


def _buttons(ctx: Context) -> list[list[Button]]:
    shown = [name for name in SITUATIONS if any(_allowed(ctx, name))]
    buttons = [Button(say(f"help-{name}"), "help", name) for name in shown]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _allowed(ctx: Context, name: str) -> Iterator[Command]:
    rank = max(ctx.role.rank, Role.MEMBER.rank)
    # A deputy may do all a leader may, but for naming leaders.
    rank = Role.LEADER.rank if rank == Role.DEPUTY.rank else rank
    return (
        one for one in _everything(ctx).commands.values() if one.situation == name and one.role.rank <= rank
    )


def _menu(command: Command) -> Text:
    return say(f"{command.feature}-menu-{command.name}")


def _everything(ctx: Context) -> Router:
    found = ctx.router
    if found is None:
        raise LookupError("no router in this context")
    return found
