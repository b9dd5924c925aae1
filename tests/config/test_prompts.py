"""The prompt bank: parity of languages, tone, and how the next question is drawn."""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import FrozenInstanceError
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.prompts import Model, draw, model, models, question, questions, themes
from config.prompts.drawing import part_of_term
from config.texts import LANGUAGES

MODELS = [each.id for each in models()]
BANK = {lang: [each for name in MODELS for each in questions(name, lang)] for lang in LANGUAGES}
LONGEST = {"zh-CN": 42, "en": 125}
ENDS = {"zh-CN": "。？", "en": ".?"}
FORBIDDEN = {
    "zh-CN": r"打卡|收到|排名|必须|务必|应该|要求|完成情况|考核|检查|达标|优秀|落后|差生"
    r"|证明|证据|照片|截图|留痕|台账|几次|多少|为什么没|怎么没|为何没|比同事|比别人|比其他|名字|姓名|哪位学生|哪个学生|您|!|！|~|～|…",
    "en": r"why did(n't| not)|why have(n't| not)|\b(must|should|have to|check in|rank\w*|score"
    r"|prove|proof|evidence|photo\w*|screenshot\w*|how many|how often|compared|better than|names?|which pupil"
    r"|students?)\b|!",
}
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")
CHINESE = re.compile("[\u4e00-\u9fff]")
model_ids = st.sampled_from(MODELS)
weeks = st.none() | st.integers(-3, 60)
seeds = st.text(max_size=20)


def texts_of(each: Model, language: str) -> list[str]:
    steps = [words for step in each.steps[language] for words in (step.label, step.ask)]
    return [each.name[language], each.about[language], each.source[language], *steps]


def everything(language: str) -> list[str]:
    names = [theme[language] for theme in themes().values()]
    return names + [text for each in models() for text in texts_of(each, language)] + texts(language)


def texts(language: str) -> list[str]:
    return [each.text for each in BANK[language]]


def test_the_models_offered_and_the_default_first() -> None:
    assert MODELS == [
        "do-learn-teach",
        "action-thought-value",
        "what-so-now",
        "three-two-one",
        "four-f",
        "gibbs-short",
        "own",
    ]
    assert {each.id for each in models() if each.cadence == "monthly"} == {"action-thought-value"}
    assert {each.cadence for each in models()} == {"weekly", "monthly"}


def test_every_language_has_the_same_questions() -> None:
    rows = {lang: [(each.id, each.model, each.theme, each.when) for each in BANK[lang]] for lang in LANGUAGES}
    assert all(rows[lang] == rows[LANGUAGES[0]] for lang in LANGUAGES)


@pytest.mark.parametrize("each", models(), ids=MODELS)
def test_every_model_speaks_every_language(each: Model) -> None:
    for words in (each.name, each.about, each.source, each.steps):
        assert set(words) == set(LANGUAGES)
    assert len({len(steps) for steps in each.steps.values()}) == 1
    assert bool(each.steps["en"]) is (each.id != "own")
    assert all(len(step.label) <= 12 for steps in each.steps.values() for step in steps)


def test_enough_questions_for_a_term_without_repeating() -> None:
    sizes = Counter(each.model for each in BANK["en"])
    assert sizes["do-learn-teach"] >= 20
    assert all(sizes[each] >= 18 for each in ("what-so-now", "three-two-one", "four-f", "gibbs-short"))
    assert sizes["action-thought-value"] >= 12
    assert sizes["own"] >= 8


def test_every_model_has_enough_for_ordinary_weeks_and_something_for_the_ends_of_term() -> None:
    for name in MODELS:
        suits = Counter(each.when for each in questions(name, "en"))
        assert set(suits) <= {"any", "start", "exams", "end"}
        assert suits["any"] > len(questions(name, "en")) / 2
        assert suits["start"]
        assert suits["end"]


def test_themes_are_known_and_all_used() -> None:
    assert {each.theme for each in BANK["en"]} == set(themes())
    assert all(set(names) == set(LANGUAGES) for names in themes().values())


def test_nothing_is_there_twice() -> None:
    assert [item for item, seen in Counter(each.id for each in BANK["en"]).items() if seen > 1] == []
    for lang in LANGUAGES:
        assert [item for item, seen in Counter(map(bare, texts(lang))).items() if seen > 1] == []


def bare(text: str) -> str:
    return re.sub(r"\W", "", text.lower().replace("这周", "").replace("this week", ""))


