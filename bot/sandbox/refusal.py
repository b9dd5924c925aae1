"""The answer no: what the Bot API says when it will not."""

from typing import Any

Json = dict[str, Any]

NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
}


class Refusal(Exception):
    """A request refused with *code*; *fault_of_bot* marks what a correct bot would never send."""

    def __init__(self, code: int, words: str, fault_of_bot: bool = False, **parameters: int) -> None:
        self.code, self.parameters, self.fault_of_bot = code, parameters, fault_of_bot
        self.description = f"{NAMES[code]}: {words}" if words else NAMES[code]
        super().__init__(self.description)

    def body(self) -> Json:
        """The JSON answer."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})
