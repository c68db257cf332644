"""Reads figures: amounts from the text, what they count from the tree, who counted them from statements."""

from __future__ import annotations

import dataclasses
from functools import cache

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.amounts import Amount, find_amounts, stands_alone
from readout.readers.figures.attributive import attributive
from readout.readers.figures.counted import Counted, counted, counted_by, is_person, listed, told_of
from readout.readers.figures.counting import counter
from readout.readers.figures.dating import Dating, is_clock_or_day, is_open
from readout.readers.figures.measures import measure_of
from readout.readers.figures.moved import moving
from readout.readers.figures.parts import Draft, elided, inherited, of_money, retold, was_before
from readout.readers.figures.where import Named, place_of
from readout.readers.findings import Findings
from readout.readers.lookup import actors_by_head, by_head
from readout.readers.places import is_literal
from readout.readers.presuming import is_presumed
from readout.readers.statements.denials import takes_up
from readout.readers.stretches import Holders, Stretches
from readout.types import Figure, FigureKind, Span, Statement


def read_figures(document: Document, found: Findings) -> Findings:
    """Findings with `figures`.

    Method: numbers in words and digits with their bounds (knowledge/figures, numbers.yaml) outside time expressions;
    the noun counted, the verb, adjective or noun that says what happened to them, the place of their clause, and the
    speaker of the statement that covers them. A number of which nothing is said may be a part of one before it, what that was earlier,
    or what another counts: then it has its measure.
    """
    amounts = find_amounts(document.text)
    if not amounts:
        return dataclasses.replace(found, figures=())
    around = _Around(document, found)
    drafts: list[Draft] = []
    figures: list[Figure] = []
    for amount in amounts:
        span = amount.first, amount.end
        words = document.tokens_in(span)
        if not words or around.times.meet(span) or _skipped(document, words[0], words[-1]):
            continue
        draft = _draft(document, amount, words[-1])
        if draft is None or (draft.thing.noun is None and _tells_time_or_age(document, around.times, draft, words[0])):
            continue
        figure, draft = _completed(document, around, [*drafts, draft])
        drafts.append(draft)
        if figure is not None:
            figures.append(figure)
    return dataclasses.replace(found, figures=tuple(figures))


#: Kinds of place of which the name before a noun says whose it is, or of what kind.
_WIDE = frozenset({"country", "territory", "continent", "region"})


#: Nobody is older.
_OLD = 120
#: How many the sides are that a text calls "the two sides".
_PAIR = 2


class _Around:
    """What was read before and stands around the numbers of a document, by where it stands."""

    def __init__(self, document: Document, found: Findings) -> None:
        self.found = found
        named = [
            (n, span) for n, place in enumerate(found.places) for span in place.mentions if is_literal(document, span)
        ]
        self.places = by_head(document, named)
        #: Of these the name before a noun says where it is: "a Gaza hospital", but not "US aid".
        self.towns = {head: n for head, n in self.places.items() if found.places[n].kind not in _WIDE}
        self.actors = actors_by_head(document, found.actors)
        self.times = Stretches([time.span for time in found.times])
        self.dating = Dating(document, found.times)
        spoken = [said for said in found.statements if said.speaker is not None and not takes_up(document, said)]
        self._contents = [(end - start, statement) for statement in spoken for start, end in statement.content]
        self._holders = Holders([span for statement in spoken for span in statement.content])

    def covering(self, document: Document, span: Span, number: int) -> Statement | None:
        """The innermost statement with a known speaker whose content holds the span of a number (its word is `number`), and tells it."""
        best: tuple[int, Statement] | None = None
        for n in self._holders.around(span):
            length, statement = self._contents[n]
            if (best is None or length <= best[0]) and not is_presumed(document, statement, number):
                best = length, statement
        return best[1] if best else None


