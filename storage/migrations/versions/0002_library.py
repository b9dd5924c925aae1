"""What teachers share, and how it is found again."""

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

tables = sa.MetaData()

# Made by an earlier migration; named here so that foreign keys find them.
sa.Table("community", tables, sa.Column("id", sa.Integer(), primary_key=True))
sa.Table("person", tables, sa.Column("id", sa.Integer(), primary_key=True))
EARLIER = {"person", "community"}

sa.Table(
    "search_block",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.BigInteger(), nullable=False),
    sa.Column("newest", sa.BigInteger(), nullable=False),
    sa.Column("entries", sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "search_entry",
    tables,
    sa.Column("community_id", sa.BigInteger(), nullable=False),
    sa.Column("entry_id", sa.BigInteger(), nullable=False),
    sa.Column("text", sa.String(), nullable=False),
    sa.Column("block", sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint("community_id", "entry_id"),
    sqlite_with_rowid=False,
)
sa.Table(
    "search_gram",
    tables,
    sa.Column("block", sa.Integer(), nullable=False),
    sa.Column("gram", sa.BigInteger(), nullable=False),
    sa.Column("places", sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint("block", "gram"),
    sqlite_with_rowid=False,
)
sa.Table(
    "resource",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("address", sa.String(), nullable=False),
    sa.Column("file", sa.String(), nullable=False),
    sa.Column("platform", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("titled", sa.Boolean(), nullable=False),
    sa.Column("note", sa.String(), nullable=False),
    sa.Column("subject", sa.String(), nullable=False),
    sa.Column("grade", sa.String(), nullable=False),
    sa.Column("unit", sa.Integer(), nullable=True),
    sa.Column("keywords", sa.String(), nullable=False),
    sa.Column("week", sa.Integer(), nullable=True),
    sa.Column("monday", sa.Date(), nullable=False),
    sa.Column("shared_at", UTCDateTime(), nullable=False),
    sa.Column("hidden", sa.Boolean(), nullable=False),
    sa.Column("checked_at", UTCDateTime(), nullable=True),
    sa.Column("failures", sa.Integer(), nullable=False),
    sa.Column("asked", sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("community_id", "key"),
)
sa.Table(
    "resource_credit",
    tables,
    sa.Column("resource_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("resource_id", "person_id"),
)
sa.Table(
    "resource_lookup",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("words", sa.String(), nullable=False),
    sa.Column("begins", sa.JSON(), nullable=False),
    sa.Column("at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "resource_offer",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("person_id", sa.Integer(), nullable=False),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.Column("at", UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(
        ["person_id"],
        ["person.id"],
    ),
    sa.PrimaryKeyConstraint("id"),
)
sa.Table(
    "resource_tag",
    tables,
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("resource_id", sa.Integer(), nullable=False),
    sa.Column("community_id", sa.Integer(), nullable=False),
    sa.Column("tag", sa.String(), nullable=False),
    sa.Column("folded", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id"],
        ["community.id"],
    ),
    sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("resource_id", "folded"),
)


def upgrade() -> None:
    tables.create_all(op.get_bind(), [table for table in tables.sorted_tables if table.name not in EARLIER])
    op.create_index("search_block_newest", "search_block", ["community_id", "newest"], unique=False)
    op.create_index(
        "search_entry_loose",
        "search_entry",
        ["community_id", "entry_id"],
        unique=False,
        sqlite_where=sa.text("block IS NULL"),
        postgresql_where=sa.text("block IS NULL"),
    )
    op.create_index("resource_subject", "resource", ["community_id", "subject"], unique=False)
    op.create_index("resource_week", "resource", ["community_id", "monday"], unique=False)
    op.create_index("ix_resource_credit_person_id", "resource_credit", ["person_id"], unique=False)
    op.create_index("ix_resource_lookup_at", "resource_lookup", ["at"], unique=False)
    op.create_index("ix_resource_lookup_person_id", "resource_lookup", ["person_id"], unique=False)
    op.create_index("ix_resource_offer_at", "resource_offer", ["at"], unique=False)
    op.create_index("ix_resource_offer_person_id", "resource_offer", ["person_id"], unique=False)
    op.create_index("resource_tag_folded", "resource_tag", ["community_id", "folded"], unique=False)
