"""One person, several accounts: linked by a private code and never by a name; parted again from /me."""

from datetime import timedelta

from sqlmodel import Session

from config.texts import Text, lines, say
from handlers.core import yearly
from handlers.core.answer import Answer, Button, Said
from handlers.core.card import card
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.persons import place
from handlers.core.router import Router
from handlers.core.seats import in_now, move_up
from storage.models.community import Account, Community, Person, Role
from storage.models.link import Code
from storage.queries import discussion as meetings
from storage.queries import link as codes
from storage.queries.community import membership, private_chats
from storage.queries.merge import merge, part

GOOD_FOR = timedelta(minutes=30)
router = Router()


@router.button("account.code", role=Role.ANYONE)
def code(ctx: Context, _arg: str) -> Said:
    """A code to be typed in the private chat of the other account."""
    _must_be_private(ctx)
    made = codes.one_time(ctx.session, "person", ctx.now, GOOD_FOR, person_id=ctx.person_id)
    return Answer(lines(say("account-code", code=made.word), say("account-secret")))


@router.button("account.join", role=Role.ANYONE)
def join(ctx: Context, word: str) -> Said:
    """It is the same person: the two become one, unless others may have read the code."""
    code = _code(ctx, word)
    owner = key(code.person_id)
    if owner == ctx.person_id:
        raise UserError(say("account-too-late"))
    if code.chat_id is None:
        return _one(ctx, code, kept=owner, gone=ctx.person_id)
    yes = Button(say("account-mine"), "account.mine", f"{code.word}.{ctx.person_id}", only=owner)
    asked = Answer(say("account-is-it-you", place=_here(ctx)), [[yes]], person=owner, chosen=True)
    return [Answer(say("account-asked")), asked]


@router.button("account.mine", role=Role.ANYONE)
def mine(ctx: Context, ref: str) -> Said:
    """The owner of a code others may have read says that it was them."""
    word, _, other = ref.partition(".")
    code = _code(ctx, word)
    if code.person_id != ctx.person_id or not other.isdecimal() or not ctx.session.get(Person, int(other)):
        raise UserError(say("core-button-old"))
    return _one(ctx, code, kept=ctx.person_id, gone=int(other))


@router.button("account.part", role=Role.ANYONE)
def ask_to_part(ctx: Context, ref: str) -> Said:
    """Whether it is meant."""
    account = _other(ctx, ref)
    sure = Button(say("account-part-yes"), "account.sure", ref, only=ctx.person_id)
    return Answer(say("account-part-sure", place=place(account)), [[sure]])


@router.button("account.sure", role=Role.ANYONE)
def parted(ctx: Context, ref: str) -> Said:
    """The account is somebody we have not met; everything stays with who is here."""
    account = _other(ctx, ref)
    said = say("account-parted", place=place(account))
    part(ctx.session, account, ctx.now)
    return Answer(said)


def _must_be_private(ctx: Context) -> None:
    if not ctx.chat.private:
        raise UserError(say("link-in-private"))


def _code(ctx: Context, word: str) -> Code:
    """The live code; raises UserError. By its word: the number of a row may come again."""
    _must_be_private(ctx)
    found = codes.live(ctx.session, word, ctx.now)
    if found is None or found.kind != "person":
        raise UserError(say("account-too-late"))
    return found


def _one(ctx: Context, code: Code, kept: int, gone: int) -> list[Answer]:
    """Both persons are one from now on, and every chat of theirs hears it."""
    if not codes.take(ctx.session, code):
        raise UserError(say("account-too-late"))
    new = lines(*(place(one) for one in codes.accounts_of(ctx.session, gone)[:1]))
    others = [one for who in (kept, gone) for one in private_chats(ctx.session, who) if one is not ctx.chat]
    answered = _answered_by_both(ctx, kept, gone)
    merge(ctx.session, kept, gone)
    _be(ctx, kept)
    ctx.me.chat_id = ctx.chat.id
    yearly.arm(ctx)
    told = [Answer(say("account-told", place=new), chat=chat.id, chosen=True) for chat in others]
    return [Answer(say("account-joined", name=ctx.me.name)), *told, *_cards(ctx, answered)]


def _here(ctx: Context) -> Text:
    return place(ctx.account) if ctx.account else say("account-one-more")


def _other(ctx: Context, ref: str) -> Account:
    """An account of the person that is not the one they are speaking from; raises UserError."""
    _must_be_private(ctx)
    account = ctx.session.get(Account, int(ref)) if ref.isdecimal() else None
    mine = ctx.account.id if ctx.account else None
    if account is None or account.person_id != ctx.person_id or account.id == mine:
        raise UserError(say("core-button-old"))
    return account


def _be(ctx: Context, person_id: int) -> None:
    ctx.person = ctx.session.get_one(Person, person_id)
    current = ctx.me.community_id
    ctx.community = ctx.session.get(Community, current) if current else None
    ctx.member = membership(ctx.session, current, person_id)


def _answered_by_both(ctx: Context, *people: int) -> list[meetings.Held]:
    """Meetings ahead where one name will take the place of two."""
    if ctx.community is None:
        return []
    ahead = meetings.between(ctx.session, ctx.community_id, ctx.now)
    return [held for held in ahead if set(people) <= _answering(ctx.session, held)]


def _answering(session: Session, held: meetings.Held) -> set[int]:
    return {row.person_id for row, _ in meetings.answers(session, key(held[0].id)) if row.answer}


def _cards(ctx: Context, answered: list[meetings.Held]) -> list[Answer]:
    """Where two seats became one, the next in line gets the other; the cards show it."""
    said: list[Answer] = []
    for meeting, about in answered:
        if ctx.community_id == meeting.community_id:
            said += [in_now(one, meeting, about) for one in move_up(ctx, meeting, about.seats)]
            said.append(card(ctx, meeting, about))
    return said
