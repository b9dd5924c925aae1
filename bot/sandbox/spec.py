"""The Bot API specification as a checker: what is wrong with a request or an update, in words."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

Json = dict[str, Any]

PLAIN: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}
BUTTON_KINDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MEASURES: dict[str, Callable[[Any], float]] = {
    "characters": len,
    "bytes": lambda value: len(value.encode()),
    "items": len,
    "number": float,
}


class Upload(str):
    """A file that came as a part of a multipart request; the string is its field name."""

    __slots__ = ()


@cache
def spec() -> Json:
    """The compact specification, read once per process; its source is named inside the file."""
    return cast(Json, json.loads(Path(__file__).with_name("api.json").read_text(encoding="utf-8")))


def method_named(name: str) -> str | None:
    """The method's name as documented; the Bot API reads names without regard to case."""
    return _lower_names().get(name.lower())


@cache
def _lower_names() -> dict[str, str]:
    return {name.lower(): name for name in spec()["methods"]}


def check_request(method: str, params: Json) -> list[str]:
    """Every violation in the parameters of one request, types already as in JSON."""
    return list(_fields(method, spec()["methods"][method], params))


def check_object(kind: str, value: object) -> list[str]:
    """Every violation in an object of the type *kind*, such as an Update; unknown fields count."""
    return list(_value(kind, [kind], value))


def _fields(path: str, fields: Json, given: Json) -> Iterator[str]:
    for name in given.keys() - fields.keys():
        yield f"{path}: unknown parameter {name}"
    for name, (kinds, required, *limits) in fields.items():
        if name in given:
            yield from _value(f"{path}.{name}", kinds, given[name])
            yield from _limits(f"{path}.{name}", limits[0] if limits else {}, given[name])
        elif required:
            yield f"{path}: {name} is missing"


def _value(path: str, kinds: list[str], value: object) -> list[str]:
    best: list[str] | None = None
    for kind in kinds:
        found = list(_one_kind(path, kind, value))
        if not found:
            return []
        best = found if best is None or len(found) < len(best) else best
    return best or []


def _one_kind(path: str, kind: str, value: object) -> Iterator[str]:
    if kind == "InputFile":
        if not isinstance(value, Upload):
            yield f"{path}: a file was expected"
    elif kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or (isinstance(value, bool) and kind != "Boolean"):
            yield f"{path}: {kind} expected, {type(value).__name__} given"
    elif kind.startswith("Array of "):
        yield from _array(path, kind.removeprefix("Array of "), value)
    elif subtypes := spec()["unions"].get(kind):
        yield from _value(path, _fitting(subtypes, value), value)
    elif not isinstance(value, dict):
        yield f"{path}: {kind} expected, {type(value).__name__} given"
    else:
        yield from _fields(path, spec()["types"][kind], value)
        yield from _one_of(path, kind, value)


def _array(path: str, kind: str, value: object) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: a list of {kind} expected, {type(value).__name__} given"
        return
    for index, item in enumerate(value):
        yield from _value(f"{path}[{index}]", [kind], item)


def _fitting(subtypes: list[str], value: object) -> list[str]:
    """Those subtypes whose fixed fields (type, status, source) are what the value says."""
    if not isinstance(value, dict):
        return subtypes
    return [name for name in subtypes if _constants_hold(name, value)] or subtypes


def _constants_hold(name: str, value: Json) -> bool:
    fields = spec()["types"].get(name, {})
    return all(
        value.get(field) == limits[0]["const"]
        for field, (_, _, *limits) in fields.items()
        if limits and "const" in limits[0]
    )


def _limits(path: str, limits: Json, value: Any) -> Iterator[str]:
    for unit, bound in limits.items():
        if unit == "const" and value != bound:
            yield f"{path}: must be {bound}"
        elif unit == "words" and value not in bound:
            yield f"{path}: must be one of {', '.join(bound)}"
        elif unit == "letters" and not re.fullmatch(bound, str(value)):
            yield f"{path}: only {bound} allowed"
        elif unit in MEASURES and not _within(unit, bound, value):
            yield f"{path}: {bound[0]} to {bound[1]} {unit} allowed"


def _within(unit: str, bound: list[int], value: Any) -> bool:
    try:
        return bool(bound[0] <= MEASURES[unit](value) <= bound[1])
    except (TypeError, AttributeError, ValueError):
        return True  # the wrong type has been reported already


def _one_of(path: str, kind: str, value: Json) -> Iterator[str]:
    if kind == "InlineKeyboardButton" and sum(name in value for name in BUTTON_KINDS) != 1:
        yield f"{path}: exactly one kind of button must be given"
