"""Chooses the next question of a model."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from config.prompts.bank import Question, questions

START_WEEKS = 2
EXAM_WEEKS = 3
END_WEEKS = 2
LOTS = 2**61 - 1


def draw(model_id: str, used: Sequence[str], seed: str, week: int | None, term_weeks: int = 20) -> str:
    """The id of the next question for a community that has had *used*, oldest first.

    *week* is the teaching week, 1 for the first, or None when it is not known. While the model has
    unused questions one of them is drawn: first those made for this part of term, then those for any
    week, last those made for another part. After that the one used longest ago comes again. The same
    arguments always give the same id. Ids of other models in *used* are ignored; LookupError for an
    unknown model.
    """
    last_use = {question_id: place for place, question_id in enumerate(used)}
    # Odd, so that different numbers give different lots.
    own = _number(seed) | 1
    for bowl in _bowls(model_id, part_of_term(week, term_weeks)):
        left = [(name, number) for name, number in bowl if name not in last_use] if last_use else bowl
        if left:
            lots = [own * number & LOTS for _, number in left]
            return left[lots.index(min(lots))][0]
    return min(questions(model_id, "zh-CN"), key=lambda question: last_use[question.id]).id


def part_of_term(week: int | None, term_weeks: int) -> str:
    """start (first two weeks), end (last two and later), exams (three before those), or any."""
    if week is None:
        return "any"
    if week <= START_WEEKS:
        return "start"
    left = term_weeks - week
    if left < END_WEEKS:
        return "end"
    return "exams" if left < END_WEEKS + EXAM_WEEKS else "any"


def _distance(question: Question, now: str) -> int:
    if question.when == "any":
        return 1
    return 0 if question.when == now else 2


@cache
def _bowls(model_id: str, now: str) -> list[list[tuple[str, int]]]:
    """The questions of a model with their numbers, those that fit this part of term best first."""
    bank = questions(model_id, "zh-CN")
    bowls = ([one.id for one in bank if _distance(one, now) == far] for far in range(3))
    return [[(name, _number(name)) for name in bowl] for bowl in bowls if bowl]


def _number(words: str) -> int:
    # A hash, not random.choice: adding a question to the bank or a new Python leaves other lots alone.
    return int.from_bytes(sha256(words.encode()).digest()) & LOTS