def _draft(document: Document, amount: Amount, last: int) -> Draft | None:
    """What the amount whose number ends with word `last` counts, and what is said of it; None where it ranks nothing."""
    first = document.tokens_in((amount.start, amount.end))[0]
    thing = attributive(document, last) or counted(document, amount, last)
    if amount.kind == "ordinal" and (_is_title(document, thing, last) or _is_of_name(document, thing, last)):
        return None
    kind, unit = _kind(document, amount, thing, first)
    measure = measure_of(document, first, last, thing.noun) if kind in ("count", "share") else None
    return Draft(amount, first, last, thing, kind, unit, measure)


def _is_title(document: Document, thing: Counted, last: int) -> bool:
    """Whether an ordinal ranks nothing: it is part of a title ("first lady", "first deputy minister"), or of a set phrase, or tells of the
    earliest of many ("the first settlers")."""
    if thing.noun is None or document.words[last + 1] in listed("titles_with_ordinals"):
        return True
    if document.words[last] == "first" and "CD" not in document.tags[last + 1 : thing.noun]:
        earliest = document.tags[thing.noun] == "NNS" and document.words[thing.noun] not in listed("plurals_of_one")
        if earliest and document.words[last + 1] != "and":
            return True
    return thing.unit in listed("ordinal_skip") and not is_person(document, thing.noun)


def _is_of_name(document: Document, thing: Counted, last: int) -> bool:
    """Whether an ordinal is a part of a name: "the *Second* Thomas Shoal", "*First* Sergeant-Major Ado Berg"."""
    if thing.noun is None or not document.capitals[last] or not document.capitals[thing.noun]:
        return False
    return document.capitals[last + 1] and not document.words[last][0].isdigit()


def _is_of_both(document: Document, draft: Draft) -> bool:
    """Whether two are meant that a text is about, and nobody counted: "*the two* countries", "the *two* sides"."""
    if draft.amount.value != _PAIR or draft.measure is not None or draft.thing.noun is None:
        return False
    before = document.words[draft.last - 1 : draft.last]
    return bool(before) and before[0] in listed("of_both") and document.lemmas[draft.thing.noun] in listed("sides")


def _completed(document: Document, around: _Around, drafts: list[Draft]) -> tuple[Figure | None, Draft]:
    """The last of the drafts as a figure, with what the others tell of it; None where it counts nothing."""
    n, draft = len(drafts) - 1, drafts[-1]
    day = None
    if draft.measure is None:
        measure = inherited(document, drafts, n) or retold(document, drafts, n)
        if measure is None and (was := was_before(document, drafts, n)):
            day = around.dating.beside(draft.first, draft.last)
            measure = was if day else None  # what it was at no known time is no count
        draft = _described(document, drafts, draft._replace(measure=measure))
    elif moving(document, draft.thing.noun if draft.thing.noun is not None else draft.last) is not None:
        day = around.dating.beside(draft.first, draft.last)
    if draft.unit is None and draft.measure is not None:
        draft = draft._replace(unit="people")
    if draft.unit is None and draft.kind == "count" and draft.amount.value in (0, 1):
        return None, draft
    if _is_of_both(document, draft):
        return None, draft
    if draft.unit in (None, "people") and draft.measure is None and stands_alone(document.text, draft.amount):
        return None, draft  # "people came in their *hundreds*."
    if draft.kind == "share" and _is_half_of_one(document, draft):
        return None, draft
    one = document.text[draft.amount.first : draft.amount.end].lower() == "one"
    if draft.kind == "count" and draft.amount.value == 1 and one and (not draft.measure or draft.thing.part):
        return None, draft  # "bury one of the four miners killed" counts nobody
    return _figure(document, around, draft, day), draft


def _is_half_of_one(document: Document, draft: Draft) -> bool:
    """Whether half of one thing is meant that nobody counts: "half of the *country*", but not "half of the country's banks"."""
    noun = draft.thing.noun
    if noun is None or draft.thing.unit not in listed("no_wholes") or document.words[noun + 1 : noun + 2] == ("'s",):
        return False
    return "half" in document.words[draft.first : draft.last + 1]


