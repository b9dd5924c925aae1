"""Weekly prompts, reflections and digests."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

tables = sa.MetaData()

# Made by an earlier migration; named here so that foreign keys find them.
sa.Table("community", tables, sa.Column("id", sa.Integer(), primary_key=True))
sa.Table("person", tables, sa.Column("id", sa.Integer(), primary_key=True))
EARLIER = {"person", "community"}

sa.Table(
    "digest_plan",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("weekday", sa.Integer(), nullable=False),
    sa.Column("at", sa.Time(), nullable=False),
    sa.Column("wanted", sa.Boolean(), nullable=False),
    sa.Column("until", UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("community_id"),
)
sa.Table(
    "prompt",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("model", sa.String(), nullable=False),
    sa.Column("question", sa.String(), nullable=False),
    sa.Column("words", sa.String(), nullable=False),
    sa.Column("term", sa.Date(), nullable=True),
    sa.Column("week", sa.Integer(), nullable=True),
    sa.Column("asked_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "prompt_plan",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("weekday", sa.Integer(), nullable=False),
    sa.Column("at", sa.Time(), nullable=False),
    sa.Column("model", sa.String(), nullable=False),
    sa.Column("own", sa.JSON(), nullable=False),
    sa.Column("exam_weeks", sa.JSON(), nullable=False),
    sa.Column("paused", sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("community_id"),
)
sa.Table(
    "reflection",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("prompt_id", sa.Integer(), nullable=True),
    sa.Column("question", sa.String(), nullable=False),
    sa.Column("pieces", sa.JSON(), nullable=False),
    sa.Column("parts", sa.JSON(), nullable=False),
    sa.Column("visibility", sa.Enum("SELF", "EVERYBODY", name="visibility"), nullable=False),
    sa.Column("said_in", sa.String(), nullable=True),
    sa.Column("written_at", UTCDateTime(), nullable=False),
    sa.Column("changed_at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.ForeignKeyConstraint(["prompt_id"], ["prompt.id"], ondelete="SET NULL"),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "reflection_habit",
    tables,
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("asked", sa.Boolean(), nullable=False),
    sa.Column("year_ago", sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("person_id"),
)


def upgrade() -> None:
    tables.create_all(op.get_bind(), [table for table in tables.sorted_tables if table.name not in EARLIER])
    op.create_index("ix_prompt_community_id", "prompt", ["community_id"], unique=False)
    op.create_index("ix_reflection_community_id", "reflection", ["community_id"], unique=False)
    op.create_index("ix_reflection_person_id", "reflection", ["person_id"], unique=False)
    op.create_index("ix_reflection_written_at", "reflection", ["written_at"], unique=False)
