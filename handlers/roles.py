"""/roles: who leads, and naming who does."""

import unicodedata

from config.texts import Text, lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.router import Router
from storage.models.community import Member, Person, Role
from storage.queries.community import account_at, leaders, members_of, membership

WORDS = {
    "负责人": Role.LEADER,
    "协调员": Role.LEADER,
    "leader": Role.LEADER,
    "副": Role.DEPUTY,
    "副负责人": Role.DEPUTY,
    "deputy": Role.DEPUTY,
    "成员": Role.MEMBER,
    "member": Role.MEMBER,
}
NAMEABLE = (Role.LEADER, Role.DEPUTY, Role.MEMBER)
PAGE = 8
router = Router()


@router.command("roles", "轮值", "角色", role=Role.MEMBER, situation="lead")
def roles(ctx: Context, words: Rest) -> Said:
    """Who leads; with a role, in reply to somebody's words: give it to them."""
    if not words:
        return _shown(ctx)
    wanted = unicodedata.normalize("NFKC", words).strip().casefold()
    role = WORDS.get(wanted)
    if role is None and any(word in WORDS for word in wanted.split()):
        raise UserError(say("roles-reply"))  # a name may be that of two people
    if role is None:
        raise UserError(say("roles-unknown", words=words[:40]))
    _must_lead(ctx)
    return _name(ctx, *_replied_to(ctx), role)


@router.button("roles", role=Role.LEADER)
def pressed(ctx: Context, arg: str) -> Said:
    """list:page, pick:member, or set:member:role."""
    step, _, rest = arg.partition(":")
    if step == "list":
        return _list(ctx, int(rest) if rest.isdecimal() else 0)
    number, _, role = rest.partition(":")
    member, person = _of_here(ctx, number)
    if step == "pick":
        return _choices(ctx, member, person)
    if step != "set" or role not in NAMEABLE:
        raise UserError(say("core-button-old"))
    said = _name(ctx, member, person, Role(role))
    return [Answer(_summary(ctx), _change(ctx), to=Audience.PRESSED), said]


def _shown(ctx: Context) -> Answer:
    return Answer(_summary(ctx), _change(ctx))


def _summary(ctx: Context) -> Text:
    named = [(member.role, person.name) for member, person in leaders(ctx.session, ctx.community_id)]
    lead, deputies = ([name for one, name in named if one is role] for role in (Role.LEADER, Role.DEPUTY))
    return lines(
        say("roles-leaders", names=lead) if lead else say("roles-no-leader"),
        say("roles-deputies", names=deputies) if deputies else None,
        say("roles-what"),
    )


def _change(ctx: Context) -> list[list[Button]]:
    return [[Button(say("roles-change"), "roles", "list:0")]] if ctx.role.rank >= Role.DEPUTY.rank else []


def _list(ctx: Context, page: int) -> Answer:
    everybody = members_of(ctx.session, ctx.community_id)
    shown = everybody[page * PAGE : (page + 1) * PAGE]
    buttons = [Button(_labelled(member, person), "roles", f"pick:{member.id}") for member, person in shown]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    before = [Button(say("roles-before"), "roles", f"list:{page - 1}")] if page else []
    after = (
        [Button(say("roles-after"), "roles", f"list:{page + 1}")]
        if len(everybody) > (page + 1) * PAGE
        else []
    )
    return Answer(say("roles-whom"), [*rows, [*before, *after]], to=Audience.PRESSED)


def _labelled(member: Member, person: Person) -> Text:
    return say("roles-one", name=person.name[:30], role=member.role.value)


def _choices(ctx: Context, member: Member, person: Person) -> Answer:
    buttons = [
        Button(say("roles-role", role=role.value), "roles", f"set:{member.id}:{role.value}")
        for role in NAMEABLE
        if role is not member.role and (ctx.role is Role.LEADER or Role.LEADER not in (role, member.role))
    ]
    text = say("roles-which", name=person.name, role=member.role.value)
    back = Button(say("roles-back"), "roles", "list:0")
    return Answer(text, [buttons, [back]], to=Audience.PRESSED)


def _must_lead(ctx: Context) -> None:
    if ctx.role.rank < Role.DEPUTY.rank:
        raise UserError(say("core-leaders-only"))


def _replied_to(ctx: Context) -> tuple[Member, Person]:
    quoted = ctx.message.reply_to
    if quoted is None or quoted.sender is None or quoted.sender.anonymous:
        raise UserError(say("roles-reply"))
    account = account_at(ctx.session, ctx.message.platform, quoted.sender.address)
    member = membership(ctx.session, ctx.community_id, account.person_id) if account else None
    if member is None:
        raise UserError(say("roles-not-joined", name=quoted.sender.name))
    return member, ctx.session.get_one(Person, member.person_id)


def _of_here(ctx: Context, number: str) -> tuple[Member, Person]:
    member = ctx.session.get(Member, int(number)) if number.isdecimal() else None
    if member is None or member.community_id != ctx.community_id:
        raise UserError(say("core-button-old"))
    return member, ctx.session.get_one(Person, member.person_id)


def _name(ctx: Context, member: Member, person: Person, role: Role) -> Text:
    """Give the role. Only a leader names leaders, and there is always one."""
    if Role.LEADER in (role, member.role) and ctx.role is not Role.LEADER:
        raise UserError(say("roles-leaders-name"))
    if member.role is Role.LEADER is not role and _lead_alone(ctx):
        raise UserError(say("roles-last"))
    if member.role is not role:
        member.role = role
        ctx.log("roles-log-named", person=key(person.id), role=role.value)
    return say("roles-named", name=person.name, role=role.value)


def _lead_alone(ctx: Context) -> bool:
    return [one.role for one, _ in leaders(ctx.session, ctx.community_id)].count(Role.LEADER) == 1