def _described(document: Document, drafts: list[Draft], draft: Draft) -> Draft:
    """A draft with who a sentence says that those counted are ("11 are *firefighters*"), or what others of them are ("hit 11 sites and 12
    *others*")."""
    noun = draft.thing.noun
    if noun is None and draft.kind == "count" and (told := told_of(document, draft.first, draft.last)) is not None:
        thing = counted_by(document, told)
        return draft._replace(thing=thing, unit=thing.unit)
    if noun is None and draft.kind == "count" and draft.measure is None:
        unit = elided(document, drafts)
        if unit is not None:
            return draft._replace(unit=unit)
        money = of_money(document, drafts)
        if money is not None:
            return draft._replace(kind="money", unit=money)
    if noun is None and draft.measure is not None and document.relations[draft.last] == "nsubj":
        who = document.tokens[draft.last].head
        if draft.last < who and document.child(who, "cop") is not None and is_person(document, who):
            return draft._replace(thing=draft.thing._replace(population=document.words[who]))
    if noun is not None and document.lemmas[noun] == "other" and draft.measure is None:
        before = [
            other for other in drafts[:-1] if other.first >= document.sentence(noun).first and other.kind == "count"
        ]
        if before and before[-1].unit not in (None, "people"):
            return draft._replace(unit=before[-1].unit)
    return draft


def _figure(document: Document, around: _Around, draft: Draft, day: str | None) -> Figure:
    """A draft as a figure; `day` is as of when it is said to be so in its own words."""
    amount, thing = draft.amount, draft.thing
    span = amount.start, amount.end
    statement = around.covering(document, span, draft.last)
    open_ = is_open(document, thing.noun if thing.noun is not None and thing.noun > draft.last else draft.last)
    as_of = (day or around.dating.as_of(statement, draft.last)) if draft.measure and not open_ else None
    head = thing.noun if thing.noun is not None else draft.last
    source = (
        counter(document, draft.last, around.actors)
        if (draft.unit == "people" or draft.measure) and draft.kind == "count"
        else None
    )
    if source is None and statement is not None:
        source = statement.speaker
    return Figure(
        span=span,
        value=amount.value,
        low=amount.low,
        high=amount.high,
        bound=amount.bound,
        kind=draft.kind,
        unit=draft.unit,
        measure=draft.measure,
        population=thing.population if draft.kind in ("count", "share") else None,
        place=place_of(document, head, Named(around.places, around.towns), around.actors),
        since=around.dating.since(draft.last, as_of),
        as_of=as_of,
        source=source,
    )


def _kind(document: Document, amount: Amount, thing: Counted, first: int) -> tuple[FigureKind, str | None]:
    if amount.kind == "ordinal":
        return "ordinal", thing.unit
    if amount.kind is not None:
        return amount.kind, amount.unit
    if thing.unit in _currencies():
        return "money", thing.unit
    if thing.unit in ("percent", "percentage"):
        return "share", "percent"
    if _is_magnitude(document, amount, thing, first):
        return "quantity", "magnitude"
    if thing.unit in listed("quantities"):
        return "quantity", thing.unit
    if amount.value != int(amount.value) and amount.bound != "range":
        return "quantity", None  # nobody counts 7.7 earthquakes
    return "count", thing.unit


def _is_magnitude(document: Document, amount: Amount, thing: Counted, first: int) -> bool:
    """Whether a number says how strong an earthquake was: "magnitude 7", "a 7.8 tremor"."""
    if "magnitude" in document.words[max(0, first - 2) : first]:
        return True
    if thing.noun is None:
        return False
    named = "magnitude" in document.words[first : thing.noun]
    return named or (amount.value != int(amount.value) and document.lemmas[thing.noun] in listed("quakes"))


