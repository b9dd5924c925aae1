"""What the bot does with the links people share: ask a page for its title, and whether it is still there."""

from bot.links.fetch import Outcome, Title, alive, fetch_title
from bot.links.guard import Allowed, Refused, is_public, on_the_web

__all__ = ["Allowed", "Outcome", "Refused", "Title", "alive", "fetch_title", "is_public", "on_the_web"]
