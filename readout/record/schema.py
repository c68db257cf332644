"""The tables of a record, the same on SQLite and PostgreSQL.

A **document** is a piece of news over time; an **article** is one version of it, exactly as it came; a **reading** is what one
version of Readout made of one article; events, statements and figures are the **claims** of a reading. Nothing that was read is
ever overwritten: a newer version, a newer reading and a correction stand beside what was there, and `live` says which of them
answers questions.

Keys are whole numbers given out by the writer inside its transaction, so that the same articles added in the same order make the
same rows whatever happened in between. Moments are ISO 8601 in UTC, days are ISO dates, both as text: they sort as they should,
and a day that is not known is null and no invented one.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

#: `live` of a reading and of a claim: HIDDEN was read by an older reader or put aside by a correction; REPLACED stands, but in a
#: version of the article that a newer one replaced or its publisher withdrew; LIVE answers questions.
HIDDEN, REPLACED, LIVE = 0, 1, 2

metadata = MetaData()


def _key(name: str = "id") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _to(table: str, *, index: bool = True, null: bool = False) -> Column[int]:
    return Column(f"{table}_id", Integer, ForeignKey(f"{_PLURAL[table]}.id"), nullable=null, index=index)


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, Text, nullable=null)


_PLURAL = {
    "batch": "batches", "document": "documents", "article": "articles", "reader": "readers", "reading": "readings",
    "correction": "corrections",
}  # fmt: skip

#: One run that wrote: what was asked, and what came of it.
batches = Table(
    "batches",
    metadata,
    _key(),
    _text("command", null=False),
    _text("started", null=False),
    _text("ended"),
    Column("added", Integer, nullable=False, default=0),
    Column("skipped", Integer, nullable=False, default=0),  # already in the record
    Column("problems", Integer, nullable=False, default=0),
    Column("forgotten", Integer, nullable=False, default=0),
)

#: A piece of news over time: all articles of one `key` are its versions.
documents = Table(
    "documents",
    metadata,
    _key(),
    Column("key", Text, nullable=False, unique=True),
)

#: One version of a document, exactly as it came but for its text, which its reading holds to the letter.
articles = Table(
    "articles",
    metadata,
    _key(),
    Column("content_id", Text, nullable=False, unique=True),
    _to("document"),
    _to("batch"),
    Column("number", Integer, nullable=False),  # the document's first version is 1
    _text("given_id"),
    _text("source_id"),
    _text("version"),
    _text("status", null=False),
    _text("embargoed"),
    _text("note"),
    _text("title"),
    _text("url"),
    _text("publisher"),
    _text("byline"),  # JSON list
    _text("published"),
    _text("published_from"),
    _text("updated"),
    Column("keep_text", Boolean, nullable=False),
    _text("name", null=False),
    _text("added", null=False),
    _text("known", null=False),  # the moment from which this version was known
    _text("replaced"),  # the moment from which a newer version or a withdrawal was known
    Column("current", Boolean, nullable=False),
    Index("articles_known", "known"),
)

#: What made readings: versions of Readout, of its language pipeline and of what it knows.
readers = Table(
    "readers",
    metadata,
    _key(),
    _text("version", null=False),
    _text("model", null=False),
    _text("knowledge", null=False),
    UniqueConstraint("version", "model", "knowledge"),
)

#: What one reader made of one article. `report` is the whole report but its text: JSON, compressed with zlib.
readings = Table(
    "readings",
    metadata,
    _key(),
    _to("article"),
    _to("reader"),
    _text("report_id", null=False),
    _text("made", null=False),
    Column("live", SmallInteger, nullable=False),
    _text("title"),
    _text("url"),
    _text("publisher"),
    _text("agency"),
    _text("published"),
    _text("published_from"),
    Column("words", Integer, nullable=False),
    _text("text", null=False),
    Column("report", LargeBinary, nullable=False),
    UniqueConstraint("article_id", "reader_id"),
    Index("readings_report", "report_id"),
    Index("readings_published", "live", "published", "id"),
)

#: What could not be read, or only in part, and why.
problems = Table(
    "problems",
    metadata,
    _key(),
    _to("batch"),
    _to("article", null=True),
    _to("reading", null=True),
    _text("name", null=False),
    _text("stage", null=False),
    _text("message", null=False),
    Index("problems_name", "name"),
)

#: The actors of a reading. `key` is the same for the same actor in every report: the registry's id, else one made of the name.
actors = Table(
    "actors",
    metadata,
    _key(),
    _to("reading"),
    Column("idx", Integer, nullable=False),
    _text("key", null=False),
    _text("name", null=False),
    _text("kind", null=False),
    _text("country"),
    _text("sectors"),  # JSON list
    _text("role"),
    _text("affiliation"),
    Column("mentions", Integer, nullable=False),
    Column("live", SmallInteger, nullable=False),
    Index("actors_key", "key", "live"),
)

#: The names under which actors were met, in the form in which names are compared.
actor_names = Table(
    "actor_names",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Index("actor_names_key", "key"),
)

#: The places of a reading. `key` is the same for the same place in every report.
places = Table(
    "places",
    metadata,
    _key(),
    _to("reading"),
    Column("idx", Integer, nullable=False),
    _text("key", null=False),
    _text("name", null=False),
    _text("folded", null=False),
    _text("kind", null=False),
    _text("country"),
    _text("admin1"),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonames_id", Integer),
    _text("territory"),
    Column("mentions", Integer, nullable=False),
    Column("live", SmallInteger, nullable=False),
    Index("places_key", "key", "live"),
    Index("places_folded", "folded"),
)


def _claim() -> list[Column[int] | Column[str] | Column[float] | Column[bool]]:
    """The columns that all kinds of claims have, before those of their own."""
    return [
        _key(),
        _to("reading"),
        _to("article"),
        Column("idx", Integer, nullable=False),  # in the report's list; after it for what a correction made
        _text("code", null=False),  # the same for the same claim in every reading of the article
        Column("live", SmallInteger, nullable=False),
        _text("review"),  # what a person said of it: confirmed, rejected, edited, added, merged, split
        _to("correction", null=True),  # the correction that made it; null for what was read
        _text("published"),  # the day of the report
        _text("publisher"),
        Column("sentence", Integer, nullable=False),
        Column("start", Integer, nullable=False),  # the span in the reading's text
        Column("end", Integer, nullable=False),
        _text("quote", null=False),  # the sentence
    ]


#: Who did what to whom. `day` is where an event stands in time: its date's first day, else the day of the report.
events = Table(
    "events",
    metadata,
    *_claim(),
    _text("type", null=False),
    _text("mode"),
    _text("act_type", null=False),
    _text("act_mode"),
    _text("status", null=False),
    Column("quad", Integer, nullable=False),
    _text("cameo"),
    _text("contexts"),  # JSON list
    _text("day"),
    _text("date_start"),
    _text("date_end"),
    Column("news", Boolean, nullable=False),
    _text("rule", null=False),
    Column("confidence", Float, nullable=False),
    Index("events_day", "live", "day", "id"),
    Index("events_type", "type", "live", "day", "id"),
    Index("events_status", "status", "live", "day", "id"),
    Index("events_published", "live", "published", "id"),
    Index("events_code", "article_id", "code"),
)

#: Who stands where in a claim: `side` is actor, recipient or source (on whose word) of an event, speaker or addressee of a
#: statement, source of a figure. `claim` names the table.
parties = Table(
    "parties",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("claim_id", Integer, primary_key=True),
    Column("side", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("actor", Integer),  # its index in the report; null for what a correction brought
    _text("key", null=False),
    _text("name", null=False),
    _text("country"),
    Column("cue_start", Integer),  # the words that say on whose word
    Column("cue_end", Integer),
    Index("parties_key", "key", "claim", "side", "claim_id"),
    Index("parties_country", "country", "claim", "claim_id"),
)

#: Where a claim takes place: an event's places, a figure's.
claim_places = Table(
    "claim_places",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("claim_id", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("place", Integer),  # its index in the report; null for what a correction brought
    _text("key", null=False),
    _text("name", null=False),
    _text("country"),
    Index("claim_places_key", "key", "claim", "claim_id"),
    Index("claim_places_country", "country", "claim", "claim_id"),
)

#: The figures that size an event.
event_figures = Table(
    "event_figures",
    metadata,
    Column("event_id", Integer, ForeignKey("events.id"), primary_key=True),
    Column("figure_id", Integer, ForeignKey("figures.id"), primary_key=True),
    Index("event_figures_figure", "figure_id"),
)

#: Who said what.
statements = Table(
    "statements",
    metadata,
    *_claim(),
    _text("kind", null=False),
    _text("sourcing"),
    _text("channel"),
    _text("cue"),
    _text("content", null=False),
    _text("day"),
    Index("statements_day", "live", "day", "id"),
    Index("statements_code", "article_id", "code"),
)

#: What was counted, by whom and until when.
figures = Table(
    "figures",
    metadata,
    *_claim(),
    _text("kind", null=False),
    Column("value", Float, nullable=False),
    Column("low", Float),
    Column("high", Float),
    _text("bound", null=False),
    _text("unit"),
    _text("measure"),
    _text("population"),
    _text("since"),
    _text("as_of"),
    _text("day"),
    Index("figures_day", "live", "day", "id"),
    Index("figures_measure", "measure", "live", "day", "id"),
    Index("figures_code", "article_id", "code"),
)

#: What people said of claims, as they said it: the log from which what answers is worked out. Nothing is ever taken out of it.
corrections = Table(
    "corrections",
    metadata,
    _key(),
    _text("at", null=False),
    _text("by", null=False),
    _text("why"),
    _text("action", null=False),  # confirm, reject, edit, add, merge, split, undo
    _text("claim", null=False),  # events, statements, figures
    _to("article"),
    _text("targets", null=False),  # JSON list: where the claims stand and what they were
    _text("made", null=False),  # JSON list: the values of what the correction makes
    Column("undoes", Integer, ForeignKey("corrections.id"), index=True),
)

#: Where the words of a claim that a correction made stand in its reading's text: `kind` is "further" (where it is told again) or
#: "content" (what is said). A claim that was read has them in its report.
made_spans = Table(
    "made_spans",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("claim_id", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

#: The last number that a table has given out, for tables from which rows were taken: no number is ever given out twice.
last_numbers = Table(
    "last_numbers",
    metadata,
    Column("table", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

#: Feeds and pages that are watched, and how they do.
sources = Table(
    "sources",
    metadata,
    _key(),
    Column("url", Text, nullable=False, unique=True),
    _text("title"),
    _text("added", null=False),
    _text("state", null=False),  # JSON: validators, failures, next time
    Column("looks", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),  # looks that failed
    Column("articles", Integer, nullable=False, default=0),  # that were new
    Column("problems", Integer, nullable=False, default=0),  # items that could not be read
)

#: Claims by the name of their table, which is what people ask for.
CLAIMS: dict[str, Table] = {"events": events, "statements": statements, "figures": figures}
