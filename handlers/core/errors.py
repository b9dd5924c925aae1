"""What a handler raises when the person should be told something."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from config.texts import Text
from handlers.core.answer import Answer

if TYPE_CHECKING:
    from handlers.core.context import Context


class UserError(Exception):
    """Whatever the handler changed is undone; *answer* tells the person why and what they can do.

    *then* is called with a fresh context after the undoing, for what must be kept all the same.
    """

    def __init__(self, answer: Text | Answer, then: "Callable[[Context], None] | None" = None) -> None:
        super().__init__()
        self.answer = answer if isinstance(answer, Answer) else Answer(answer)
        self.then = then
