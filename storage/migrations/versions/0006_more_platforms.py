"""More platforms: numbers instead of buttons, followers without a group, codes, what processes share."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

tables = sa.MetaData()

# Made by earlier migrations; named here so that foreign keys find them.
EARLIER = {"chat", "community", "person"}
for name in sorted(EARLIER):
    sa.Table(name, tables, sa.Column("id", sa.Integer(), primary_key=True))

sa.Table(
    "choice",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("chat_id", sa.Integer(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("label", sa.String(), nullable=False),
    sa.Column("data", sa.String(), nullable=False),
    sa.Column("about", sa.String(), nullable=False),
    sa.Column("lasting", sa.Boolean(), nullable=False),
    sa.Column("expires_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("chat_id", "number"),
)
sa.Table(
    "talk",
    tables,
    sa.Column("chat_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("until", UTCDateTime(), nullable=False),
    sa.Column("left", sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
    sa.PrimaryKeyConstraint("chat_id", "kind"),
)
sa.Table(
    "lease",
    tables,
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("holder", sa.String(), nullable=False),
    sa.Column("until", UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint("name"),
)
sa.Table(
    "credential",
    tables,
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("sealed", sa.String(), nullable=False),
    sa.Column("expires_at", UTCDateTime(), nullable=False),
    sa.Column("refreshing_until", UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint("name"),
)
sa.Table(
    "nonce",
    tables,
    sa.Column("value", sa.String(), nullable=False),
    sa.Column("seen_at", UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint("value"),
    sa.Index("ix_nonce_seen_at", "seen_at"),
)
sa.Table(
    "code",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("word", sa.String(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=True),
    sa.Column("person_id", sa.Integer(), nullable=True),
    sa.Column("chat_id", sa.Integer(), nullable=True),
    sa.Column("expires_at", UTCDateTime(), nullable=True),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("word"),
    sa.Index("ix_code_community_id", "community_id"),
    sa.Index("ix_code_person_id", "person_id"),
)


def upgrade() -> None:
    new = [table for table in tables.sorted_tables if table.name not in EARLIER]
    tables.create_all(op.get_bind(), tables=new)
    only = sa.text("state = 'shut'")
    op.create_index("outbox_shut", "outbox", ["chat_id"], sqlite_where=only, postgresql_where=only)
    with op.batch_alter_table("pending") as pending:
        pending.add_column(sa.Column("asked_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("chat_id", sa.Integer(), nullable=True))
        member.create_foreign_key("member_chat_id_fkey", "chat", ["chat_id"], ["id"])
        member.create_index("ix_member_chat_id", ["chat_id"])
