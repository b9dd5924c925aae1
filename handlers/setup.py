"""/setup: a group becomes a community in a few taps; every step has a good default and may be skipped."""

from typing import Any

from sqlmodel import Session

from config.texts import Text, clean, lines, say
from handlers.core import digest
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.journey import has_slash
from handlers.core.naming import must_have_name
from handlers.core.router import Router
from handlers.core.steps import STEPS
from storage.models.community import Community, Member, Role
from storage.queries.community import leaders
from storage.queries.link import groups_of, join_code

LONGEST_NAME = 40
KEEP, OTHER, OPEN = "-", "?", "open"
router = Router()


@router.command("setup", "设置", "开始", situation="lead", anonymous=True)
def setup(ctx: Context, words: Rest) -> Said:
    """Begin, or go through the settings again; words name a group whose title cannot be seen.

    In private they found a community of that name that has no group.
    """
    if not ctx.chat.private:
        return _entitled(ctx, OPEN, "" if ctx.chat.title else clean(words)[:LONGEST_NAME])
    if words:
        if not has_slash(ctx.message.text):
            raise UserError(say("setup-found-sure", name=clean(words)[:LONGEST_NAME]))
        return _founded_in_private(ctx, " ".join(clean(words).split()))
    if not _is_at_home(ctx):
        raise UserError(say("setup-in-group"))
    return _go(ctx, OPEN, "", True)


@router.button("setup", role=Role.ANYONE)
def pressed(ctx: Context, arg: str) -> Said:
    """A step was chosen, skipped, or is to be typed."""
    step, _, value = arg.partition(":")
    if step != OPEN and step not in STEPS:
        raise UserError(say("core-button-old"))
    return _entitled(ctx, step, value)


@router.answer("setup")
def typed(ctx: Context, content: dict[str, Any]) -> Said:
    """A value in the person's own words; what is not understood keeps the question open."""
    step, words = str(content["step"]), ctx.message.text.strip()
    STEPS[step].read(ctx, words)
    # The talk has moved on below the card, so the next question comes as a new one.
    return _entitled(ctx, step, words, afresh=True)


@router.result("setup")
def checked(ctx: Context, found: dict[str, Any]) -> Said:
    """Whether who asked runs this chat on the platform."""
    # None: the platform cannot say; whoever comes first may begin, and then it is for those who lead.
    if found["admin"] is None and ctx.community is not None and _leads(ctx.session, ctx.community):
        raise UserError(say("core-leaders-only"))
    if found["admin"] is False:
        raise UserError(say("setup-admins-only"))
    return _go(ctx, found["step"], found["value"], found["afresh"])


def _entitled(ctx: Context, step: str, value: str, afresh: bool = False) -> Said:
    """Go on for a leader, or for an administrator of the chat once the platform says so."""
    if ctx.person is None:
        return _card(ctx, next(iter(STEPS)), say("setup-anonymous"), afresh=True)
    must_have_name(ctx)
    if ctx.role.rank >= Role.DEPUTY.rank:
        return _go(ctx, step, value, afresh)
    if ctx.chat.private:
        raise UserError(say("core-button-old"))
    user, place = ctx.message.sender, ctx.message.place
    if user is not None:
        wish = {"step": step, "value": value, "afresh": afresh, "thread": place.thread}
        ctx.later("rights", "setup", chat=place.address, user=user.address, **wish)
    return None


def _go(ctx: Context, step: str, value: str, afresh: bool) -> Said:
    if step == OPEN:
        return _opened(ctx, value)
    if value == OTHER:
        ctx.ask("setup", step=step)
        return Answer(say(f"setup-{step}-ask"), ask=True)
    _begin(ctx)
    if value != KEEP:
        STEPS[step].put(ctx, STEPS[step].read(ctx, value))
    names = [*STEPS, None]
    following = names[names.index(step) + 1]
    return _card(ctx, following, afresh=afresh) if following else _summary(ctx, afresh)


def _begin(ctx: Context) -> None:
    """The community exists from now on; who sets it up leads it unless somebody already does."""
    community = ctx.community or _founded(ctx)
    if _leads(ctx.session, community):
        return
    if ctx.member is None:
        ctx.member = Member(community_id=key(community.id), person_id=ctx.person_id, joined_at=ctx.now)
    ctx.member.role = Role.LEADER
    ctx.me.community_id = community.id
    ctx.session.add(ctx.member)
    ctx.log("setup-log-leader")


