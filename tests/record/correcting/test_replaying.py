"""What holds is a function of the readings and the log: whatever was done and undone, working it out anew gives the same rows."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from readout.errors import Conflict, UsageError
from readout.record import schema
from readout.record.schema import HIDDEN

EDITS: dict[str, list[dict[str, Any]]] = {
    "events": [
        {"type": "COERCE", "mode": "arrest"}, {"status": "denied"}, {"actors": "Denmark"}, {"date": "2025-03-01"},
        {"recipients": "Norway; Elin Sorvik", "news": "no"}, {"places": "Oslo"}, {"span": "shelled the town"},
    ],
    "statements": [{"kind": "direct"}, {"speaker": "Norway"}, {"content": "killing 12 people"}, {"day": "2025-03-02"}],
    "figures": [{"value": 14}, {"bound": "at_least"}, {"measure": "injured"}, {"low": 1, "high": 90}, {"places": "Oslo"}],
}  # fmt: skip
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "reject", "edit", "edit", "add", "merge", "split", "undo", "undo", "undo"]),
        st.sampled_from(list(EDITS)),
        st.integers(0, 99),
        st.integers(0, 99),
        st.booleans(),
    ),
    min_size=2,
    max_size=8,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(_STEPS)
def test_any_sequence_is_what_its_log_says(news, look, steps):
    _forget_the_log(news, look)
    read = _as_read(news)
    for step in steps:
        before = look.everything(news)
        done = _do(news, *step)
        event(f"{step[0]} {done}")
        after = look.everything(news)
        assert done or after == before
        look.from_scratch(news)
        assert look.everything(news) == after
        if done and step[0] != "undo":
            (undo,) = news.correct.undo(news.last_correction(), by="M")
            assert look.everything(news) == before
            news.correct.undo(undo.number, by="M")
            assert look.everything(news) == after
    look.check_words(news)
    assert _as_read(news) == read


def _forget_the_log(record, look):
    look.forgetting_corrections(record)
    with record.writing() as connection:
        for number in connection.execute(
            select(schema.corrections.c.id).order_by(schema.corrections.c.id.desc())
        ).all():
            connection.execute(delete(schema.corrections).where(schema.corrections.c.id == number[0]))


def _as_read(record):
    """Everything of what was read but for what a correction may say of it."""
    found = []
    with record.asking() as connection:
        for table in schema.CLAIMS.values():
            columns = [column for column in table.c if column.name not in ("live", "review")]
            rows = connection.execute(select(*columns).where(table.c.correction_id.is_(None)).order_by(table.c.id))
            found.append([tuple(row) for row in rows])
    return found


def _do(record, action, claim, one, other, flag):
    """One step on whatever claim the numbers point to, whether it stands or not; whether it could be done."""
    table = schema.CLAIMS[claim]
    with record.asking() as connection:
        hidden = () if flag else (table.c.live != HIDDEN,)
        rows = connection.execute(select(table.c.id).where(table.c.article_id == 1, *hidden).order_by(table.c.id)).all()
        report = connection.execute(select(schema.readings.c.report_id).filter_by(article_id=1)).scalar_one()
    names = [f"{claim}/{row.id}" for row in rows]
    correct, last = record.correct, record.last_correction()
    if action == "undo" and not last:
        return False
    if action in ("confirm", "reject", "edit", "merge", "split") and not names:
        return False
    first, second = (names[one % len(names)], names[other % len(names)]) if names else ("", "")
    edits = EDITS[claim]
    try:
        if action in ("confirm", "reject"):
            getattr(correct, action)(first, by="M")
        elif action == "edit":
            correct.edit(first, edits[other % len(edits)], by="M")
        elif action == "add":
            values = {"events": {"type": "AID"}, "statements": {}, "figures": {"value": one}}[claim]
            correct.add(claim, report, "arrested four men", values, by="M")
        elif action == "merge":
            correct.merge([first, second], edits[one % len(edits)] if flag else {}, by="M")
        elif action == "split":
            correct.split(first, [edits[one % len(edits)], edits[other % len(edits)]], by="M")
        else:
            correct.undo(one % last + 1, by="M", later=flag)
    except (Conflict, UsageError):
        return False
    return True
