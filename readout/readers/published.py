"""When an article without a date can have been published, by what it says itself.

Each piece of evidence leaves some stretches of time; their intersection is the answer, if it has both ends. Evidence:
dates with their year that lie behind or ahead ("in 2024", "on May 3, 2012"); a date that stands with a time counted from
the present ("next month's vote, on 5 November"); the day of the week of a date without a year, which news writes within
a year of it; and the office that a known person is said to hold.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from readout import knowledge
from readout.language.document import Document, is_dep
from readout.readers.actors.registry import by_id, canonical_role
from readout.readers.findings import Findings
from readout.readers.times import Expression, expressions
from readout.readers.times.calendar import Days, days_of, period
from readout.readers.times.direction import sure_direction
from readout.readers.times.periods import count_of, unit_code
from readout.types import Actor, Span

_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2099, 12, 31)
_YEARS = range(1901, 2099)
#: Ends of the answer beyond these years come from no evidence but only from where the calendar was cut.
_EARLIEST, _LATEST = 1930, 2070
#: Before a date that may lie ahead of what is told as past.
_UP_TO = frozenset(("by", "until", "till", "before", "due", "for", "from", "to", "through"))
_YEAR = dt.timedelta(days=365)
_LINKS = frozenset((",", "(", "on", "in", "of", "-", "–", "—", "'s", "’s", ")"))


def read_published(document: Document, found: Findings) -> Findings:
    """Findings with `published_range` where no day of publication is known and the text allows a range with two ends."""
    if document.published is not None:
        return found
    allowed: Sequence[Days] = ((_FIRST, _LAST),)
    for evidence in (*_by_times(document), *_by_offices(document, found.actors)):
        allowed = _both(allowed, evidence)
    if not allowed:
        return found
    start, end = allowed[0][0], allowed[-1][1]
    if start.year < _EARLIEST or end.year > _LATEST:
        return found
    return dataclasses.replace(found, published_range=(start.isoformat(), end.isoformat()))


def _both(one: Sequence[Days], other: Iterable[Days]) -> list[Days]:
    """What two unions of stretches have in common, in order."""
    met = ((max(a[0], b[0]), min(a[1], b[1])) for b in other for a in one)
    return sorted(days for days in met if days[0] <= days[1])


def _by_times(document: Document) -> Iterator[list[Days]]:
    said = list(expressions(document))
    for n, one in enumerate(said):
        dates = _dates_of(one)
        if not dates:
            continue
        if len(dates) == 1:
            yield from _behind_or_ahead(document, one, dates[0])
        elif one.match.pattern.read == "calendar_date":
            yield [_within_a_year(days, sure_direction(document, one.span)) for days in dates]
        for other in (said[n - 1] if n else None, said[n + 1] if n + 1 < len(said) else None):
            if other is not None and _together(document, one, other):
                yield from _counted(other, dates)


def _dates_of(one: Expression) -> list[Days]:
    """The days that a date covers: one stretch where its year is written, else one for each year that its day of the week
    allows; none for what is no calendar date."""
    value, parts = one.value, one.match.parts
    if "year" in parts or "iso" in parts:
        return [(value.start, value.end)] if value.start and value.end else []
    if not value.value.startswith("XXXX-") or one.match.pattern.read not in ("calendar_date", "month"):
        return []
    found = [days for year in _YEARS if (days := days_of(f"{year}{value.value[4:]}"))]
    if weekday := parts.get("weekday"):
        number = knowledge.load("times/words.yaml")["weekdays"][weekday.capitalize()]
        found = [days for days in found if days[0].isoweekday() == number]
    return found


def _behind_or_ahead(document: Document, one: Expression, days: Days) -> Iterator[list[Days]]:
    """What is told as past began by publication, what is told as future ends after it."""
    before = document.words[one.first - 1] if one.first else ""
    way = -1 if before == "since" else sure_direction(document, one.span)
    if way < 0 and before not in _UP_TO:
        yield [(days[0], _LAST)]
    elif way > 0:
        yield [(_FIRST, days[1])]


def _within_a_year(days: Days, way: int) -> Days:
    """Publication of what writes a date without its year: less than a year before or after it."""
    return days[0] if way < 0 else days[0] - _YEAR, days[1] if way > 0 else days[1] + _YEAR


def _together(document: Document, one: Expression, other: Expression) -> bool:
    """Whether two times tell of one and the same: one beside the other, or both hung on one noun."""
    first, second = sorted((one.span, other.span))
    between = document.tokens_in((first[1], second[0])) if first[1] < second[0] else range(0)
    if document.tokens[one.first].sentence != document.tokens[other.first].sentence or len(between) > 8:
        return False
    if all(document.words[i] in _LINKS for i in between):
        return bool(len(between))
    heads = [document.head_of(span) for span in (first, second)]
    if heads[0] is None or heads[1] is None:
        return False
    token, noun = document.tokens[heads[0]], document.tokens[document.tokens[heads[0]].head]
    if token.dep == "nmod:poss" and noun.i in between:  # "next month's election on 5 November", whatever "on" hangs on
        return all(document.words[i] in _LINKS for i in between if i > noun.i)
    return noun.pos == "NOUN" and document.tokens[heads[1]].head == noun.i


def _counted(relative: Expression, dates: Iterable[Days]) -> Iterator[list[Days]]:
    """When a time counted from the present can have meant one of these dates."""
    counted = _offset(relative)
    if counted is None:
        return
    unit, offset = counted
    stretches = []
    for days in dates:
        ends = [days_of(value) for day in days if (value := period(unit, day, -offset))]
        if len(ends) == 2 and ends[0] and ends[1]:
            stretches.append((ends[0][0], ends[1][1]))
    if stretches:
        yield stretches


def _offset(one: Expression) -> tuple[str, int] | None:
    """Unit and number of units from the present: "last month" is ("M", -1), "tomorrow" ("D", 1)."""
    words, parts, read = knowledge.load("times/words.yaml"), one.match.parts, one.match.pattern.read
    if read == "named_day":
        return "D", words["named_days"][parts["named"]]
    if read == "this_period" and parts.get("which") in words["which"] and unit_code(parts["unit"])[0] in "DWMQY":
        return unit_code(parts["unit"]), words["which"][parts["which"]]
    if read == "ago" and parts["sign"] in ("ago", "from now", "hence"):
        count, unit = count_of(parts["n"]), unit_code(parts["unit"])
        exact = (
            count is not None and count == int(count) and one.value.value[:4] == "XXXX" and unit in ("D", "W", "M", "Y")
        )
        return (unit, int(count or 0) * (-1 if parts["sign"] == "ago" else 1)) if exact else None
    return None


def _by_offices(document: Document, actors: Iterable[Actor]) -> Iterator[list[Days]]:
    """The terms of a known person in the office that the text gives to whoever acts in it."""
    for actor in actors:
        known = by_id(actor.id) if actor.id and actor.kind == "person" and actor.role else None
        if known is None or any(_is_past(document, span) for span in actor.mentions):
            continue
        role = canonical_role(actor.role or "", known.country)
        terms = [o for o in known.offices if o.start and canonical_role(o.role, o.country) == role]
        if terms and any(_acts_as(document, span, actor.role or "") for span in actor.mentions):
            yield sorted((office.start or _FIRST, office.end or _LAST) for office in terms)


def _acts_as(document: Document, span: Span, role: str) -> bool:
    """Whether a mention is the subject of its sentence's main verb, with the office beside it."""
    head = document.head_of(span)
    if head is None or not is_dep(document.relations[head], ("nsubj",)):
        return False
    words = document.tokens_in(span)
    beside = document.slice((document.tokens[max(0, words[0] - 4)].start, span[1]))
    return document.tokens[head].head == document.sentence(head).root and role.lower() in beside.lower()


def _is_past(document: Document, span: Span) -> bool:
    """Whether a mention is of someone who was or will be: "former President X", "Y, then prime minister"."""
    words, sentence = document.tokens_in(span), document.sentence(document.tokens_in(span)[0])
    around = range(max(sentence.first, words[0] - 2), min(sentence.last, words[-1] + 4))
    not_now = knowledge.load("actors/reading/words.yaml")["not_now"]
    return any(part in not_now for i in around for part in document.words[i].split("-"))
