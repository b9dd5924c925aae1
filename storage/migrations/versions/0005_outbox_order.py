"""The outbox is looked through in the order in which it goes out."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = {
    "outbox_next": (["priority", "id"], "open"),
    "outbox_chat": (["chat_id", "priority", "id"], "open"),
    "outbox_later": (["not_before"], "open"),
    "outbox_under_way": (["chat_id"], "sending"),
}


def upgrade() -> None:
    op.drop_index("outbox_open", "outbox")
    for name, (columns, state) in INDEXES.items():
        only = sa.text(f"state = '{state}'")
        op.create_index(name, "outbox", columns, sqlite_where=only, postgresql_where=only)