def _leads(session: Session, community: Community) -> bool:
    """Whether anybody leads the community."""
    return any(member.role is Role.LEADER for member, _ in leaders(session, key(community.id)))


def _opened(ctx: Context, name: str) -> Answer:
    """The first question; a name given with the command counts at once."""
    if name:
        _begin(ctx)
        ctx.here.name = name
        ctx.log("setup-log-name", name=name)
    unnamed = not ctx.chat.title and ctx.community is None
    note = say("setup-nameless", name=say("setup-unnamed")) if unnamed else None
    return _card(ctx, next(iter(STEPS)), note, afresh=True)


def _founded(ctx: Context) -> Community:
    community = _found(ctx, ctx.chat.title or ctx.speech.plain(say("setup-unnamed")))
    ctx.chat.community_id = community.id
    digest.begin(ctx)
    return community


def _found(ctx: Context, name: str) -> Community:
    community = Community(name=name, language=ctx.language, created_at=ctx.now)
    ctx.session.add(community)
    ctx.session.flush()
    ctx.community = community
    return community


def _founded_in_private(ctx: Context, name: str) -> Said:
    """A community without a group: its founder leads, and its posts come to this private chat."""
    if not 0 < len(name) <= LONGEST_NAME:
        raise UserError(say("setup-name-length", most=str(LONGEST_NAME)))
    must_have_name(ctx)
    community = _found(ctx, name)
    ctx.member = Member(
        community_id=key(community.id),
        person_id=ctx.person_id,
        role=Role.LEADER,
        chat_id=ctx.chat.id,
        joined_at=ctx.now,
    )
    ctx.session.add(ctx.member)
    ctx.me.community_id = community.id
    ctx.log("setup-log-leader")
    digest.begin(ctx)
    return _card(ctx, next(iter(STEPS)), say("setup-founded", community=name), afresh=True)


def _is_at_home(ctx: Context) -> bool:
    """Whether the person leads a community that has no group to be set up in."""
    leads = ctx.role.rank >= Role.DEPUTY.rank
    return leads and not groups_of(ctx.session, ctx.community_id)


def _card(ctx: Context, name: str, note: Text | None = None, afresh: bool = False) -> Answer:
    place = ctx.community or Community(name=ctx.chat.title, language=ctx.language, created_at=ctx.now)
    number = str(list(STEPS).index(name) + 1)
    title = say("setup-step", number=number, of=str(len(STEPS)), question=say(f"setup-{name}"))
    return Answer(
        lines(title, STEPS[name].now(ctx, place), note), _buttons(ctx, name), card="setup", afresh=afresh
    )


def _buttons(ctx: Context, name: str) -> list[list[Button]]:
    choices = [Button(text, "setup", f"{name}:{value}") for text, value in STEPS[name].choices(ctx)]
    rows = [choices[at : at + 3] for at in range(0, len(choices), 3)]
    other = [Button(say("setup-other"), "setup", f"{name}:{OTHER}")] if name != "language" else []
    return [*rows, [*other, Button(say("setup-skip"), "setup", f"{name}:{KEEP}")]]


def _summary(ctx: Context, afresh: bool) -> Answer:
    named = [
        person.name for member, person in leaders(ctx.session, ctx.community_id) if member.role is Role.LEADER
    ]
    text = lines(
        say("setup-done", community=ctx.here.name),
        *(step.now(ctx, ctx.here) for step in STEPS.values()),
        say("setup-leaders", names=named),
        say("setup-next-code", code=_code(ctx)) if ctx.chat.private else say("setup-next"),
    )
    prompt = [Button(say("setup-more-prompt"), "prompt.begin")] if _prompts(ctx) else []
    join = [] if ctx.chat.private else [Button(say("setup-join"), "join")]
    return Answer(text, [join, prompt], card="setup", afresh=afresh)


def _code(ctx: Context) -> str:
    return join_code(ctx.session, ctx.community_id, ctx.now).word


def _prompts(ctx: Context) -> bool:
    return ctx.router is not None and "prompt.begin" in ctx.router.buttons
