"""What the page shows: the world as one person in it sees it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox.guests import Human, hue, humans
from bot.sandbox.methods.commands import menu_for
from bot.sandbox.people import LEADING, Chat, Person, Post

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

Json = dict[str, Any]
MOST_MESSAGES = 300
MOST_PRESSES = 20
SERVICE: dict[str, Callable[[Any], Json]] = {
    "new_chat_members": lambda value: {"kind": "joined", "names": [user["first_name"] for user in value]},
    "left_chat_member": lambda value: {"kind": "left", "names": [value["first_name"]]},
    "pinned_message": lambda _: {"kind": "pinned", "names": []},
    "migrate_to_chat_id": lambda _: {"kind": "moved", "names": []},
    "migrate_from_chat_id": lambda _: {"kind": "moved", "names": []},
    "forum_topic_created": lambda value: {"kind": "topic", "names": [value["name"]]},
}


def state(sandbox: "Sandbox", human: Human) -> Json:
    """Everything the page needs for *human*."""
    world = sandbox.world
    return {
        "bot": {"id": world.bot.id, "name": world.bot.name, "username": world.bot.username},
        "me": human.id,
        "people": [_human(sandbox, one) for one in humans(sandbox)],
        "clock": clock(sandbox),
        "chats": [*_own_chats(sandbox, human), *_guests_chats(sandbox, human)],
        "answers": _answers(sandbox, human),
    }


def _own_chats(sandbox: "Sandbox", human: Human) -> list[Json]:
    if (person := human.person) is None:
        return []
    chats = [chat for chat in sandbox.world.chats.values() if visible(chat, person)]
    return [_chat(sandbox, chat, person) for chat in sorted(chats, key=lambda chat: chat.private)]


def _guests_chats(sandbox: "Sandbox", human: Human) -> list[Json]:
    return [chat for guest in sandbox.guests for chat in guest.chats(human.name)]


def visible(chat: Chat, person: Person) -> bool:
    """Whether a person has this chat in their list."""
    mine = (
        chat.id == person.id
        if chat.private
        else chat.members.get(person.id, "left") not in ("left", "kicked")
    )
    return mine and not chat.migrated_to


def clock(sandbox: "Sandbox") -> Json:
    """The sandbox's time, its zone, and what the buttons can do."""
    return {
        "now": sandbox.machine.now().isoformat(),
        "zone": sandbox.zone,
        "skipped": sandbox.skipped.total_seconds(),
        "due": sandbox.next_due is not None,
    }


def _human(sandbox: "Sandbox", human: Human) -> Json:
    person, group = human.person, sandbox.world.group
    elsewhere = (guest.platform for guest in sandbox.guests if human.name in guest.people())
    leads = person is not None and group.members.get(person.id) in LEADING
    username = person.username if person else None
    return {
        "id": human.id,
        "name": human.name,
        "leads": leads,
        "username": username,
        "hue": hue(human.id),
        "platform": None if person else next(elsewhere, None),
    }


def _chat(sandbox: "Sandbox", chat: Chat, person: Person) -> Json:
    world = sandbox.world
    present = [number for number, status in chat.members.items() if status not in ("left", "kicked")]
    pressed = {(query.chat, query.message) for query in world.queries.values()}
    messages = world.messages(chat)[-MOST_MESSAGES:]
    return {
        "id": chat.id,
        "platform": "telegram",
        "title": world.bot.name if chat.private else chat.title,
        "private": chat.private,
        "members": len(present),
        "bot": chat.bot in LEADING or chat.bot == "member",
        "sees_all": chat.private or not chat.privacy or chat.bot in LEADING,
        "started": chat.started,
        "commands": menu_for(world, person, chat),
        "messages": [
            _message(post, person) | {"pressed": (chat.id, post.id) in pressed} for post in messages
        ],
    }


def _message(post: Post, person: Person) -> Json:
    return {
        "id": post.id,
        "from": {
            "id": post.author["id"],
            "name": post.sender,
            "bot": post.from_bot,
            "hue": hue(post.author["id"]),
        },
        "mine": post.author["id"] == person.id,
        "date": post.date,
        "edited": bool(post.edit_date) and bool(post.text) and not post.from_bot,
        "text": post.text,
        "entities": post.entities,
        "buttons": post.buttons,
        "file": _file(post.body),
        "reply_to": post.reply_to,
        "seen": post.seen,
        "force_reply": post.force_reply,
        "service": _service(post.body),
        "reactions": sorted(emoji for given in post.reactions.values() for emoji in given),
        "via": bool(post.body.get("via_bot")),
    }


def _file(body: Json) -> Json | None:
    if photo := body.get("photo"):
        return {"id": photo[-1]["file_id"], "name": "", "size": photo[-1]["file_size"], "image": True}
    if document := body.get("document"):
        name, size = document["file_name"], document["file_size"]
        return {"id": document["file_id"], "name": name, "size": size, "image": False}
    return None


def _service(body: Json) -> Json | None:
    return next((tell(body[key]) for key, tell in SERVICE.items() if key in body), None)


def _answers(sandbox: "Sandbox", human: Human) -> Json:
    queries = sandbox.world.queries.values()
    mine = [query for query in queries if query.person == human.id and query.answer]
    return {query.id: query.answer for query in mine[-MOST_PRESSES:]}
