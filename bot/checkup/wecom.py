"""What can be known of WeCom's push robot without posting anything."""

import re
from collections.abc import Iterator

from bot.checkup.line import Groups, Line
from config.settings import Settings

KEY = re.compile(r"[\w-]+", re.ASCII)


def push_robot(settings: Settings, groups: Groups) -> Iterator[Line]:
    """What is known of the push robot; no call only asks, every one would post."""
    if settings.wecom_webhook_key is None:
        return
    if KEY.fullmatch(settings.wecom_webhook_key.get_secret_value()) is None:
        yield False, "YANBAN_WECOM_WEBHOOK_KEY: only what follows key= in the robot's address"
        return
    bound = next((name for platform, _, name in groups if platform == "wecom_webhook" and name), None)
    words = f"its group belongs to “{bound}”" if bound else "its group is not connected yet: type its code"
    yield True, f"WeCom push robot: {words}"
    yield True, "WeCom push robot: whether its key is taken shows only with its next post"
