"""The command menu: lists per scope and language."""

import json
from collections.abc import Iterator

from bot.sandbox.methods.places import Json, find_chat, method
from bot.sandbox.people import LEADING, Chat, Person
from bot.sandbox.world import World


@method("setMyCommands")
def set_my_commands(world: World, params: Json) -> bool:
    """Put a list under a scope and a language."""
    world.commands[_key(world, params)] = params["commands"]
    world.changed("commands", "all")
    return True


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Json) -> bool:
    """Take the list of that scope and language away."""
    world.commands.pop(_key(world, params), None)
    world.changed("commands", "all")
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Json) -> list[Json]:
    """The list of exactly that scope and language; empty if none was set."""
    return world.commands.get(_key(world, params), [])


def _key(world: World, params: Json) -> str:
    scope = dict(params.get("scope", {"type": "default"}))
    if "chat_id" in scope:
        scope["chat_id"] = find_chat(world, scope["chat_id"]).id
    return scope_key(scope, params.get("language_code", ""))


def scope_key(scope: Json, language: str) -> str:
    """One name for a scope and a language."""
    return json.dumps([scope, language], sort_keys=True)


def menu_for(world: World, person: Person, chat: Chat) -> list[Json]:
    """What a person is offered in a chat: the narrowest scope that has a list, their language before none."""
    for scope in _scopes(chat, person):
        for language in ((person.language_code or "").partition("-")[0], ""):
            if found := world.commands.get(scope_key(scope, language)):
                return found
    return []


def _scopes(chat: Chat, person: Person) -> Iterator[Json]:
    leads = chat.members.get(person.id) in LEADING
    if not chat.private:
        yield {"type": "chat_member", "chat_id": chat.id, "user_id": person.id}
    if leads:
        yield {"type": "chat_administrators", "chat_id": chat.id}
    yield {"type": "chat", "chat_id": chat.id}
    if leads:
        yield {"type": "all_chat_administrators"}
    yield {"type": "all_private_chats" if chat.private else "all_group_chats"}
    yield {"type": "default"}
