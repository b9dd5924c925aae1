"""Asking about chats and people, and leaving."""

from typing import Any

from bot.sandbox.methods.places import Json, find_chat, method, present_chat
from bot.sandbox.people import LEADING, MEMBER_RIGHTS, PRESENT
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World

ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
    "supports_guest_queries": False,
}
GIFTS = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"]


@method("getMe")
def get_me(world: World, _params: Json) -> Json:
    """The bot itself."""
    return world.bot.user() | ABILITIES


@method("getChat")
def get_chat(world: World, params: Json) -> Json:
    """A ChatFullInfo."""
    chat = find_chat(world, params["chat_id"])
    full = chat.shown() | {"accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(GIFTS, False)
    return full if chat.private else full | {"permissions": dict.fromkeys(MEMBER_RIGHTS[:-3], True)}


@method("getChatMember")
def get_chat_member(world: World, params: Json) -> Json:
    """A person's status in a chat."""
    chat = present_chat(world, params["chat_id"])
    everybody = world.people | {world.bot.id: world.bot}
    if params["user_id"] not in everybody:
        raise Refusal(400, "PARTICIPANT_ID_INVALID")
    return world.member_of(chat, everybody[params["user_id"]])


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Json) -> list[Json]:
    """Creator and administrators, other bots left out."""
    chat = present_chat(world, params["chat_id"])
    if chat.private:
        raise Refusal(400, "there are no administrators in the private chat")
    leaders = [world.people[number] for number, status in chat.members.items() if status in LEADING]
    return [
        world.member_of(chat, person) for person in leaders + ([world.bot] if chat.bot in LEADING else [])
    ]


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Json) -> int:
    """How many are in the chat, the bot included."""
    chat = present_chat(world, params["chat_id"])
    return sum(status in PRESENT for status in chat.members.values()) + 1


@method("leaveChat")
def leave_chat(world: World, params: Json) -> bool:
    """The bot goes."""
    chat = present_chat(world, params["chat_id"])
    if chat.private:
        raise Refusal(400, "chat member status can't be changed in private chats")
    world.leave_bot(chat)
    return True


def _accept(name: str, result: Any) -> None:
    @method(name)
    def accepted(_world: World, _params: Json) -> Any:
        return result


for _name in (
    "setMyName",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
    "logOut",
    "close",
):
    _accept(_name, True)
