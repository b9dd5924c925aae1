"""The words of a prompt, in the language of who reads it."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from config import prompts
from config.moments import Almanac
from config.texts import Speech, Text, lines, plain, rendered, say
from handlers.core.planning import OWN
from storage.models.prompt import Prompt, PromptPlan

COLON = {"zh-CN": "：", "en": ": "}


def wording(prompt: Prompt, language: str) -> str:
    """The question, as the community wrote it or as the bank has it in *language*."""
    return prompt.words or prompts.question(prompt.question, language).text


def steps(prompt: Prompt, language: str) -> Text | None:
    """A line for each step of the model; None for a model without steps."""
    return _steps(prompt.model, language)


def _steps(model: str, language: str) -> Text | None:
    found = prompts.model(model).steps.get(language, ())
    if not found:
        return None
    return plain("\n".join(_step(step, language) for step in found))


def _step(step: prompts.Step, language: str) -> str:
    return f"{step.label}{COLON[language]}{step.ask}"


def labels(prompt: Prompt | None) -> list[str]:
    """The labels of the model's steps in every language."""
    by_language = prompts.model(prompt.model).steps.values() if prompt else ()
    return [step.label for found in by_language for step in found]


def group_text(model: str, question: str, words: str, language: str, alone: bool = False) -> Text:
    """What the group is shown, or (*alone*) who follows in private.

    *words* only where the question is the community's own.
    """
    text = _group_text if words else _of_the_bank
    return text(model, question, words, language, alone)


def _group_text(model: str, question: str, words: str, language: str, alone: bool) -> Text:
    shown = words or prompts.question(question, language).text
    asked = say("prompt-asked", model=prompts.model(model).name[language], question=shown)
    return lines(asked, _steps(model, language), say("prompt-how-alone" if alone else "prompt-how"))


@cache
def _of_the_bank(model: str, question: str, words: str, language: str, alone: bool) -> Text:
    # Nobody's words are in it, and many communities are asked the same.
    return rendered(
        Speech(language, Almanac.blank()).html(_group_text(model, question, words, language, alone))
    )


def next_question(
    plan: PromptPlan, almanac: Almanac, week: int | None, own: int, before: Sequence[str]
) -> tuple[str, str]:
    """The question the plan of community *own* has next, and its words where they are the community's.

    Drawn without repeating what was asked *before* within the term.
    """
    if plan.model == OWN and plan.own:
        words = _next_own(plan.own, before)
        return _own_id(words), words
    seed = f"{own}:{almanac.term_start}"
    return prompts.draw(plan.model, before, seed, week, almanac.term_weeks), ""


def _next_own(questions: Sequence[str], before: Sequence[str]) -> str:
    """The first that was not asked yet, else the one asked longest ago."""
    last = {question_id: place for place, question_id in enumerate(before)}
    return min(questions, key=lambda words: last.get(_own_id(words), -1))


def _own_id(words: str) -> str:
    return f"own/{sha256(words.encode()).hexdigest()[:12]}"
