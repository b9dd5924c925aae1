"""Take docs/images/sandbox.png: the demo as it is when first opened, in headless Chromium."""

import asyncio
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import async_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot import logs  # noqa: E402 - run as a script, from anywhere
from bot.demo import Demo  # noqa: E402

TARGET = ROOT / "docs" / "images" / "sandbox.png"
DAY = datetime(2026, 11, 24, 16, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


async def take(target: Path) -> None:
    """Open the demo in a fresh folder and save what the page shows."""
    logs.set_up("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        async with Demo(Path(folder) / "demo", 0, now=lambda: DAY) as demo, async_playwright() as play:
            chromium = await play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = await chromium.new_page(
                viewport={"width": 1280, "height": 860}, locale="zh-CN", device_scale_factor=1
            )
            await page.goto(demo.sandbox.page_url)
            await page.get_by_text("来的有 4 位").first.wait_for()
            target.parent.mkdir(exist_ok=True)
            await page.screenshot(path=target)
            await chromium.close()


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET))
