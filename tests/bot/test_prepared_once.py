"""What every message asks the database is prepared once: SQLite prepares anew what hangs on a value."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from tests.chat import Chat

MANY = 8
PREPARED_ANEW = "SELECT sql FROM sqlite_stmt WHERE run >= ? AND reprep >= run / 2"


def prepared_anew(session: Session) -> list[str]:
    """The statements said often that SQLite prepared again at least every other time."""
    connection: Connection = session.connection()
    return list(connection.exec_driver_sql(PREPARED_ANEW, (MANY,)).scalars())


async def test_no_statement_of_a_usual_day_is_prepared_at_every_use(group: Chat) -> None:
    for number in range(MANY):
        await group.say(f"/share https://example.org/{number} 分数教学设计 #分数", by="周老师")
        await group.say("/find 分数", by="林老师")
    try:
        found = await group.app.engine.submit(prepared_anew)
    except OperationalError:
        pytest.skip("this SQLite does not tell what it has prepared")
    assert found == []
