"""How fast shared resources are found, beside a plain LIKE over the same rows of the same community.

    python -m benchmarks.search FOLDER [--rows 1000000] [--communities 500] [--database URL]

Prints one JSON object per line. FOLDER keeps the database, so a second run only asks; it should not be
on a RAM disk. Titles are invented from teachers' words with a fixed seed. The first community holds a
fifth of all rows; the others share the rest unequally. Times are milliseconds of wall clock, best of three
asked one after another. Truth is a substring test of every row in Python.
"""

import argparse
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate, islice
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage.database import open_database
from storage.search import create, fold, index, search

SUBJECTS, STAGES, TOPICS, WORK, TAGS, LATIN = (
    line.split()
    for line in (
        "语文 数学 英语 物理 化学 生物 历史 地理 科学 音乐 美术 体育 信息科技 道德与法治 劳动 心理健康",
        "小学 初中 高中 一年级 二年级 三年级 四年级 五年级 六年级 七年级 八年级 九年级 高一 高二 幼儿园",
        "分数 小数 除法 方程 函数 几何 概率 统计 古诗 文言文 作文 口语 听力 词汇 语法 "
        "实验 电路 光合作用 溶液 丝绸之路 季风 节奏 水彩 篮球 编程 3D打印 GeoGebra Scratch Reading "
        "Writing Unit PPT STEM 情绪 合作 校园 植物",
        "教学设计 教案 课件 微课 练习 试卷 作业设计 教学反思 听评课记录 观课量表 说课稿 学习单 板书 案例 "
        "课题报告 读书笔记 活动方案 分层任务 评价量规 导学案 单元整体设计 复习提纲 实验报告 家校沟通记录 "
        "班会方案 研修总结",
        "#公开课 #备课组 #期末 #校本研修 #青年教师 #名师工作室 #跨学科 #双减 #作业 #新课标",
        "geogebra GeoGebra 3D 3d打印 unit Reading ring writing e te STEM ppt xyz zebra C++ #公开课 第3课",
    )
)
PLACES = "春夏秋冬天地山水风云江河湖海星月花草竹松梅兰"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
RARE = [chr(code) for code in range(0x4E00, 0x9FA6, 7)]
ABSENT = {1: "龘", 2: "龘龘", 4: "龘靐齉爩"}


def title(wheel: random.Random) -> str:
    """About forty characters as teachers would write them, now and then with a name or a rare word."""
    subject, topic = wheel.choice(SUBJECTS), wheel.choice(TOPICS)
    name = (
        wheel.choice(SURNAMES) + wheel.choice(PLACES) + (wheel.choice(RARE) if wheel.random() < 0.5 else "")
    )
    parts = [
        wheel.choice(STAGES) + subject,
        f"《{topic}{wheel.choice(['的', '与', '之', ''])}{wheel.choice(TOPICS)}》",
    ]
    parts.append(
        f"{wheel.choice(WORK)}（第{wheel.randrange(1, 20)}课时）"
        if wheel.random() < 0.4
        else wheel.choice(WORK)
    )
    more = [
        f"{name}老师整理",
        wheel.choice(TAGS),
        f"用{wheel.choice(TOPICS)}讲{wheel.choice(TOPICS)}",
        f"20{wheel.randrange(15, 27)}版",
    ]
    return " ".join([*parts, *wheel.sample(more, 2)])


def resources(rows: int, communities: int) -> Iterator[tuple[int, int, str]]:
    """(community, entry, title), entries numbered in the order they were shared."""
    wheel = random.Random(20260901)
    share = [communities * 0.25 if at == 0 else 0.2 + wheel.random() * 1.6 for at in range(communities)]
    cumulative = list(accumulate(share))
    for entry in range(1, rows + 1):
        yield wheel.choices(range(1, communities + 1), cum_weights=cumulative)[0], entry, title(wheel)


