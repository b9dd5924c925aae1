"""A pretend WeChat Official Account: its followers, its signed calls, its interface."""

from bot.sandbox.wechat.account import Account
from bot.sandbox.wechat.guest import WechatGuest
from bot.sandbox.wechat.server import WechatSandbox
from bot.sandbox.wechat.world import Follower, Post, World

__all__ = ["Account", "Follower", "Post", "WechatGuest", "WechatSandbox", "World"]
