"""Views of a record for those who look at it with SQL: Datasette, DuckDB, psql. What answers questions, a row each, names joined.

A view shows what is live: the newest version of each piece of news as the newest reader read it, without claims that people rejected, and
without articles whose embargo ended less than a day ago, or is none that could be read as a date. Lists are joined by "; " in their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from readout.record.schema import LIVE

_LIST = "; "


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: its name, what it says, and the SQL that makes it; `{list}` and `{date}` stand for what the database calls it."""

    name: str
    about: str
    sql: str


@dataclass(frozen=True, slots=True)
class View:
    """A view: what a row is, of which table, and its columns."""

    name: str
    about: str
    table: str
    columns: tuple[ViewColumn, ...]


def _party(claim: str, side: str, column: str) -> str:
    return f"@parties({claim},{side},{column})"


def _sides(claim: str, side: str, name: str, about: str) -> tuple[ViewColumn, ...]:
    return (
        ViewColumn(f"{name}s", f"{about}: names", _party(claim, side, "name")),
        ViewColumn(f"{name}_keys", f"{about}: keys, the same in every report", _party(claim, side, "key")),
        ViewColumn(f"{name}_countries", f"{about}: states, ISO 3166 alpha-3", _party(claim, side, "country")),
    )


def _where(claim: str) -> tuple[ViewColumn, ...]:
    return (
        ViewColumn("places", "where: names", f"@places({claim},name)"),
        ViewColumn("place_keys", "where: keys, the same in every report", f"@places({claim},key)"),
        ViewColumn("place_countries", "where: states, ISO 3166 alpha-3", f"@places({claim},country)"),
        ViewColumn("place_kind", "what the first place is: city, admin1, country, …", f"@place({claim},kind)"),
        ViewColumn(
            "latitude",
            "of the first place, degrees; of a state or region a point in its middle",
            f"@place({claim},lat)",
        ),
        ViewColumn("longitude", "the same", f"@place({claim},lon)"),
    )


def _own(name: str, about: str, sql: str | None = None) -> ViewColumn:
    return ViewColumn(name, about, sql or f"c.{name}")


_REPORT = (
    _own("report", "the report's id", "r.report_id"),
    _own("published", "its day, ISO"),
    _own("publisher", "who printed it"),
    _own("agency", "the agency that wrote it", "r.agency"),
    _own("title", "the article's title", "r.title"),
    _own("url", "its address", "r.url"),
    _own("quote", "the sentence"),
    _own("sentence", "its index in the report, from 0; -1 where it is in none"),
    _own("span_start", "where the claim's words begin in the report's text, in code points", 'c."start"'),
    _own("span_end", "where they end", 'c."end"'),
    _own("review", "what people said of it; null where nobody did"),
    _own("code", "the same for the same claim in every reading of the article"),
    _own("article", "number of the article's version", "c.article_id"),
    _own("version", "which version of the piece of news, from 1", "a.number"),
    _own("document", "number of the piece of news", "a.document_id"),
    _own("reading", "number of the reading", "c.reading_id"),
)

