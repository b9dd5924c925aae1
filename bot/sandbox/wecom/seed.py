"""The teachers of the demo in a WeCom group. All invented."""

from bot.sandbox.seed import PEOPLE
from bot.sandbox.wecom.world import World

GROUP = "三年级数学教研组（企微）"
CHATID = "wrDemoGroup3A"


def seed(world: World) -> None:
    """The group with its leader and four teachers, and their private chats."""
    for name, userid in PEOPLE:
        world.add_person(name, userid)
    world.add_group(GROUP, *(name for name, _ in PEOPLE), chatid=CHATID)
