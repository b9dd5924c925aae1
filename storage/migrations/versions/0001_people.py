"""People, chats, what comes in and goes out, due moments, the log."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

tables = sa.MetaData()

sa.Table(
    "bucket",
    tables,
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("tat", UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint("key"),
)
sa.Table(
    "community",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("language", sa.String(), nullable=False),
    sa.Column("zone", sa.String(), nullable=False),
    sa.Column("country", sa.String(), nullable=False),
    sa.Column("term_start", sa.Date(), nullable=True),
    sa.Column("term_weeks", sa.Integer(), nullable=False),
    sa.Column("quiet_from", sa.Time(), nullable=False),
    sa.Column("quiet_to", sa.Time(), nullable=False),
    sa.Column("bells", sa.JSON(), nullable=False),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "inbox",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("platform", sa.String(), nullable=False),
    sa.Column("account", sa.String(), nullable=False),
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("state", sa.String(), nullable=False),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("raw", sa.LargeBinary(), nullable=True),
    sa.Column("error", sa.String(), nullable=True),
    sa.Column("received_at", UTCDateTime(), nullable=False),
    sa.Column("next_try_at", UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("platform", "account", "key"),
)
sa.Table(
    "person",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("language", sa.String(), nullable=True),
    sa.Column("zone", sa.String(), nullable=True),
    sa.Column("community_id", sa.Integer(), nullable=True),
    sa.Column("muted_until", UTCDateTime(), nullable=True),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "schedule",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("ref_id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=True),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.Column("next_at", UTCDateTime(), nullable=True),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "account",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("platform", sa.String(), nullable=False),
    sa.Column("address", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("username", sa.String(), nullable=True),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("platform", "address"),
)
sa.Table(
    "change",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=True),
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.Column("at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "chat",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("platform", sa.String(), nullable=False),
    sa.Column("address", sa.String(), nullable=False),
    sa.Column("private", sa.Boolean(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("language", sa.String(), nullable=True),
    sa.Column("active", sa.Boolean(), nullable=False),
    sa.Column("thread", sa.String(), nullable=True),
    sa.Column("community_id", sa.Integer(), nullable=True),
    sa.Column("person_id", sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("platform", "address"),
)
sa.Table(
    "member",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("role", sa.Enum("ANYONE", "MEMBER", "DEPUTY", "LEADER", name="role"), nullable=False),
    sa.Column("joined_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("community_id", "person_id"),
)
sa.Table(
    "occurrence",
    tables,
    sa.Column("schedule_id", sa.Integer(), nullable=False),
    sa.Column("due_at", UTCDateTime(), nullable=False),
    sa.Column("fired_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(["schedule_id"], ["schedule.id"], ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("schedule_id", "due_at"),
)
sa.Table(
    "card",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("chat_id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("message_id", sa.String(), nullable=True),
    sa.ForeignKeyConstraint(
        ["chat_id"],
        ["chat.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("chat_id", "message_id"),
    sa.UniqueConstraint("chat_id", "name"),
)
sa.Table(
    "held",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("chat_id", sa.Integer(), nullable=False),
    sa.Column("payload", sa.JSON(), nullable=False),
    sa.Column("expires_at", UTCDateTime(), nullable=True),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["chat_id"],
        ["chat.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "job",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("route", sa.String(), nullable=False),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.Column("chat_id", sa.Integer(), nullable=True),
    sa.Column("person_id", sa.Integer(), nullable=True),
    sa.Column("state", sa.String(), nullable=False),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("not_before", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["chat_id"],
        ["chat.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sqlite_autoincrement=True,
)
sa.Table(
    "outbox",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("chat_id", sa.Integer(), nullable=False),
    sa.Column("method", sa.String(), nullable=False),
    sa.Column("payload", sa.JSON(), nullable=False),
    sa.Column("card", sa.String(), nullable=True),
    sa.Column("state", sa.String(), nullable=False),
    sa.Column("priority", sa.Integer(), nullable=False),
    sa.Column("policy", sa.String(), nullable=False),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("not_before", UTCDateTime(), nullable=False),
    sa.Column("expires_at", UTCDateTime(), nullable=True),
    sa.Column("sent_at", UTCDateTime(), nullable=True),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.Column("message_id", sa.String(), nullable=True),
    sa.Column("error", sa.String(), nullable=True),
    sa.ForeignKeyConstraint(
        ["chat_id"],
        ["chat.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("key"),
)
sa.Table(
    "pending",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("chat_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("route", sa.String(), nullable=False),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.Column("expires_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["chat_id"],
        ["chat.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("chat_id", "person_id"),
)


def upgrade() -> None:
    tables.create_all(op.get_bind())
    op.create_index(
        "inbox_open", "inbox", ["next_try_at"], unique=False, sqlite_where=sa.text("state = 'failed'")
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False)
    op.create_index("ix_schedule_community_id", "schedule", ["community_id"], unique=False)
    op.create_index("schedule_next", "schedule", ["next_at"], unique=False)
    op.create_index("schedule_of", "schedule", ["kind", "ref_id"], unique=False)
    op.create_index("ix_account_person_id", "account", ["person_id"], unique=False)
    op.create_index("ix_account_username", "account", ["username"], unique=False)
    op.create_index("ix_change_community_id", "change", ["community_id"], unique=False)
    op.create_index("ix_chat_community_id", "chat", ["community_id"], unique=False)
    op.create_index("ix_chat_person_id", "chat", ["person_id"], unique=False)
    op.create_index("ix_member_person_id", "member", ["person_id"], unique=False)
    op.create_index("ix_held_chat_id", "held", ["chat_id"], unique=False)
    op.create_index("ix_job_not_before", "job", ["not_before"], unique=False)
    op.create_index("ix_job_person_id", "job", ["person_id"], unique=False)
    op.create_index(
        "outbox_open",
        "outbox",
        ["state", "not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('open', 'sending')"),
    )
    op.create_index("outbox_sent", "outbox", ["chat_id", "sent_at"], unique=False)
    op.create_index("ix_pending_person_id", "pending", ["person_id"], unique=False)