def build(engine: Engine, rows: int, communities: int, batch: int = 500) -> dict[str, object]:
    """Share everything, *batch* to a commit; what one `index` costs, in microseconds."""
    with engine.begin() as connection:
        create(connection)
    costs: list[float] = []
    stream, started = resources(rows, communities), time.perf_counter()
    while some := list(islice(stream, batch)):
        with Session(engine) as session, session.begin():
            costs += [timed(partial(index, session, *resource)) for resource in some]
    took = time.perf_counter() - started
    costs.sort()
    return {
        "step": "index",
        "rows": rows,
        "seconds": round(took, 1),
        "mean_us": round(statistics.fmean(costs) * 1e6, 1),
        "p50_us": round(statistics.median(costs) * 1e6, 1),
        "max_ms": round(costs[-1] * 1e3, 1),
    }


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def questions(titles: list[str], each: int) -> dict[str, list[str]]:
    """Half are cut out of titles at random, half put together from words; plus strings nobody wrote."""
    wheel = random.Random(7)
    asked: dict[str, list[str]] = {}
    for length, absent in ABSENT.items():
        cut = {piece(wheel, titles, length) for _ in range(each // 2)}
        whole = {word[:length] for word in wheel.sample(TOPICS + WORK + SUBJECTS, 60) if len(word) >= length}
        asked[f"{length} characters"] = [*sorted(cut), *sorted(whole)[: each // 2], absent]
    asked["4 characters of two words"] = [
        wheel.choice(SUBJECTS)[:2] + wheel.choice(WORK)[:2] for _ in range(each)
    ]
    asked["Latin"] = LATIN
    asked["several words"] = [" ".join(wheel.sample(TOPICS + WORK + SUBJECTS, 2)) for _ in range(each)]
    asked["several words"] += ["语文 物理", "课 龘", "分 几", "小学 高中", "GeoGebra Scratch Reading"]
    return asked


def piece(wheel: random.Random, titles: list[str], length: int) -> str:
    while True:
        words = wheel.choice(titles)
        at = wheel.randrange(len(words) - length + 1)
        if " " not in words[at : at + length]:
            return words[at : at + length]


def truth(rows: list[tuple[int, str]], query: str) -> list[int]:
    words = fold(query).split()
    return [entry for entry, content in rows if all(word in content for word in words)]


def like(database: sqlite3.Connection, community: int, query: str) -> list[int]:
    """The peer: the newest 20 by LIKE over the community's own rows."""
    words = [f"%{word}%" for word in fold(query).split()]
    clause = " AND text LIKE ?" * len(words)
    found = database.execute(
        f"SELECT entry_id FROM search_entry WHERE community_id = ?{clause} ORDER BY entry_id DESC LIMIT 20",  # noqa: S608
        (community, *words),
    )
    return [entry for (entry,) in found]


def best(work: Callable[[], object]) -> float:
    return min(timed(work) for _ in range(3)) * 1e3


def ask(engine: Engine, peer: sqlite3.Connection | None, community: int, rows: list[tuple[int, str]]) -> None:
    """Ask one community every question and print a line per kind of question."""
    for kind, asked in questions([content for _, content in rows], each=30).items():
        ours: dict[str, float] = {}
        theirs: list[float] = []
        right = pages = 0
        with Session(engine) as session:
            for query in dict.fromkeys(asked):
                expected = truth(rows, query)
                right += search(session, community, query, limit=len(expected) + 1).ids == tuple(expected)
                pages += search(session, community, query).ids == tuple(expected[:20])
                ours[query] = best(partial(search, session, community, query))
                if peer:
                    theirs.append(best(lambda words=query: like(peer, community, words)))  # type: ignore[misc]
        print(
            json.dumps(summary(kind, community, len(rows), ours, theirs, right, pages), ensure_ascii=False),
            flush=True,
        )


def summary(
    kind: str, community: int, rows: int, ours: dict[str, float], theirs: list[float], right: int, pages: int
) -> dict[str, object]:
    slowest = max(ours, key=lambda query: ours[query])
    line: dict[str, object] = {
        "step": "search",
        "community": community,
        "rows": rows,
        "kind": kind,
        "queries": len(ours),
    }
    line |= {
        "p50_ms": round(statistics.median(ours.values()), 3),
        "max_ms": round(ours[slowest], 3),
        "slowest": slowest,
    }
    line |= {"exact_hits": right, "exact_pages": pages}
    if theirs:
        line |= {"like_p50_ms": round(statistics.median(theirs), 3), "like_max_ms": round(max(theirs), 3)}
    return line


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--communities", type=int, default=500)
    parser.add_argument("--database", help="an empty PostgreSQL database instead of a file in FOLDER")
    chosen = parser.parse_args()
    path = chosen.folder / f"search-{chosen.rows}-{chosen.communities}.db"
    fresh = bool(chosen.database) or not path.exists()
    engine = open_database(chosen.database or f"sqlite:///{path}")
    if fresh:
        print(json.dumps(build(engine, chosen.rows, chosen.communities)), flush=True)
    peer = None if chosen.database else sqlite3.connect(path)
    if peer:
        print(json.dumps({"step": "size", "mb": round(path.stat().st_size / 2**20, 1)}), flush=True)
    for community in (1, 2, chosen.communities // 2):
        mine = [
            (entry, fold(words))
            for of, entry, words in resources(chosen.rows, chosen.communities)
            if of == community
        ]
        ask(engine, peer, community, mine[::-1])
    engine.dispose()


if __name__ == "__main__":
    main()
