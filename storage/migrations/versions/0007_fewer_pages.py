"""A message touches fewer pages: indexes hold only what is looked for in them."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CARD = sa.Table(
    "card",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("chat_id", sa.Integer(), sa.ForeignKey("chat.id"), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("message_id", sa.String(), nullable=True),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("chat_id", "name"),
)
CREDIT = sa.Table(
    "resource_credit",
    sa.MetaData(),
    sa.Column(
        "resource_id", sa.Integer(), sa.ForeignKey("resource.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
    sa.Column("at", UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint("resource_id", "person_id"),
    sa.Index("ix_resource_credit_person_id", "person_id"),
    sqlite_with_rowid=False,
)
INDEXES = {
    "outbox_chat": ("outbox", ["chat_id", "priority", "id"], "state = 'open' OR state = 'sending'"),
    "outbox_later": ("outbox", ["not_before"], "state = 'open' AND not_before > created_at"),
    "outbox_sent": ("outbox", ["chat_id", "sent_at"], "sent_at IS NOT NULL"),
    "outbox_day": ("outbox", ["chat_id", "not_before"], "priority = 5"),
    "inbox_raw": ("inbox", ["received_at"], "raw IS NOT NULL"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # There a constraint goes, and a table is laid out otherwise, only by making the table anew.
        for table in (CARD, CREDIT):
            with op.batch_alter_table(table.name, recreate="always", copy_from=table):
                pass
    else:
        op.drop_constraint("card_chat_id_message_id_key", "card")
    known = sa.text("message_id IS NOT NULL")
    op.create_index(
        "card_message",
        "card",
        ["chat_id", "message_id"],
        unique=True,
        sqlite_where=known,
        postgresql_where=known,
    )
    for name in ("outbox_chat", "outbox_later", "outbox_sent", "outbox_under_way"):
        op.drop_index(name, "outbox")
    op.drop_index("ix_inbox_received_at", "inbox")
    for name, (table_name, columns, condition) in INDEXES.items():
        only = sa.text(condition)
        op.create_index(name, table_name, columns, sqlite_where=only, postgresql_where=only)
