"""The throw-away server answers, and every test gets a database of its own."""

import pytest
import sqlalchemy as sa

pytest_plugins = ["tests.postgres"]
pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_empty(postgres_database: str, turn: int) -> None:
    engine = sa.create_engine(postgres_database)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE note (words text)"))
        connection.execute(sa.text("INSERT INTO note VALUES ('研讨')"))
        assert connection.scalar(sa.text("SELECT count(*) FROM note WHERE words = '研讨'")) == 1
    engine.dispose()