VIEWS: tuple[View, ...] = (
    View(
        "events_view",
        "Who did what to whom, as each report has it. Mind status: what is planned or denied is here too.",
        "events",
        (
            _own("id", "the event's number in the record"),
            _own("day", "its first day, else the day of the report; ISO"),
            _own("date_start", "the first day of its date"),
            _own("date_end", "the last day of its date"),
            _own("type", "PLOVER type"),
            _own("mode", "PLOVER mode"),
            _own("act_type", "type of the act below a promise, threat, refusal"),
            _own("act_mode", "its mode"),
            _own("status", "whether it happened: occurred, planned, denied, …"),
            _own("quad", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
            _own("cameo", "CAMEO code; text, for its leading zero"),
            _own("contexts", "what the text around it is about; JSON list"),
            *_sides("events", "actor", "actor", "who does it"),
            *_sides("events", "recipient", "recipient", "to whom"),
            *_sides("events", "source", "source", "on whose word, outermost first"),
            *_where("events"),
            _own("killed", "the largest number of people killed that sizes it", "@toll(killed)"),
            _own("injured", "the same of those injured", "@toll(injured)"),
            _own("news", "brought as new"),
            _own("confidence", "0 to 1"),
            _own("rule", "the knowledge entry that recognised it"),
            *_REPORT,
        ),
    ),
    View(
        "statements_view",
        "Who said what.",
        "statements",
        (
            _own("id", "the statement's number in the record"),
            _own("day", "when it was made, else the day of the report; ISO"),
            *_sides("statements", "speaker", "speaker", "who speaks"),
            *_sides("statements", "addressee", "addressee", "to whom"),
            _own("kind", "direct, indirect, mixed"),
            _own("sourcing", "named, official, institutional, anonymous, hearsay"),
            _own("channel", "interview, post, …"),
            _own("cue", "the word for saying it"),
            _own("content", "what is said"),
            *_REPORT,
        ),
    ),
    View(
        "figures_view",
        "What was counted, by whom and until when.",
        "figures",
        (
            _own("id", "the figure's number in the record"),
            _own("day", "until when was counted, else the day of the report; ISO"),
            _own("value", "the number"),
            _own("low", "the least that it can mean; null where open"),
            _own("high", "the most that it can mean; null where open"),
            _own("bound", "exact, about, more_than, less_than, at_least, at_most, range"),
            _own("kind", "count, ordinal, share, money, quantity"),
            _own("unit", "people, percent, USD, …"),
            _own("measure", "what happened to those counted: killed, injured, …"),
            _own("population", "who is counted, in the words of the report"),
            _own("since", "counted since; ISO"),
            _own("as_of", "counted until; ISO"),
            *_sides("figures", "source", "source", "who counted"),
            *_where("figures"),
            *_REPORT,
        ),
    ),
    View(
        "reports_view",
        "Reports, each the newest version of its piece of news.",
        "readings",
        (
            _own("report", "the report's id", "c.report_id"),
            _own("published", "its day, ISO"),
            _own("title", "the article's title"),
            _own("publisher", "who printed it"),
            _own("agency", "the agency that wrote it"),
            _own("url", "its address"),
            _own("known", "the moment from which this version was known, ISO, UTC", "a.known"),
            _own("version", "which version of the piece of news, from 1", "a.number"),
            _own("words", "the length of its text, in words"),
            _own("events", "how many events were read in it", "@count(events)"),
            _own("statements", "how many statements", "@count(statements)"),
            _own("figures", "how many figures", "@count(figures)"),
            _own("text", "the article's own words"),
            _own("reading", "number of the reading", "c.id"),
            _own("article", "number of the article's version", "c.article_id"),
            _own("document", "number of the piece of news", "a.document_id"),
        ),
    ),
)


def make_views(connection: Connection) -> None:
    """Makes the views, in the manner of the record's database."""
    for view in VIEWS:
        connection.execute(text(f"DROP VIEW IF EXISTS {view.name}"))
        connection.execute(text(view_sql(view, postgresql=connection.dialect.name == "postgresql")))


def view_sql(view: View, *, postgresql: bool) -> str:
    """The statement that makes a view."""
    columns = ",\n  ".join(f"{_sql(column.sql, postgresql)} AS {column.name}" for column in view.columns)
    claim = view.table != "readings"
    joins = "JOIN readings r ON r.id = c.reading_id JOIN" if claim else "JOIN"
    today = (
        "to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYY-MM-DD')" if postgresql else "date('now', '-1 day')"
    )
    over = f"(a.embargoed LIKE '____-__-__%' AND substr(a.embargoed, 1, 10) < {today})"
    rejected = " AND coalesce(c.review, '') <> 'rejected'" if claim else ""
    return (
        f"CREATE VIEW {view.name} AS SELECT\n  {columns}\nFROM {view.table} c {joins} articles a ON a.id = c.article_id\n"
        f"WHERE c.live = {LIVE}{rejected} AND (a.embargoed IS NULL OR {over})"
    )


def _sql(sql: str, postgresql: bool) -> str:
    """A column's SQL, with what stands for a select from another table written out."""
    if not sql.startswith("@"):
        return sql
    name, _, rest = sql[1:].rstrip(")").partition("(")
    arguments = rest.split(",")
    return _MADE[name](postgresql, *arguments)


def _joined(postgresql: bool, column: str, source: str) -> str:
    value = f"coalesce({column}, '')"
    if postgresql:
        return f"(SELECT string_agg({value}, '{_LIST}' ORDER BY n) FROM {source})"  # noqa: S608 - our own
    return f"(SELECT group_concat(one, '{_LIST}') FROM (SELECT {value} AS one FROM {source} ORDER BY n))"  # noqa: S608 - our own


def _parties(postgresql: bool, claim: str, side: str, column: str) -> str:
    return _joined(
        postgresql, column, f"parties p WHERE p.claim = '{claim}' AND p.claim_id = c.id AND p.side = '{side}'"
    )


def _places(postgresql: bool, claim: str, column: str) -> str:
    return _joined(postgresql, column, f"claim_places p WHERE p.claim = '{claim}' AND p.claim_id = c.id")


def _place(postgresql: bool, claim: str, column: str) -> str:
    return (
        f"(SELECT q.{column} FROM claim_places p JOIN places q ON q.reading_id = c.reading_id AND q.key = p.key"  # noqa: S608 - our own
        f" WHERE p.claim = '{claim}' AND p.claim_id = c.id ORDER BY p.n, q.idx LIMIT 1)"
    )


def _toll(postgresql: bool, measure: str) -> str:
    # A cross join is made in the order in which it is written: the few figures of an event first, and not all of the measure.
    linked = "event_figures l CROSS JOIN figures f WHERE f.id = l.figure_id AND l.event_id = c.id"
    standing = f"f.live = {LIVE} AND coalesce(f.review, '') <> 'rejected'"
    return f"(SELECT max(f.value) FROM {linked} AND f.measure = '{measure}' AND {standing})"  # noqa: S608 - our own


def _count(postgresql: bool, table: str) -> str:
    standing = f"k.live = {LIVE} AND coalesce(k.review, '') <> 'rejected'"
    return f"(SELECT count(*) FROM {table} k WHERE k.reading_id = c.id AND {standing})"  # noqa: S608 - our own


_MADE: dict[str, Callable[..., str]] = {
    "parties": _parties,
    "places": _places,
    "place": _place,
    "toll": _toll,
    "count": _count,
}
