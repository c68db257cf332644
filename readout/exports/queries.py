"""Questions in SQL to the views of a record that are ready to be asked: Datasette shows them, and any program can send them.

They hold for SQLite; `:name` is a value that is asked for, and where it is empty, everything answers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its name, its title, what it answers, its SQL, and the names of the values that are asked for."""

    name: str
    title: str
    about: str
    sql: str
    values: tuple[str, ...] = ()


QUERIES: tuple[Query, ...] = (
    Query(
        "events_by_type_and_status",
        "Events by type and status",
        "How many events of each type there are, and whether they happened: what is planned or denied is counted apart.",
        """SELECT type, status, count(*) AS events, count(DISTINCT report) AS reports
FROM events_view
GROUP BY type, status
ORDER BY events DESC, type, status""",
    ),
    Query(
        "who_did_what_to_whom",
        "Who did what to whom",
        "What happened between whom and how often, from when to when; :name is part of a name on either side.",
        """SELECT actors, recipients, type, count(*) AS events, min(day) AS first, max(day) AS last
FROM events_view
WHERE status IN ('occurred', 'ongoing') AND actors IS NOT NULL
  AND (:name = '' OR instr(actors || '; ' || coalesce(recipients, ''), :name))
GROUP BY actors, recipients, type
ORDER BY events DESC, last DESC, actors, recipients, type""",
        ("name",),
    ),
    Query(
        "events_by_week",
        "Events by week",
        "How many events happened in the week that begins on each Monday, by PLOVER type; :type is one of them.",
        """SELECT date(day, '-6 days', 'weekday 1') AS week, type, count(*) AS events
FROM events_view
WHERE status IN ('occurred', 'ongoing') AND (:type = '' OR type = :type)
GROUP BY week, type
ORDER BY week, type""",
        ("type",),
    ),
    Query(
        "tolls_over_time",
        "Tolls over time",
        "What was counted until which day and by whom, with the sentence; :measure is killed, injured, …, :place part of a place's name.",
        """SELECT day, measure, value, low, high, bound, population, places, sources, publisher, quote
FROM figures_view
WHERE measure IS NOT NULL AND (:measure = '' OR measure = :measure)
  AND (:place = '' OR instr(coalesce(places, ''), :place))
ORDER BY day, measure, id""",
        ("measure", "place"),
    ),
    Query(
        "what_was_said",
        "What was said",
        "Who said what to whom, the latest first, with the words; :speaker is part of a name.",
        """SELECT day, speakers, addressees, kind, sourcing, content, publisher, title, url
FROM statements_view
WHERE :speaker = '' OR instr(coalesce(speakers, ''), :speaker)
ORDER BY day DESC, id DESC""",
        ("speaker",),
    ),
)
