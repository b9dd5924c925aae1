"""The Bot API methods, one function each: the world and the parameters in, the result out."""

from bot.sandbox.methods import chats, commands, editing, inline, messages
from bot.sandbox.methods.places import METHODS

__all__ = ["METHODS", "chats", "commands", "editing", "inline", "messages"]
