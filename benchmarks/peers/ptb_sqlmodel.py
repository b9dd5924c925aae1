"""The peer: one /share, one inserted row, one reply, written as the two libraries' own guides show it.

Runs by `python benchmarks/peers/ptb_sqlmodel.py`, with PEER_API, PEER_PORT, PEER_DB, PEER_TOKEN and
PEER_SECRET in the environment. It does neither recognise repeats, nor know members, nor merge, nor index.
"""

import os
from datetime import UTC, datetime

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes


class Share(SQLModel, table=True):
    """One shared link."""

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int
    user_id: int
    url: str
    title: str
    created_at: datetime


engine = create_async_engine(f"sqlite+aiosqlite:///{os.environ['PEER_DB']}")
sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


@event.listens_for(engine.sync_engine, "connect")
def durable(connection, _record):  # type: ignore[no-untyped-def]
    """The same durability as ours: a commit survives a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


async def share(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is None or message.from_user is None or not context.args:
        return
    url, title = context.args[0], " ".join(context.args[1:])
    async with sessions() as session:
        session.add(
            Share(
                chat_id=message.chat_id,
                user_id=message.from_user.id,
                url=url,
                title=title,
                created_at=datetime.now(UTC),
            )
        )
        await session.commit()
    await message.reply_text(f"已收下：{title}\n{url}")


async def make_tables(_application: object) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)


def main() -> None:
    application = (
        Application.builder()
        .token(os.environ["PEER_TOKEN"])
        .base_url(os.environ["PEER_API"])
        .post_init(make_tables)
        .build()
    )
    application.add_handler(CommandHandler("share", share))
    application.run_webhook(
        listen="127.0.0.1",
        port=int(os.environ["PEER_PORT"]),
        url_path="telegram",
        secret_token=os.environ["PEER_SECRET"],
        webhook_url="https://peer.example/telegram",
    )


if __name__ == "__main__":
    main()
