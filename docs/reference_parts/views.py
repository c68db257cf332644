"""The views of a record and their columns."""

from __future__ import annotations

from readout.exports.describing import queries, views

_HEAD = """# Views for SQL

A record is one SQLite file, or a PostgreSQL database: beside its tables it has these views, with what answers questions, a row
each. They leave out what people rejected, older versions, what was withdrawn, and articles under embargo (until a day after it is
over). Names of several are joined by `; `, in their order. [Exports](exports.md#the-record-itself-in-sql) says how DuckDB and
Datasette open them. Made from the code by `python docs/reference.py`.
"""


_QUERIES = """## Questions that are ready

Datasette shows these, by the metadata that `readout export datasette-metadata` writes. They are in the SQL of SQLite, and other
programs can send them as well; `:name` is a value that is asked for: where it is empty, everything answers.
"""


def written() -> str:
    """The page as the code has it."""
    return f"{_HEAD}\n{views().replace('### ', '## ')}\n\n{_QUERIES}\n{queries()}\n"
