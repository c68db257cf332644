"""When what an article tells of talks took place: what is long past, and which day each verb has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice

from readout.language.document import Document
from readout.readers.negotiations.mentions import Mention, carrier
from readout.types import Time

#: What a time hangs on stands at most so far above it: "a deal with Chad *in 2018*", not "the anniversary of the raid on Chad *in 2018*".
_UP = 2
#: What ended so many days before the article tells no state of now; and what was planned for a day so long past no plan.
LONG_AGO, PASSED = dt.timedelta(days=60), dt.timedelta(days=3)


def ended_by(
    document: Document, mentions: Sequence[Mention], times: Sequence[Time], ago: dt.timedelta
) -> dict[int, int]:
    """The head words of times that ended so long before the article, each with the verb or mention that it hangs on."""
    if document.published is None:
        return {}
    last = dt.date.fromordinal(max(document.published.toordinal() - ago.days, 1)).isoformat()
    named = {noun for m in mentions for noun in (m.token, carrier(document, m.token))}
    found: dict[int, int] = {}
    for time in times:
        head = document.head_of(time.span) if time.end is not None and time.end < last else None
        if head is None or document.preposition(head) == "since":
            continue  # what has been "frozen *since July*" is still
        above = [head, *islice(document.ancestors(head), _UP)]
        at = next((at for at in above if at in named or document.parts[at] in ("VERB", "AUX")), None)
        if at is not None and not _is_counted_from(document, above[: above.index(at)]):
            found[head] = at
    return found


def days_of(document: Document, mentions: Sequence[Mention], times: Sequence[Time]) -> dict[int, str]:
    """The last day of the times that verbs and mentions have, by word."""
    named = {noun for m in mentions for noun in (m.token, carrier(document, m.token))}
    found: dict[int, str] = {}
    for time in times:
        head = document.head_of(time.span) if time.end is not None else None
        if head is None or time.end is None or document.preposition(head) == "since":
            continue
        above = [head, *islice(document.ancestors(head), _UP)]
        at = next((at for at in above if at in named or document.parts[at] in ("VERB", "AUX")), None)
        if at is not None:
            found[at] = max(found.get(at, time.end), time.end)
    return found


def long_past(document: Document, times: Sequence[Time]) -> frozenset[int]:
    """The verbs of what is told of long before the article."""
    return frozenset(ended_by(document, (), times, LONG_AGO).values())


def _is_counted_from(document: Document, below: list[int]) -> bool:
    """Whether a time belongs to what the clause only counts from: "agreed, a year *after* the attack *of 2023*"."""
    return len(below) > 1 and document.preposition(below[-1]) in ("after", "before", "since", "ahead of")
