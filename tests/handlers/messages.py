"""Neutral messages, for rules that need no chat."""

from datetime import UTC, datetime

from handlers.core.message import Kind, Message, Place


def said(text: str, links: tuple[str, ...] = ()) -> Message:
    """Words in a group."""
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    return Message("telegram", "1", Kind.TEXT, Place("-100"), at, text=text, links=links)
