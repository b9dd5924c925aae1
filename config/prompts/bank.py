"""Reads the models and their questions from the TOML files beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent
ORDER = (
    "do-learn-teach",
    "action-thought-value",
    "what-so-now",
    "three-two-one",
    "four-f",
    "gibbs-short",
    "own",
)
Words = Mapping[str, str]
"""The same words by language: zh-CN and en."""


@dataclass(frozen=True)
class Step:
    """One fixed part of a model: a label short enough to begin a line with, and what it asks."""

    label: str
    ask: str


@dataclass(frozen=True)
class Model:
    """A way of reflecting.

    *cadence* is a hint, weekly or monthly. *steps* holds the same number of steps in every language,
    and none for the model ``own``. *source* says whose idea it is; the wording is ours.
    """

    id: str
    cadence: str
    name: Words
    about: Words
    source: Words
    steps: Mapping[str, tuple[Step, ...]]


@dataclass(frozen=True)
class Question:
    """One prompt in one language. *when* is the part of term it suits: any, start, exams or end."""

    id: str
    model: str
    theme: str
    when: str
    text: str


def models() -> tuple[Model, ...]:
    """All models in the order they are offered, the default first."""
    return tuple(model(name) for name in ORDER)


@cache
def model(model_id: str) -> Model:
    """The model of that id. LookupError for an id that is not in the bank."""
    content = _read(model_id)
    words = {part: MappingProxyType(content[part]) for part in ("name", "about", "source")}
    return Model(model_id, content["cadence"], **words, steps=_steps(content))


@cache
def questions(model_id: str, language: str) -> tuple[Question, ...]:
    """Every question of a model in one language, in file order, which is the same in all languages.

    LookupError for a model or language that is not in the bank.
    """
    return tuple(
        Question(row["id"], model_id, row["theme"], row.get("when", "any"), row["text"][language])
        for row in _read(model_id)["question"]
    )


def question(question_id: str, language: str) -> Question:
    """One question by its id. LookupError when the bank has no such question."""
    for name in ORDER:
        for candidate in questions(name, language):
            if candidate.id == question_id:
                return candidate
    raise LookupError(f"no reflection question {question_id!r}")


@cache
def themes() -> Mapping[str, Words]:
    """What a question can be about: theme id to its name in each language."""
    return MappingProxyType(tomllib.loads((FOLDER / "themes.toml").read_text(encoding="utf-8")))


def _steps(content: dict[str, Any]) -> Mapping[str, tuple[Step, ...]]:
    steps = content.get("step", [])
    return MappingProxyType({lang: tuple(Step(**step[lang]) for step in steps) for lang in content["name"]})


@cache
def _read(model_id: str) -> dict[str, Any]:
    # Ids reach us from rows and buttons: only known ones may become a file name.
    if model_id not in ORDER:
        raise LookupError(f"no reflection model {model_id!r}")
    return tomllib.loads((FOLDER / f"{model_id}.toml").read_text(encoding="utf-8"))
