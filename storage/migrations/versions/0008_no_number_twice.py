"""A number of a person or an account is never given twice: an old button may still name who is gone."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PERSON = sa.Table(
    "person",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("language", sa.String(), nullable=True),
    sa.Column("zone", sa.String(), nullable=True),
    sa.Column("community_id", sa.Integer(), sa.ForeignKey("community.id"), nullable=True),
    sa.Column("muted_until", UTCDateTime(), nullable=True),
    sa.Column("chat_id", sa.Integer(), nullable=True),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint("id"),
    sqlite_autoincrement=True,
)
ACCOUNT = sa.Table(
    "account",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("platform", sa.String(), nullable=False),
    sa.Column("address", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("username", sa.String(), nullable=True),
    sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("platform", "address"),
    sa.Index("ix_account_username", "username"),
    sa.Index("ix_account_person_id", "person_id"),
    sqlite_autoincrement=True,
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        # A sequence gives none twice.
        return
    for table in (PERSON, ACCOUNT):
        with op.batch_alter_table(table.name, recreate="always", copy_from=table):
            pass
