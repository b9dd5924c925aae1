"""/share: a link, a file or a photo goes into the library, named after who gave it."""

from dataclasses import replace
from typing import Any

from config.texts import Text, lines, plain, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.message import freeze, thaw
from handlers.core.resources import show
from handlers.core.resources.gather import Find, gather
from handlers.core.resources.keep import Kept, Outcome, keep
from handlers.core.router import Router
from storage.models.community import Community, Role
from storage.models.resource import ResourceOffer
from storage.queries import resource as queries
from storage.queries.community import communities_of, membership
from storage.queries.delivery import card_named

LONGEST_ECHO = 40
router = Router()


@router.command("share", "分享", "收", role=Role.MEMBER, situation="share")
def share(ctx: Context, words: Rest) -> Said:
    """Keep what the message holds or replies to; ask for it when there is nothing."""
    found = gather(ctx.message, words)
    if not found:
        ctx.ask("share", words=words)
        wanted = say("share-what-of-it", words=words[:LONGEST_ECHO]) if words else say("share-what")
        return Answer(wanted, ask=True)
    return _chosen_or_kept(ctx, found, words)


@router.answer("share", role=Role.MEMBER)
def completed(ctx: Context, content: dict[str, Any]) -> Said:
    """The link or file that was still missing."""
    words = f"{content['words']}\n{ctx.message.text}".strip()
    found = gather(ctx.message, words)
    if not found:
        raise UserError(say("share-nothing-yet"))
    return _chosen_or_kept(ctx, found, words)


@router.listen(rank=50)
def sent(ctx: Context) -> Said:
    """A link or file sent to the bot in private is offered a place; in a group nothing is taken by itself."""
    if not ctx.chat.private or ctx.person is None or not gather(ctx.message, ""):
        return None
    mine = communities_of(ctx.session, ctx.person_id)
    return _offer(ctx, ctx.message.text, mine) if mine else None


@router.button("shareto")
def put(ctx: Context, arg: str) -> Said:
    """The community a thing goes to was chosen."""
    ref, _, community_id = arg.partition(".")
    offer = _taken_back(ctx, ref)
    member = membership(ctx.session, int(community_id), ctx.person_id)
    if member is None:
        raise UserError(say("core-button-old"))
    community = ctx.session.get_one(Community, member.community_id)
    there = replace(ctx, community=community, member=member)
    found = gather(thaw(offer.content["message"]), offer.content["words"])
    taken = Answer(say("share-taken", community=community.name), to=Audience.PRESSED)
    return [taken, *_keep(there, found)]


@router.button("shareno")
def put_nowhere(ctx: Context, ref: str) -> Said:
    """What was sent is not kept."""
    _taken_back(ctx, ref)
    return Answer(say("share-not-taken"), to=Audience.PRESSED)


@router.result("share")
def entitled(ctx: Context, found: dict[str, Any]) -> Said:
    """The title of the page, unless a person has given one meanwhile."""
    entry = queries.entry(ctx.session, found["resource"])
    if not found.get("title") or entry is None or entry.resource.titled:
        return None
    entry.resource.title = found["title"]
    queries.reindex(ctx.session, entry.id)
    if card_named(ctx.session, key(ctx.chat.id), _card(entry.id)) is None:
        return None
    return _card_answer(ctx, Kept(entry, Outcome.NEW), afresh=False)


def _chosen_or_kept(ctx: Context, found: list[Find], words: str) -> Said:
    """Who shares in private and is in several communities says which one it is for."""
    if ctx.chat.private and len(mine := communities_of(ctx.session, ctx.person_id)) > 1:
        return _offer(ctx, words, mine)
    return _keep(ctx, found)


def _offer(ctx: Context, words: str, communities: list[Community]) -> Answer:
    offer = ResourceOffer(
        person_id=ctx.person_id, content={"message": freeze(ctx.message), "words": words}, at=ctx.now
    )
    ctx.session.add(offer)
    ctx.session.flush()
    rows = [
        [Button(say("share-into", community=one.name), "shareto", f"{offer.id}.{one.id}")]
        for one in communities
    ]
    return Answer(say("share-offer"), [*rows, [Button(say("share-no"), "shareno", str(offer.id))]])


def _taken_back(ctx: Context, ref: str) -> ResourceOffer:
    """The offer, which is gone from now on; raises UserError when it was gone before."""
    offer = ctx.session.get(ResourceOffer, int(ref))
    if offer is None or offer.person_id != ctx.person_id:
        raise UserError(say("core-button-old"))
    ctx.session.delete(offer)
    ctx.session.flush()
    return offer


def _keep(ctx: Context, found: list[Find]) -> list[Answer]:
    kept = [keep(ctx, one, _sharers(ctx, one)) for one in found]
    for one in kept:
        resource = one.entry.resource
        if one.outcome is Outcome.NEW and resource.address and not resource.titled:
            ctx.later("title", "share", resource=one.entry.id, url=resource.address)
    return [_card_answer(ctx, kept[0]) if len(kept) == 1 else _list_answer(ctx, kept)]


def _sharers(ctx: Context, found: Find) -> dict[int, str]:
    """Who is named: the person, and who posted what they reply to, if that is a member."""
    me = {ctx.person_id: ctx.me.name}
    poster, myself = found.poster, ctx.message.sender
    if poster is None or poster.anonymous or (myself and poster.address == myself.address):
        return me
    known = queries.member_at(ctx.session, ctx.community_id, ctx.message.platform, poster.address)
    return {known[0]: known[1]} | me if known else me


def _card_answer(ctx: Context, kept: Kept, afresh: bool = True) -> Answer:
    entry = kept.entry
    name = _card(entry.id)
    text = lines(_head(ctx, kept), show.card(ctx, entry), *_doubts(kept))
    nameless = not (entry.resource.titled or entry.resource.name or entry.resource.address)
    if kept.outcome is Outcome.NEW and nameless:
        ctx.ask("rtitle", ref=str(entry.id))
        wish = say("share-photo-name" if entry.resource.kind == "photo" else "share-file-name")
        return Answer(lines(text, wish), card=name, afresh=afresh, ask=True)
    buttons = [show.edit_buttons(entry)]
    return Answer(text, buttons, card=name, afresh=afresh)


def _list_answer(ctx: Context, kept: list[Kept]) -> Answer:
    numbered = list(enumerate(kept, 1))
    doubts = {text.key: text for one in kept for text in _doubts(one)}
    merged = say("share-some-merged") if any(one.outcome is not Outcome.NEW for one in kept) else None
    shown = [show.line(ctx, number, one.entry) for number, one in numbered]
    buttons = [Button(plain(show.mark(number)), "ropen", str(one.entry.id)) for number, one in numbered]
    text = lines(say("share-saved-several", count=len(kept)), *shown, merged, *doubts.values())
    return Answer(text, [buttons[at : at + 5] for at in range(0, len(buttons), 5)])


def _head(ctx: Context, kept: Kept) -> Text:
    sharers = kept.entry.sharers
    week = show.week(ctx, kept.entry.resource)
    if kept.outcome is Outcome.MERGED:
        others = [name for person_id, name in sharers.items() if person_id != ctx.person_id]
        return say("share-merged", sharers=others, week=week, count=len(sharers))
    return say("share-again", week=week) if kept.outcome is Outcome.AGAIN else say("share-saved")


def _doubts(kept: Kept) -> list[Text]:
    return [say(f"share-unsure-{name}") for name in kept.unsure]


def _card(resource_id: int) -> str:
    return f"share:{resource_id}"