@cache
def _currencies() -> frozenset[str]:
    words = knowledge.load("figures/words.yaml")
    own = (code for states in words["currencies_of_states"].values() for code in states.values())
    return frozenset((*words["currencies"], "USD", "EUR", *words["currency_words"].values(), *own))


def _skipped(document: Document, first: int, last: int) -> bool:
    """Whether the words around a number say that it names something or dates it, and counts nothing."""
    tokens = document.tokens
    before = tokens[first - 1].lower if first else ""
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    behind = tokens[last + 2].lower if last + 2 < len(tokens) else ""
    if after == "times" and behind in ("the", "as", "more", "higher", "larger", "that", "greater"):
        return True
    if (before == "at" and after in listed("moments")) or _numbers_rank(document, first):
        return True
    if before in listed("skip_before") or after in listed("skip_after") or after in ("-year", "years", "year"):
        return True
    if is_clock_or_day(document, first, last) or document.text.endswith(("multi-", "multi- "), 0, tokens[first].start):
        return True
    if last + 1 < len(tokens) and after == "-" and tokens[last + 1].start == tokens[last].end:
        return attributive(document, last) is None
    while first < last and tokens[first].lower in ("a", "an"):
        first += 1  # "a dozen"
    named = tokens[first].pos == "PROPN" and tokens[first].dep in ("flat", "compound")
    return named or _is_age(document, first) or tokens[first].pos == "PRON" or tokens[first].dep in ("det", "list")


def _numbers_rank(document: Document, first: int) -> bool:
    """Whether a number behind "No." ranks somebody, or what looks like a share is a slip of the pen: "on *be half* of the king"."""
    words = document.words
    if words[max(0, first - 2) : first] == ("no", ".") and document.ends[first - 2] == document.starts[first - 1]:
        return document.capitals[first - 2]
    return words[first] == "half" and words[max(0, first - 2) : first] == ("on", "be")


def _tells_time_or_age(document: Document, times: Stretches, draft: Draft, first: int) -> bool:
    """Whether a bare number goes on a time before it, or is how old somebody is: "a man *of about 50*", "children *under five*"."""
    at, words = draft.first - 1, document.words
    limit = words[draft.first] in ("under", "over", "above", "below") and draft.amount.value < _OLD
    if limit and at >= 0 and ((document.tokens[at].pos == "NOUN" and is_person(document, at)) or words[at] == "aged"):
        return True
    if (
        at > 0
        and words[at] == "of"
        and draft.amount.value < _OLD
        and document.tags[at - 1] == "NN"
        and is_person(document, at - 1)
    ):
        return words[at - 1] not in listed("no_population")
    return _goes_on_time(document, times, first)


def _goes_on_time(document: Document, times: Stretches, first: int) -> bool:
    """Whether a bare number is a further day or year of a time before it: "on April 8 and *9*"."""
    if (
        first < 2
        or document.words[first - 1] not in ("and", "or", "to", "-", "–", ",")
        or len(document.words[first]) > 4
    ):
        return False
    return (
        document.words[first].isdigit() and times.meet(document.span(first - 2)) and document.words[first - 2].isdigit()
    )


def _is_age(document: Document, i: int) -> bool:
    """Whether a number is how old somebody is: "the driver, *45*, survived", "aged 19, *20* and *21*"."""
    tokens = document.tokens
    if tokens[i].tag != "CD" or len(tokens[i].text) > 8 or i == 0:
        return False
    after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if tokens[i].text.isdigit() and tokens[i - 1].lower == "," and i > 1:
        who = tokens[i - 2]
        named = who.pos == "PROPN" or (i > 2 and document.capitals[i - 2] and document.capitals[i - 3])
        if named and after in (",", "."):
            return True
        if who.tag == "NN" and after in (",", ".", ";", ":", ")", "-", "—") and is_person(document, i - 2):
            return True
    at = i - 1
    while at > 0 and (tokens[at].lower in (",", "and", "or", "between") or tokens[at].tag == "CD"):
        at -= 1
    return tokens[at].lower in ("aged", "ages")