def test_ids_are_short_slugs() -> None:
    # Ids travel in button payloads, which are small.
    assert [each.id for each in BANK["en"] if not re.fullmatch(r"[a-z][a-z-]{2,27}", each.id)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_asks_something_in_one_or_two_short_sentences(language: str) -> None:
    for text in texts(language):
        assert 8 <= len(text) <= LONGEST[language], text
        assert text[-1] in ENDS[language], text
        assert 1 <= sum(text.count(mark) for mark in ENDS[language]) <= 2, text
        assert ENDS[language][-1] in text, text
        assert text == text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_tone(language: str) -> None:
    spoken = everything(language)
    assert [text for text in spoken if EMOJI.search(text)] == []
    assert [text for text in spoken if re.search(FORBIDDEN[language], text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "slip", ["为什么没交？", "这周打卡了吗？", "收到请回复。", "太好了！", "哪个学生最让你头疼？"]
)
def test_the_list_of_forbidden_words_bites_in_chinese(slip: str) -> None:
    assert re.search(FORBIDDEN["zh-CN"], slip)


@pytest.mark.parametrize(
    "slip", ["Why didn't you try it?", "How many lessons?", "You must reply.", "Well done!"]
)
def test_the_list_of_forbidden_words_bites_in_english(slip: str) -> None:
    assert re.search(FORBIDDEN["en"], slip, re.IGNORECASE)


def test_languages_are_not_mixed() -> None:
    assert [text for text in everything("en") if CHINESE.search(text)] == []
    assert [text for text in texts("zh-CN") if re.search(r"[A-Za-z,.?;:]", text)] == []


def test_rows_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        model("own").id = "mine"  # type: ignore[misc]
    with pytest.raises(TypeError):
        model("own").name["en"] = "Mine"  # type: ignore[index]


@pytest.mark.parametrize("name", ["", "kolb", "themes", "../prompts/own"])
def test_an_unknown_model_is_an_error(name: str) -> None:
    for ask in (lambda: model(name), lambda: questions(name, "en"), lambda: draw(name, [], "s", 1)):
        with pytest.raises(LookupError):
            ask()


def test_an_unknown_language_or_question_is_an_error() -> None:
    with pytest.raises(LookupError):
        questions("own", "fr")
    with pytest.raises(LookupError):
        question("no-such", "en")


def test_a_question_is_found_by_its_id() -> None:
    for each in BANK["zh-CN"]:
        assert question(each.id, "zh-CN") == each


def test_files_are_read_only_when_asked_for() -> None:
    program = (
        "import sys, pathlib, config.prompts as p; seen = [];"
        "sys.addaudithook(lambda event, args: seen.append(str(args[0])) if event == 'open' else None);"
        "p.model('own'); p.questions('own', 'en'); p.draw('own', [], 's', 1); p.model('own');"
        "print([pathlib.Path(name).name for name in seen if name.endswith('.toml')])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['own.toml']"


@given(
    model_ids, st.lists(st.sampled_from([each.id for each in BANK["en"]]) | st.text(max_size=5)), seeds, weeks
)
def test_draw_gives_the_same_for_the_same(name: str, used: list[str], seed: str, week: int | None) -> None:
    first = draw(name, used, seed, week)
    assert first == draw(name, tuple(used), seed, week)
    assert question(first, "en").model == name


@given(model_ids, seeds, st.lists(weeks, min_size=60, max_size=60))
def test_draw_uses_up_the_bank_before_it_begins_again(name: str, seed: str, when: list[int | None]) -> None:
    size = len(questions(name, "en"))
    used: list[str] = []
    for week in when[: 2 * size]:
        used.append(draw(name, used, seed, week))
    assert len(set(used[:size])) == size
    assert used[size:] == used[: len(used) - size]


@given(model_ids, st.data(), seeds, weeks)
def test_a_full_round_is_followed_by_the_one_used_longest_ago(
    name: str, data: st.DataObject, seed: str, week: int | None
) -> None:
    order = data.draw(st.permutations([each.id for each in questions(name, "en")]))
    repeated = data.draw(st.sampled_from(order[:-1]))
    history = [repeated, "of-another-bank", *order]
    assert draw(name, history, seed, week) == order[0]
    again = [*order, order[0]]
    assert draw(name, again, seed, week) == order[1]


@given(seeds, st.integers(1, 20))
def test_a_weekly_term_brings_each_question_in_its_season(seed: str, first: int) -> None:
    used: list[str] = []
    for week in range(first, 21):
        used.append(draw("do-learn-teach", used, seed, week))
        assert question(used[-1], "en").when in {"any", part_of_term(week, 20)}
    assert len(set(used)) == len(used)


@given(model_ids, seeds, st.sampled_from([(1, "start"), (20, "end"), (None, "any"), (9, "any")]))
def test_a_season_comes_first(name: str, seed: str, moment: tuple[int | None, str]) -> None:
    week, season = moment
    assert question(draw(name, [], seed, week), "en").when == season


def test_seeds_spread_over_the_ordinary_questions() -> None:
    ordinary = {each.id for each in questions("do-learn-teach", "en") if each.when == "any"}
    assert {draw("do-learn-teach", [], f"community-{n}", 9) for n in range(500)} == ordinary


def test_parts_of_a_term_of_twenty_weeks_come_in_order() -> None:
    parts = [part_of_term(week, 20) for week in range(1, 23)]
    turns = [week for week, (before, after) in enumerate(pairwise(parts), 2) if before != after]
    assert (parts[0], [(week, parts[week - 1]) for week in turns]) == (
        "start",
        [(3, "any"), (16, "exams"), (19, "end")],
    )


@given(st.integers(-5, 80), st.integers(1, 60))
def test_the_part_of_term_is_never_early_or_late(week: int, length: int) -> None:
    part = part_of_term(week, length)
    assert (part == "start") is (week <= 2)
    assert part != "end" or week > length - 2
    assert part != "any" or 2 < week <= length - 5
