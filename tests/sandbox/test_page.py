"""The chat page in a real browser, with a bot that only echoes."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, Page, ViewportSize, async_playwright, expect

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Caller

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
MENU = [
    {"command": name, "description": about}
    for name, about in (("find", "找资料"), ("schedule", "约一次研讨"))
]
BUTTONS = {
    "inline_keyboard": [[{"text": "就这样", "callback_data": "ok"}, {"text": "改", "callback_data": "no"}]]
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        chromium = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


async def echo(call: Caller) -> None:
    """A bot that repeats what it gets, with buttons, and answers presses."""
    offset = 0
    while True:
        for update in await call("getUpdates", offset=offset, timeout=30):
            offset = update["update_id"] + 1
            if press := update.get("callback_query"):
                await call(
                    "answerCallbackQuery", callback_query_id=press["id"], text=f"记下了 {press['data']}"
                )
                where = {
                    "chat_id": press["message"]["chat"]["id"],
                    "message_id": press["message"]["message_id"],
                }
                await call("editMessageText", **where, text="<b>定了</b>", parse_mode="HTML")
            elif "text" in (message := update["message"]):
                answer = {"chat_id": message["chat"]["id"], "reply_markup": BUTTONS}
                await call("sendMessage", **answer, text=f"收到：{message['text']}")


@pytest.fixture
async def bot(call: Caller) -> AsyncIterator[None]:
    await call("setMyCommands", commands=MENU)
    task = asyncio.create_task(echo(call))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class Visit:
    """One browser window on the page; notes errors and requests to elsewhere."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._noted)
        page.on("request", lambda request: self._left(request.url))

    def _noted(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def _left(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.troubles.append(url)

    async def write(self, text: str) -> None:
        await self.page.get_by_role("combobox").fill(text)
        await self.page.get_by_role("button", name="发送").click()


async def visit(
    browser: Browser, sandbox: Sandbox, locale: str = "zh-CN", size: ViewportSize = WIDE, **options: Any
) -> Visit:
    context = await browser.new_context(locale=locale, viewport=size, **options)
    seen = Visit(await context.new_page(), sandbox.page_url)
    await seen.page.goto(sandbox.page_url)
    await expect(seen.page.get_by_role("combobox")).to_be_visible()
    return seen


@pytest.mark.parametrize(
    ("locale", "title", "badge", "other"),
    [
        ("zh-CN", "研伴演示", "只在这台电脑上", "Yanban demo"),
        ("en-GB", "Yanban demo", "This computer only", "研伴演示"),
    ],
)
async def test_it_opens_in_the_readers_language_and_can_change(
    browser: Browser, sandbox: Sandbox, locale: str, title: str, badge: str, other: str
) -> None:
    seen = await visit(browser, sandbox, locale)
    await expect(seen.page).to_have_title(title)
    await expect(seen.page.locator(".badge")).to_have_text(badge)
    await seen.page.locator(".language").click()
    await expect(seen.page).to_have_title(other)
    await seen.page.reload()
    await expect(seen.page).to_have_title(other)
    assert seen.troubles == []


@pytest.mark.usefixtures("bot")
async def test_what_is_written_appears_and_buttons_work(browser: Browser, sandbox: Sandbox) -> None:
    seen = await visit(browser, sandbox)
    await seen.write("/find@yanban_bot <b>分数</b>")
    await expect(seen.page.locator(".mine .text")).to_have_text("/find@yanban_bot <b>分数</b>")
    await expect(seen.page.locator(".from-bot .text")).to_have_text("收到：/find@yanban_bot <b>分数</b>")
    await seen.page.get_by_role("button", name="就这样").click()
    await expect(seen.page.get_by_text("记下了 ok")).to_be_visible()
    await expect(seen.page.locator(".from-bot .text strong")).to_have_text("定了")
    assert seen.troubles == []
    assert sandbox.complaints == []


@pytest.mark.usefixtures("bot")
async def test_commands_are_completed_by_keyboard(browser: Browser, sandbox: Sandbox) -> None:
    seen = await visit(browser, sandbox)
    box = seen.page.get_by_role("combobox")
    await box.focus()
    await seen.page.keyboard.type("/")
    await expect(seen.page.get_by_role("option")).to_have_count(2)
    await seen.page.keyboard.press("ArrowDown")
    await expect(seen.page.get_by_role("option", selected=True)).to_contain_text("/schedule")
    await seen.page.keyboard.press("Enter")
    await expect(box).to_have_value("/schedule@yanban_bot ")
    await seen.page.keyboard.type("周五 16:00 分数")
    await seen.page.keyboard.press("Enter")
    await expect(seen.page.locator(".from-bot .text")).to_have_text(
        "收到：/schedule@yanban_bot 周五 16:00 分数"
    )
    await seen.page.keyboard.type("/f")
    await seen.page.keyboard.press("Escape")
    await expect(seen.page.get_by_role("option")).to_have_count(0)
    assert seen.troubles == []


@pytest.mark.usefixtures("bot")
async def test_one_click_makes_you_somebody_else_with_their_own_private_chat(
    browser: Browser, sandbox: Sandbox
) -> None:
    seen = await visit(browser, sandbox)
    await seen.page.get_by_role("button", name="林老师 老师").click()
    await seen.page.get_by_role("navigation").get_by_role("button", name="研伴").click()
    await expect(seen.page.get_by_text("只有你和研伴看得到")).to_be_visible()
    await seen.page.get_by_role("button", name="开始", exact=True).click()
    await expect(seen.page.locator(".from-bot .text")).to_have_text("收到：/start")
    await seen.page.get_by_role("button", name="周老师 老师").click()
    await expect(seen.page.get_by_role("button", name="开始", exact=True)).to_be_visible()
    await expect(seen.page.locator(".text")).to_have_count(0)
    assert seen.troubles == []


async def test_a_reply_shows_what_it_answers(browser: Browser, sandbox: Sandbox) -> None:
    sandbox.world.say("周老师", None, "折纸那节课谁有课件？")
    seen = await visit(browser, sandbox)
    await seen.page.get_by_role("button", name="回复 周老师").focus()
    await seen.page.keyboard.press("Enter")
    await expect(seen.page.get_by_role("combobox")).to_be_focused()
    await seen.write("我有")
    await expect(seen.page.locator(".mine .quote")).to_contain_text("折纸那节课谁有课件？")
    assert sandbox.world.messages()[-1].reply_to == 1


async def test_a_file_is_sent_and_can_be_fetched(browser: Browser, sandbox: Sandbox) -> None:
    seen = await visit(browser, sandbox)
    content: FilePayload = {"name": "教案.txt", "mimeType": "text/plain", "buffer": "折纸".encode()}
    await seen.page.locator("input[type=file]").set_input_files(content)
    await seen.page.get_by_role("button", name="发送").click()
    async with seen.page.expect_download() as waiting:
        await seen.page.locator(".mine .file").click()
    download = await waiting.value
    assert download.suggested_filename == "教案.txt"
    assert (await download.path()).read_text(encoding="utf-8") == "折纸"


async def test_a_command_the_bot_did_not_get_is_explained(browser: Browser, sandbox: Sandbox) -> None:
    sandbox.world.other_bot(None, "早")
    seen = await visit(browser, sandbox)
    await seen.write("/find 分数")
    await expect(seen.page.locator(".unseen")).to_contain_text("/find@yanban_bot")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_is_wide_enough(browser: Browser, sandbox: Sandbox, locale: str, scheme: str) -> None:
    world = sandbox.world
    world.say("周老师", None, "https://example.org/" + "a" * 300)
    row = [{"text": "很长的一个按钮名字要换行" * 2, "callback_data": str(n)} for n in range(3)]
    world.post(
        world.group, world.bot.user(), {"text": "选" * 200, "reply_markup": {"inline_keyboard": [row]}}
    )
    seen = await visit(browser, sandbox, locale, PHONE, color_scheme=scheme)
    await expect(seen.page.locator(".choice")).to_have_count(3)
    await expect(seen.page.get_by_role("group").get_by_text("王老师")).to_be_in_viewport()
    assert await seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await seen.page.evaluate("document.querySelector('.log').scrollWidth <= innerWidth")
    await seen.page.locator(".header .plain").click()
    await expect(seen.page.locator(".face").first).to_be_in_viewport()
    await seen.page.keyboard.press("Escape")
    await expect(seen.page.locator(".side")).to_be_hidden()
    assert seen.troubles == []


async def test_the_clock_can_be_moved_to_what_is_due(browser: Browser, sandbox: Sandbox) -> None:
    async def next_due() -> datetime:
        return datetime.fromisoformat("2026-11-26T09:30:00+00:00")

    sandbox.next_due = next_due
    seen = await visit(browser, sandbox)
    await expect(seen.page.locator(".clock time")).to_have_text("11月23日 周一 16:00")
    await seen.page.get_by_role("button", name="+1 小时").click()
    await expect(seen.page.locator(".clock time")).to_have_text("11月23日 周一 17:00")
    await seen.page.get_by_role("button", name="到下一次提示").click()
    await expect(seen.page.locator(".clock time")).to_have_text("11月26日 周四 17:30")
    assert sandbox.machine.now() >= await next_due() - timedelta(seconds=1)


@pytest.mark.usefixtures("bot")
async def test_the_tour_leads_through_five_steps_and_remembers(browser: Browser, sandbox: Sandbox) -> None:
    async def next_due() -> datetime:
        return sandbox.machine.now() + timedelta(days=1)

    async def travel(until: datetime) -> None:
        sandbox.machine.advance(until - sandbox.machine.now())
        sandbox.world.post(
            sandbox.world.private("林老师"), sandbox.world.bot.user(), {"text": "收到什么启发？"}
        )

    sandbox.next_due, sandbox.travel = next_due, travel
    seen = await visit(browser, sandbox)
    tour = seen.page.get_by_role("complementary", name="五步看一遍")

    async def do_it() -> None:
        await tour.locator(".main-button").click()
        box = seen.page.get_by_role("combobox")
        await expect(box).not_to_have_value("")
        line = await box.input_value()
        await seen.page.keyboard.press("Enter")
        await expect(seen.page.locator(".from-bot .text").last).to_have_text(f"收到：{line}")

    await do_it()
    await expect(tour).to_contain_text("把小组建起来")
    await seen.page.get_by_role("button", name="就这样").last.click()
    await expect(tour).to_contain_text("分享一份资料")
    await do_it()
    await expect(tour).to_contain_text("约一次研讨")
    await do_it()
    await seen.page.get_by_role("button", name="就这样").last.click()
    await expect(tour).to_contain_text("写一句反思")
    await seen.page.reload()
    await expect(tour).to_contain_text("写一句反思")
    await do_it()  # opens the private chat and greets
    await tour.get_by_role("button", name="替我拨到下一次提示").click()
    await expect(tour.get_by_role("button", name="替我输入")).to_be_visible()
    await do_it()
    await expect(tour).to_contain_text("找回来")
    await do_it()
    await expect(tour).to_contain_text("五步都看完了")
    await tour.get_by_role("button", name="收起导览").click()
    await expect(tour).to_be_hidden()
    await seen.page.get_by_role("button", name="打开导览").click()
    await expect(tour).to_contain_text("五步都看完了")
    assert seen.troubles == []
    assert sandbox.complaints == []


@pytest.mark.usefixtures("bot")
async def test_what_was_said_before_the_tour_began_is_no_step_of_it(
    browser: Browser, sandbox: Sandbox
) -> None:
    for name, words in (("王老师", "/setup"), ("林老师", "/share https://example.org/1 课件")):
        sandbox.world.say(name, None, words)
        sandbox.world.post(sandbox.world.group, sandbox.world.bot.user(), {"text": "收好了。"})
    seen = await visit(browser, sandbox)
    await seen.write("大家好")
    await seen.page.wait_for_timeout(2500)
    tour = seen.page.get_by_role("complementary", name="五步看一遍")
    await expect(tour).to_contain_text("第 1 步，共 5 步")
    await tour.get_by_role("button", name="跳过这步").click()
    await seen.page.wait_for_timeout(2500)
    await expect(tour).to_contain_text("第 2 步，共 5 步")
    await seen.write(f"/share@{sandbox.world.bot.username} https://example.org/2 课件")
    await expect(tour).to_contain_text("第 3 步，共 5 步")
    await seen.page.reload()
    await expect(tour).to_contain_text("第 3 步，共 5 步")


async def test_keys_reach_everything_in_order(browser: Browser, sandbox: Sandbox) -> None:
    seen = await visit(browser, sandbox)
    reached: list[str] = []
    for _ in range(24):
        await seen.page.keyboard.press("Tab")
        reached.append(
            await seen.page.evaluate("document.activeElement.className || document.activeElement.tagName")
        )
    for name in ("language", "face", "row", "log", "TEXTAREA", "main-button"):
        assert any(name in one for one in reached), (name, reached)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    await seen.page.locator(".face").first.focus()
    await seen.page.keyboard.press("Tab")
    assert await seen.page.evaluate(outline) == "solid"


async def test_the_keys_need_not_pass_the_whole_talk_to_reach_the_tour(
    browser: Browser, sandbox: Sandbox
) -> None:
    for number in range(20):
        sandbox.world.say("周老师", None, f"https://example.org/{number}")
    seen = await visit(browser, sandbox)
    await seen.page.locator(".clock button").last.focus()
    for _ in range(2):
        await seen.page.keyboard.press("Tab")
    await expect(seen.page.get_by_role("button", name="替我输入")).to_be_focused()
    talk = await seen.page.locator(".talk").bounding_box()
    tour = await seen.page.locator(".tour").bounding_box()
    assert talk is not None
    assert tour is not None
    assert tour["x"] > talk["x"]


async def test_inline_results_are_chosen_with_the_keys(
    browser: Browser, sandbox: Sandbox, call: Caller
) -> None:
    seen = await visit(browser, sandbox)
    await seen.page.get_by_role("combobox").fill("@yanban_bot 分数")
    (update,) = await call("getUpdates", timeout=10)
    assert update["inline_query"]["query"] == "分数"
    article: dict[str, Any] = {
        "type": "article",
        "id": "r1",
        "title": "折纸认识分数",
        "description": "林老师",
    }
    article["input_message_content"] = {"message_text": "折纸认识分数 教案"}
    await call("answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=[article])
    await expect(seen.page.get_by_role("option")).to_contain_text("折纸认识分数")
    await seen.page.keyboard.press("Enter")
    await expect(seen.page.locator(".mine .text")).to_have_text("折纸认识分数 教案")
    assert seen.troubles == []


async def test_a_start_link_opens_the_private_chat(browser: Browser, sandbox: Sandbox, call: Caller) -> None:
    button = {"text": "打开私聊", "url": "https://t.me/yanban_bot?start=r42"}
    markup = {"inline_keyboard": [[button]]}
    await call("sendMessage", chat_id=sandbox.world.group.id, text="去私聊写", reply_markup=markup)
    seen = await visit(browser, sandbox)
    await seen.page.get_by_role("link", name="打开私聊").click()
    await expect(seen.page.locator(".mine .text")).to_have_text("/start r42")
    assert sandbox.world.private("王老师").started
    assert seen.troubles == []
