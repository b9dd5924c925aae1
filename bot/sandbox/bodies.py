"""Reading a request as the Bot API does: query, form, multipart or JSON, values of the documented types."""

import json
import re
from typing import Any

from aiohttp import web

from bot.sandbox.spec import Upload, spec

Json = dict[str, Any]
BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


async def read(request: web.Request, method: str) -> tuple[Json, dict[str, web.FileField]]:
    """The parameters, typed, and the uploaded files by field name."""
    files: dict[str, web.FileField] = {}
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json() if request.can_read_body else {}
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = value
            else:
                given[name] = value
    return _with_files(typed(method, given), files), files


def typed(method: str, given: Json) -> Json:
    """The parameters of *method* as JSON values; the unreadable stays a string for the checker to name."""
    fields = spec()["methods"][method]
    return {name: _typed(fields.get(name, [["String"]])[0], value) for name, value in given.items()}


def _typed(kinds: list[str], value: Any) -> Any:
    if not isinstance(value, str) or kinds == ["String"] or "InputFile" in kinds:
        return value
    if kinds == ["Boolean"]:
        return BOOLEANS.get(value, value)
    if "String" in kinds and not re.fullmatch(r"-?\d+", value):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _with_files(params: Json, files: dict[str, web.FileField]) -> Json:
    attached = {
        name: Upload(value.removeprefix("attach://"))
        for name, value in params.items()
        if isinstance(value, str) and value.startswith("attach://")
    }
    named = set(attached.values())
    return params | attached | {name: Upload(name) for name in files if name not in named}
