"""Keeping, showing, widening and taking back what a person wrote for themselves."""

from config.texts import Text, clean, lines, plain, say
from handlers.core.answer import Answer, Audience, Button
from handlers.core.asking import labels, wording
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.parts import read_parts
from storage.models.community import Person
from storage.models.prompt import Prompt
from storage.models.reflection import Reflection, Visibility
from storage.queries import reflection as notes
from storage.queries.community import chats_of, membership

# What does not fit into one message would leave a part in the group when it is taken back.
LONGEST_SHOWN = 1800
LONGEST_NUMBER = 15


def own(ctx: Context, ref: str) -> Reflection:
    """The person's own reflection of that id; raises UserError for anything else."""
    found = notes.owned(ctx.session, row_number(ref), ctx.person_id)
    if found is None:
        raise UserError(say("core-button-old"))
    return found


def row_number(ref: str) -> int:
    """The number of a row in a deep link or button, 0 for anything else: links can be typed by anybody."""
    return int(ref) if ref.isascii() and ref.isdigit() and len(ref) <= LONGEST_NUMBER else 0


def piece(ctx: Context) -> dict[str, str]:
    """The message at hand as a piece of a reflection."""
    return {"key": f"{ctx.chat.id}:{ctx.message.message_id}", "words": clean(ctx.message.text).strip()}


def keep(ctx: Context, prompt: Prompt | None, first: dict[str, str]) -> Reflection:
    """A new reflection that only its writer can see, saved at once."""
    note = Reflection(
        community_id=prompt.community_id if prompt else ctx.community_id,
        person_id=ctx.person_id,
        prompt_id=prompt.id if prompt else None,
        question=wording(prompt, ctx.language) if prompt else "",
        written_at=ctx.now,
        changed_at=ctx.now,
    )
    ctx.session.add(note)
    rewrite(ctx, note, [first])
    ctx.session.flush()
    return note


def rewrite(ctx: Context, note: Reflection, pieces: list[dict[str, str]]) -> None:
    """Make *pieces* what the reflection says."""
    note.pieces = pieces
    prompt = ctx.session.get(Prompt, note.prompt_id) if note.prompt_id else None
    note.parts = read_parts(note.words, labels(prompt))
    note.changed_at = ctx.now


def to_group(ctx: Context, note: Reflection) -> list[Answer]:
    """The reflection with its writer's name, as one card in every chat of its community."""
    author = ctx.session.get_one(Person, note.person_id).name
    asked = say("reflect-group-question", question=note.question) if note.question else None
    words = note.words
    cut = say("reflect-group-cut") if len(words) > LONGEST_SHOWN else None
    text = lines(say("reflect-group", author=author, words=words[:LONGEST_SHOWN]), cut, asked)
    notes.unsend(ctx.session, [_name(note)])
    chats = chats_of(ctx.session, note.community_id)
    return [Answer(text, chat=chat.id, card=_name(note)) for chat in chats]


def from_group(ctx: Context, note: Reflection) -> list[Answer]:
    """Take the reflection's card back everywhere; what was not posted yet never will be."""
    notes.unsend(ctx.session, [_name(note)])
    notes.scrub(ctx.session, [_name(note)])
    chats = notes.posted_in(ctx.session, _name(note))
    stays = say("reflect-stays")
    return [Answer(say("reflect-withdrawn"), chat=chat, card=_name(note), instead=stays) for chat in chats]


def widen(ctx: Context, note: Reflection) -> list[Answer]:
    """Show the reflection to everybody in its community."""
    if note.visibility is Visibility.EVERYBODY:
        return []
    if membership(ctx.session, note.community_id, ctx.person_id) is None:
        raise UserError(say("reflect-not-member"))
    posts = to_group(ctx, note)
    if not posts:
        raise UserError(say("reflect-no-group"))
    note.visibility = Visibility.EVERYBODY
    return posts


def narrow(ctx: Context, note: Reflection) -> list[Answer]:
    """Only the writer can see the reflection from now on."""
    if note.visibility is Visibility.SELF:
        return []
    note.visibility = Visibility.SELF
    return from_group(ctx, note)


def forget(ctx: Context, note: Reflection) -> list[Answer]:
    """Erase the reflection and its words wherever they were sent from."""
    posts = from_group(ctx, note)
    names = notes.cards(note.id, note.person_id)
    notes.unsend(ctx.session, names)
    notes.scrub(ctx.session, names)
    ctx.session.delete(note)
    ctx.session.flush()
    return posts


def kept(ctx: Context, note: Reflection, key_: str = "reflect-kept") -> Answer:
    """What the writer is told after each message."""
    done = Button(say("reflect-done"), "reflect.done", str(note.id), only=note.person_id)
    return Answer(say(key_), [levels(note), [done]])


def opened(ctx: Context, note: Reflection, to: Audience = Audience.HERE) -> Answer:
    """The whole reflection, for its writer."""
    asked = say("reflect-asked", question=note.question) if note.question else None
    head = say("reflect-head", at=note.written_at, level=level(note))
    text = lines(head, asked, plain(note.words))
    return Answer(
        text, [levels(note), changes(note), [_list(note)]], to=to, card=f"note:{note.id}", afresh=True
    )


def level(note: Reflection) -> Text:
    """Who can see it, in a word or two."""
    return say(f"reflect-level-{note.visibility.value}")


def levels(note: Reflection) -> list[Button]:
    """The choices of who may see it."""
    return _buttons(note, ("reflect-only-me", "reflect.self"), ("reflect-everybody", "reflect.all"))


def changes(note: Reflection) -> list[Button]:
    """Change it, delete it."""
    return _buttons(note, ("reflect-change", "reflect.edit"), ("reflect-delete", "reflect.drop"))


def _list(note: Reflection) -> Button:
    return Button(say("reflect-mine"), "reflect.page", "0", only=note.person_id)


def _buttons(note: Reflection, *choices: tuple[str, str]) -> list[Button]:
    return [Button(say(text), action, str(note.id), only=note.person_id) for text, action in choices]


def _name(note: Reflection) -> str:
    return f"reflection:{key(note.id)}"
