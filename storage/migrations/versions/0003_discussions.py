"""Discussions, their meetings and answers, the school calendar."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

tables = sa.MetaData()

# Made by an earlier migration; named here so that foreign keys find them.
sa.Table("community", tables, sa.Column("id", sa.Integer(), primary_key=True))
sa.Table("person", tables, sa.Column("id", sa.Integer(), primary_key=True))
EARLIER = {"person", "community"}

sa.Table(
    "calendar_day",
    tables,
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("community_id", "day"),
)
sa.Table(
    "discussion",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("place", sa.String(), nullable=False),
    sa.Column("zone", sa.String(), nullable=False),
    sa.Column("starts_on", sa.Date(), nullable=False),
    sa.Column("clock", sa.Time(), nullable=False),
    sa.Column("minutes", sa.Integer(), nullable=True),
    sa.Column("rrule", sa.String(), nullable=False),
    sa.Column("parity", sa.Integer(), nullable=True),
    sa.Column("until", sa.Date(), nullable=True),
    sa.Column("until_week", sa.Integer(), nullable=True),
    sa.Column("count", sa.Integer(), nullable=True),
    sa.Column("seats", sa.Integer(), nullable=True),
    sa.Column("exceptions", sa.JSON(), nullable=False),
    sa.Column("bells", sa.JSON(), nullable=False),
    sa.Column("status", sa.String(), nullable=False),
    sa.Column("moves_meeting", sa.Integer(), nullable=True),
    sa.Column("moves_series", sa.Integer(), nullable=True),
    sa.Column("created_by", sa.Integer(), nullable=True),
    sa.Column("created_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(["created_by"], ["person.id"], ondelete="SET NULL"),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "meeting",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("discussion_id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("slot", UTCDateTime(), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("starts_at", UTCDateTime(), nullable=False),
    sa.Column("ends_at", UTCDateTime(), nullable=False),
    sa.Column("status", sa.String(), nullable=False),
    sa.Column("moved", sa.Boolean(), nullable=False),
    sa.Column("holiday", sa.String(), nullable=False),
    sa.Column("known", sa.String(), nullable=False),
    sa.Column("sequence", sa.Integer(), nullable=False),
    sa.Column("outcome", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(
        ["discussion_id"],
        ["discussion.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("discussion_id", "slot"),
)
sa.Table(
    "rsvp",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("meeting_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("answer", sa.String(), nullable=False),
    sa.Column("waiting", sa.Boolean(), nullable=False),
    sa.Column("remind", sa.Boolean(), nullable=False),
    sa.Column("answered_at", UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(
        ["meeting_id"],
        ["meeting.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("meeting_id", "person_id"),
)


def upgrade() -> None:
    tables.create_all(op.get_bind(), [table for table in tables.sorted_tables if table.name not in EARLIER])
    op.create_index("ix_discussion_community_id", "discussion", ["community_id"], unique=False)
    op.create_index("ix_discussion_created_by", "discussion", ["created_by"], unique=False)
    op.create_index("meeting_coming", "meeting", ["community_id", "starts_at"], unique=False)
    op.create_index("ix_rsvp_person_id", "rsvp", ["person_id"], unique=False)
