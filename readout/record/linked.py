"""The tables of what shows across reports, as the last linking found it: copies, and groups of reports and claims with their members.

All of it can be made anew from the reports and from what people decided (`decisions`), which alone is kept for good. Rows are known by
what they are of, and have no numbers of their own: the same reports and decisions make the same rows, in whatever order they came.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from readout.record import schema

metadata = MetaData()


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _reading(name: str = "reading_id", *, key: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(schema.readings.c.id), nullable=False, primary_key=key, autoincrement=False)


#: Two readings of which one is made from the words of the other, from the earlier to the later.
links = Table(
    "links",
    metadata,
    _reading("first_id", key=True),
    _reading("second_id", key=True),
    _text("kind"),  # identical, edited_copy, update, correction
    _text("rule"),
    Column("score", Float, nullable=False),
    _text("reasons"),  # JSON list
    Index("links_second", "second_id"),
)

#: Reports or claims that belong together. `kind` is story, incident, ledger, …; `key` is the group's stable id. `body` is the whole as
#: JSON, compressed with zlib; `digest` tells whether anything of the group or its members is other than it was.
groups = Table(
    "linked_groups",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("title"),
    _text("start"),  # the first and the last day
    _text("end"),
    Column("reports", Integer, nullable=False),
    Column("sources", Integer, nullable=False),  # that are independent
    Column("members", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _text("digest"),
    Index("linked_groups_reports", "kind", "reports", "end", "key"),
    Index("linked_groups_sources", "kind", "sources", "end", "key"),
    Index("linked_groups_start", "kind", "start", "key"),
    Index("linked_groups_end", "kind", "end", "key"),
)

#: What is in a group, and why: a reading, and the claim of it where the group is one of claims.
members = Table(
    "linked_members",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    _reading(),
    _text("claim", null=True),  # events, statements, figures
    Column("claim_id", Integer),
    Column("score", Float),
    _text("rule"),
    _text("reasons"),  # JSON list
    ForeignKeyConstraint(["kind", "key"], [groups.c.kind, groups.c.key]),
    Index("linked_members_reading", "reading_id", "kind"),
    Index("linked_members_claim", "claim", "claim_id"),
)

#: The readings that the groups and links were made from, as they stand. A live reading that is not here is not linked.
linked_readings = Table("linked_readings", metadata, _reading(key=True))

#: One run of linking: what it was of, and what came of it.
linkings = Table(
    "linkings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("scope"),  # full, part, blocks
    _text("started"),
    _text("ended"),
    Column("reports", Integer, nullable=False),  # that were looked at
    Column("new", Integer, nullable=False),  # of these, that were not linked
    _text("counts"),  # JSON object: links, and groups of each kind, that the record has then
    _text("version"),  # of Readout
)

#: What people decided: that two claims or reports belong together, or that they do not. `first` and `second` say which (JSON), in terms
#: that hold in every reading of their articles.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("by"),
    _text("why", null=True),
    _text("kind"),  # incident, story, copy
    Column("together", Boolean, nullable=False),
    Column("first_article", Integer, ForeignKey(schema.articles.c.id), nullable=False, index=True),
    Column("second_article", Integer, ForeignKey(schema.articles.c.id), nullable=False, index=True),
    _text("first"),
    _text("second"),
    _text("undone_at", null=True),
    _text("undone_by", null=True),
    _text("undone_why", null=True),
)


def make_tables(connection: Connection) -> None:
    """Makes the tables, as a migration does."""
    metadata.create_all(connection)
