"""/prompt: when a community is asked to reflect, and by which model."""

from datetime import UTC, datetime, time

from config import prompts
from config.texts import Text, lines, plain, say
from handlers.core import planning
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.calendar import calendar_of
from handlers.core.context import Context
from handlers.core.digest import begin as begin_digest
from handlers.core.errors import UserError
from handlers.core.reach import posts_note
from handlers.core.router import Router
from handlers.core.when import read
from storage.models.community import Role
from storage.models.prompt import PromptPlan
from storage.queries import prompt as plans

DAYS, TIMES = range(5), ("1630", "1730")
MOST_OWN, LONGEST_OWN = 40, 300
LONGEST_SHOWN = 40
NONE = {"没有", "无", "不用", "none", "no"}
router = Router()


@router.command("prompt", "反思提示", role=Role.LEADER, situation="lead")
def prompt(ctx: Context, words: Rest = "") -> Said:
    """The one card on which everything about prompts is chosen; *words* may say day and time."""
    begin_digest(ctx)
    if words:
        moment = planning.read_moment(ctx, words)
        if moment is None:
            raise UserError(say("prompt-unread", words=words[:LONGEST_SHOWN]))
        return _card(ctx, _timed(ctx, *moment))
    return _card(ctx, plans.plan_of(ctx.session, ctx.community_id))


@router.button("prompt.begin", role=Role.LEADER)
def begin(ctx: Context, arg: str) -> Said:
    """The same card, offered by others."""
    return prompt(ctx)


@router.button("prompt.card", role=Role.LEADER)
def card(ctx: Context, arg: str) -> Said:
    """Back from the list of models."""
    return _pressed(ctx, plans.plan_of(ctx.session, ctx.community_id))


@router.button("prompt.day", role=Role.LEADER)
def day(ctx: Context, arg: str) -> Said:
    """Ask on this weekday."""
    return _pressed(ctx, _timed(ctx, int(arg), None))


@router.button("prompt.at", role=Role.LEADER)
def at(ctx: Context, arg: str) -> Said:
    """Ask at this time, or say another."""
    if arg == "other":
        ctx.ask("prompt.at")
        return Answer(say("prompt-ask-time"), ask=True)
    return _pressed(ctx, _timed(ctx, None, time(int(arg[:2]), int(arg[2:]))))


@router.answer("prompt.at", role=Role.LEADER)
def typed_time(ctx: Context, content: dict[str, str]) -> Said:
    """A wall time in the leader's words."""
    if moment := planning.read_moment(ctx, ctx.message.text):
        return _card(ctx, _timed(ctx, *moment))
    # Read as part of a whole phrase, so that every way of saying a time is known here too.
    reading = read(f"明天 {ctx.message.text} 反思", ctx.now, calendar_of(ctx.session, ctx.here))
    if reading.start is None:
        raise UserError(say("prompt-half" if reading.asks == "half" else "prompt-no-time"))
    return _card(ctx, _timed(ctx, None, reading.start.time()))


@router.button("prompt.models", role=Role.LEADER)
def models(ctx: Context, arg: str) -> Said:
    """All models with a line about each."""
    found = prompts.models()
    about = [
        say("prompt-model-line", name=one.name[ctx.language], about=one.about[ctx.language]) for one in found
    ]
    buttons = [[Button(plain(one.name[ctx.language]), "prompt.model", one.id)] for one in found]
    back = [Button(say("prompt-back"), "prompt.card")]
    return Answer(lines(say("prompt-models"), *about), [*buttons, back], to=Audience.PRESSED)


@router.button("prompt.model", role=Role.LEADER)
def model(ctx: Context, arg: str) -> Said:
    """Ask by this model."""
    if arg not in {one.id for one in prompts.models()}:
        raise UserError(say("core-button-old"))
    plan = plans.plan_of(ctx.session, ctx.community_id)
    if plan.model != arg:
        plan.model = arg
        ctx.log("prompt-log-model", model=prompts.model(arg).name[ctx.here.language])
    return _pressed(ctx, planning.arm(ctx, plan))


@router.button("prompt.own", role=Role.LEADER)
def own(ctx: Context, arg: str) -> Said:
    """Ask for the community's own questions."""
    ctx.ask("prompt.own")
    return Answer(say("prompt-ask-own"), ask=True)


