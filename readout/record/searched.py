"""The table of searches that people saved, each under a name, and where what is new in them is sent."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text

metadata = MetaData()

searches = Table(
    "saved_searches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # of what list: events, statements, figures, reports
    Column("query", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("webhook", Text),  # where what is new is sent, null for nowhere
    Column("secret", Text),  # what it is signed with
    Column("sent", Integer, nullable=False),  # the number of the last article whose answers were sent
    Column("failures", Integer, nullable=False),  # runs in a row in which nothing could be sent
    Column("tried", Text),  # when it was sent to last
    Column("error", Text),  # what was wrong then
)


def make_searches(connection: Connection) -> None:
    """Makes the table, as a migration does."""
    metadata.create_all(connection)
