"""The words of a prompt, in the language of who reads it."""

from hashlib import sha256

from config import prompts
from config.texts import Text, lines, plain, say
from handlers.core.context import Context
from handlers.core.planning import OWN
from storage.models.prompt import Prompt, PromptPlan
from storage.queries.prompt import keep, used

COLON = {"zh-CN": "：", "en": ": "}


def wording(prompt: Prompt, language: str) -> str:
    """The question, as the community wrote it or as the bank has it in *language*."""
    return prompt.words or prompts.question(prompt.question, language).text


def steps(prompt: Prompt, language: str) -> Text | None:
    """A line for each step of the model; None for a model without steps."""
    found = prompts.model(prompt.model).steps.get(language, ())
    if not found:
        return None
    return plain("\n".join(_step(step, language) for step in found))


def _step(step: prompts.Step, language: str) -> str:
    return f"{step.label}{COLON[language]}{step.ask}"


def labels(prompt: Prompt | None) -> list[str]:
    """The labels of the model's steps in every language."""
    by_language = prompts.model(prompt.model).steps.values() if prompt else ()
    return [step.label for found in by_language for step in found]


def group_text(prompt: Prompt, language: str, alone: bool = False) -> Text:
    """What the group is shown."""
    name = prompts.model(prompt.model).name[language]
    asked = say("prompt-asked", model=name, question=wording(prompt, language))
    return lines(asked, steps(prompt, language), say("prompt-how-alone" if alone else "prompt-how"))


def next_question(ctx: Context, plan: PromptPlan) -> Prompt:
    """The next prompt of the plan, drawn without repeating within the term."""
    community, week = ctx.here, ctx.speech.almanac.week(ctx.today)
    before = used(ctx.session, ctx.community_id, community.term_start)
    words = ""
    if plan.model == OWN and plan.own:
        words = _next_own(plan.own, before)
        question = _own_id(words)
    else:
        seed = f"{ctx.community_id}:{community.term_start}"
        question = prompts.draw(plan.model, before, seed, week, community.term_weeks)
    return keep(
        ctx.session,
        community_id=ctx.community_id,
        model=plan.model,
        question=question,
        words=words,
        term=community.term_start,
        week=week,
        asked_at=ctx.now,
    )


def _next_own(questions: list[str], before: list[str]) -> str:
    """The first that was not asked yet, else the one asked longest ago."""
    last = {question_id: place for place, question_id in enumerate(before)}
    return min(questions, key=lambda words: last.get(_own_id(words), -1))


def _own_id(words: str) -> str:
    return f"own/{sha256(words.encode()).hexdigest()[:12]}"
