"""One entry of the library: look at it, fetch it, change it, take it out."""

from typing import Any

from config.texts import lines, plain, say
from handlers.core.answer import Answer, Audience, Button, File, Said
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.journey import find
from handlers.core.resources import show
from handlers.core.resources.keep import change
from handlers.core.resources.labels import read_labels, without_links
from handlers.core.resources.question import wanted_in
from handlers.core.resources.reach import own, reach
from handlers.core.router import Router
from storage.models.community import Role
from storage.queries import resource as queries
from storage.queries.delivery import card_named
from storage.queries.resource import Entry

router = Router()
RETITLE, RETAG = "rtitle", "rtag"
COURTESIES = {"好", "好的", "收到", "嗯", "谢谢", "多谢", "ok", "thanks", "thank you", "👍", "🙏"}


@router.button("ropen")
def look(ctx: Context, arg: str) -> Said:
    """An entry chosen from a list; with the list to go back to, in its place."""
    ref, _, back = arg.partition("~")
    entry = reach(ctx, ref)
    if not back:
        return Answer(show.card(ctx, entry), show.buttons(ctx, entry), card=f"share:{ref}", afresh=True)
    to_list = [Button(say("resource-back"), "lib", back)]
    return Answer(show.card(ctx, entry), [*show.buttons(ctx, entry), to_list], to=Audience.PRESSED)


@router.button("rget")
def fetch(ctx: Context, ref: str) -> Said:
    """The file itself, sent again by the platform that has it."""
    entry = reach(ctx, ref)
    kept = entry.resource
    if not kept.file or kept.platform != ctx.message.platform:
        raise UserError(say("resource-elsewhere"))
    return Answer(plain(kept.title), file=File(kept.name or kept.title, file=kept.file, kind=kept.kind))


@router.button(RETITLE)
def ask_title(ctx: Context, ref: str) -> Said:
    """Ask for another title."""
    entry = own(ctx, ref)
    ctx.ask(RETITLE, ref=ref)
    return Answer(say("resource-ask-title", title=entry.resource.title), ask=True)


@router.answer(RETITLE, role=Role.MEMBER)
def retitle(ctx: Context, content: dict[str, Any]) -> Said:
    """The new title; labels in it count, further lines become the note."""
    entry = own(ctx, content["ref"])
    if ctx.message.text.strip(" 。.!！~～").casefold() in COURTESIES:
        ctx.ask(RETITLE, **content)
        return None
    labels = read_labels(without_links(ctx.message.text))
    if not labels.title:
        raise UserError(say("resource-no-title"))
    entry.resource.title, entry.resource.titled = labels.title, True
    entry.resource.note = labels.note or entry.resource.note
    change(ctx, entry.resource, labels)
    return _changed(ctx, entry)


@router.button(RETAG)
def ask_tags(ctx: Context, ref: str) -> Said:
    """Ask for tags, subject, grade and unit."""
    entry = own(ctx, ref)
    ctx.ask(RETAG, ref=ref)
    return Answer(say("resource-ask-tags", title=entry.resource.title), ask=True)


@router.answer(RETAG, role=Role.MEMBER)
def retag(ctx: Context, content: dict[str, Any]) -> Said:
    """Tags to put on and take off; plain words that name no subject, grade or unit are tags too."""
    entry = own(ctx, content["ref"])
    words = ctx.message.text
    if "#" not in words and "＃" not in words:
        labels = read_labels(words)
        named = bool(labels.subject or labels.grade or labels.unit is not None or labels.unsure)
        words = words if named else " ".join(f"#{word}" for word in words.replace("、", " ").split())
    labels = read_labels(words)
    if not (labels.tags or labels.dropped or labels.keywords or labels.unsure):
        raise UserError(say("resource-no-tags"))
    change(ctx, entry.resource, labels)
    doubts = [say(f"share-unsure-{name}") for name in labels.unsure]
    return [*_changed(ctx, entry), *doubts]


@router.reply("share")
def replied(ctx: Context, ref: str) -> Said:
    """A reply to an entry's post: an answer to what was asked, tags, or a command; talk is left alone."""
    asked = ctx.pending
    if asked is not None and asked.route in _ANSWERS and asked.content.get("ref") == ref:
        ctx.forget_question()
        return _ANSWERS[asked.route](ctx, {"ref": ref})
    if read_labels(ctx.message.text).tags:
        return retag(ctx, {"ref": ref})
    _pass_on(ctx)
    return None


@router.button("rdrop")
def ask_removal(ctx: Context, ref: str) -> Said:
    """Removing takes two steps."""
    entry = own(ctx, ref)
    others = [name for person_id, name in entry.sharers.items() if person_id != ctx.person_id]
    title = entry.resource.title
    words = say("resource-leave", title=title, others=others) if others else say("resource-drop", title=title)
    sure = [Button(say("resource-yes"), "rdropped", ref), Button(say("resource-no"), "rkeep", ref)]
    return Answer(words, [sure], to=Audience.PRESSED)


@router.button("rdropped")
def removed(ctx: Context, ref: str) -> Said:
    """One's own name is taken off; the entry goes when nobody else shared it."""
    entry = own(ctx, ref)
    stays = queries.withdraw(ctx.session, entry.resource, ctx.person_id)
    text = say("resource-left" if stays else "resource-dropped", title=entry.resource.title)
    return Answer(text, to=Audience.PRESSED)


@router.button("rkeep")
def kept(ctx: Context, ref: str) -> Said:
    """Not removed after all."""
    entry = reach(ctx, ref)
    return Answer(show.card(ctx, entry), show.buttons(ctx, entry), to=Audience.PRESSED)


@router.button("rhide", role=Role.LEADER)
def hide(ctx: Context, arg: str) -> Said:
    """A leader hides an entry from all but its sharers, or shows it again; the log tells everybody."""
    entry = reach(ctx, arg)
    resource = entry.resource
    if resource.community_id != ctx.community_id:
        raise UserError(say("core-button-old"))
    resource.hidden = not resource.hidden
    queries.reindex(ctx.session, entry.id)
    ctx.log("resource-log-hidden" if resource.hidden else "resource-log-shown", title=resource.title)
    return Answer(show.card(ctx, entry), show.buttons(ctx, entry), to=Audience.PRESSED)


def _changed(ctx: Context, entry: Entry) -> list[Answer]:
    """A short word, and the entry's post in this chat as it now is."""
    now = reach(ctx, str(entry.id))
    said = [Answer(say("resource-changed", title=now.resource.title))]
    name = f"share:{entry.id}"
    if card_named(ctx.session, key(ctx.chat.id), name) is not None:
        text = lines(say("share-saved"), show.card(ctx, now))
        said.append(Answer(text, [show.edit_buttons(now)], card=name))
    return said


def _pass_on(ctx: Context) -> None:
    """Commands and questions said below an entry's post are said to the bot."""
    words = ctx.message.text
    command = find(ctx.router, words)[0] if ctx.router else None
    if command is not None or wanted_in(words):
        ctx.notes["card"] = ""
        ctx.go_on = ctx.message


_ANSWERS = {RETITLE: retitle, RETAG: retag}