@router.answer("prompt.own", role=Role.LEADER)
def typed_own(ctx: Context, content: dict[str, str]) -> Said:
    """One question a line; they take the place of those before."""
    questions = list(dict.fromkeys(line.strip() for line in ctx.message.text.splitlines() if line.strip()))
    if not questions or len(questions) > MOST_OWN or max(map(len, questions)) > LONGEST_OWN:
        raise UserError(say("prompt-own-limits", most=str(MOST_OWN), longest=str(LONGEST_OWN)))
    plan = plans.plan_of(ctx.session, ctx.community_id)
    plan.own, plan.model = questions, planning.OWN
    ctx.log("prompt-log-own", count=len(questions))
    return _card(ctx, planning.arm(ctx, plan))


@router.button("prompt.exams", role=Role.LEADER)
def exams(ctx: Context, arg: str) -> Said:
    """Ask which teaching weeks are exam weeks."""
    ctx.ask("prompt.exams")
    return Answer(say("prompt-ask-exams"), ask=True)


@router.answer("prompt.exams", role=Role.LEADER)
def typed_exams(ctx: Context, content: dict[str, str]) -> Said:
    """Teaching weeks in the leader's words, or none."""
    weeks = planning.read_weeks(ctx.message.text)
    if not weeks and ctx.message.text.strip().casefold() not in NONE:
        raise UserError(say("prompt-no-weeks"))
    plan = plans.plan_of(ctx.session, ctx.community_id)
    plan.exam_weeks = weeks
    ctx.log("prompt-log-exams", count=len(weeks), weeks=planning.joined(weeks))
    return _card(ctx, planning.arm(ctx, plan))


@router.button("prompt.pause", role=Role.LEADER)
def pause(ctx: Context, arg: str) -> Said:
    """Stop asking ("1") or go on ("0")."""
    plan = plans.plan_of(ctx.session, ctx.community_id)
    if plan.paused != (arg == "1"):
        plan.paused = arg == "1"
        ctx.log("prompt-log-paused" if plan.paused else "prompt-log-running")
    return _pressed(ctx, planning.arm(ctx, plan))


def _timed(ctx: Context, weekday: int | None, at: time | None) -> PromptPlan:
    plan = plans.plan_of(ctx.session, ctx.community_id)
    new = (plan.weekday if weekday is None else weekday % 7, plan.at if at is None else at)
    if new != (plan.weekday, plan.at):
        plan.weekday, plan.at = new
        ctx.log("prompt-log-time", weekday=plan.weekday, time=f"{plan.at:%H:%M}")
    return planning.arm(ctx, plan)


def _pressed(ctx: Context, plan: PromptPlan) -> Answer:
    shown = _card(ctx, plan)
    return Answer(shown.text, shown.buttons, to=Audience.PRESSED)


def _card(ctx: Context, plan: PromptPlan) -> Answer:
    chosen = prompts.model(plan.model)
    coming = None if plan.paused else planning.rhythm(ctx.session, ctx.here, plan).after(ctx.now)
    text = lines(
        say("prompt-card", weekday=plan.weekday, time=f"{plan.at:%H:%M}", model=chosen.name[ctx.language]),
        say("prompt-monthly") if chosen.cadence == "monthly" else None,
        say("prompt-own-count", count=str(len(plan.own)))
        if plan.own and plan.model == planning.OWN
        else None,
        say("prompt-exam-weeks", weeks=planning.joined(plan.exam_weeks)) if plan.exam_weeks else None,
        _coming(plan, coming),
        None if plan.paused else posts_note(ctx),
    )
    return Answer(text, _buttons(plan))


def _coming(plan: PromptPlan, coming: datetime | None) -> Text:
    if plan.paused:
        return say("prompt-paused")
    return say("prompt-next", at=coming.astimezone(UTC)) if coming else say("prompt-next-term")


def _buttons(plan: PromptPlan) -> list[list[Button]]:
    go = ("prompt-go", "0") if plan.paused else ("prompt-stop", "1")
    times = [Button(plain(f"{one[:2]}:{one[2:]}"), "prompt.at", one) for one in TIMES]
    return [
        [Button(say("prompt-day", weekday=one), "prompt.day", str(one)) for one in DAYS],
        [*times, Button(say("prompt-other-time"), "prompt.at", "other")],
        [Button(say("prompt-change-model"), "prompt.models"), Button(say("prompt-own"), "prompt.own")],
        [Button(say("prompt-exams"), "prompt.exams"), Button(say(go[0]), "prompt.pause", go[1])],
    ]
