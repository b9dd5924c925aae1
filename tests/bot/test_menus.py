"""The command menus Telegram shows."""

from tests.chat import Chat


def menus(chat: Chat) -> dict[tuple[str, str], list[str]]:
    """(scope, language) → names."""
    return {
        (request.params["scope"]["type"], request.params.get("language_code", "")): [
            command["command"] for command in request.params["commands"]
        ]
        for request in chat.sandbox.requests
        if request.method == "setMyCommands"
    }


async def test_leaders_see_their_commands_and_everybody_theirs(chat: Chat) -> None:
    await chat.app.menus
    shown = menus(chat)
    assert set(shown) == {
        (scope, language) for scope in ("default", "all_chat_administrators") for language in ("", "en")
    }
    everybody, leaders = shown["default", ""], shown["all_chat_administrators", ""]
    assert set(everybody) < set(leaders)
    assert "setup" in leaders
    assert "join" in everybody


async def test_the_menu_is_in_the_readers_language(chat: Chat) -> None:
    await chat.app.menus
    words = [
        {command["command"]: command["description"] for command in request.params["commands"]}["help"]
        for request in chat.sandbox.requests
        if request.method == "setMyCommands"
    ]
    assert words == ["我能帮你做什么", "我能帮你做什么", "What I can do for you", "What I can do for you"]
