"""What each report tells of each happening: its claims of one act, of its results and of the same further down, put together.

Claims of a report are put together only for a stated reason, and where one could go with two accounts, it goes with neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from readout.across.facts import ReportFacts
from readout.across.incidents import cues
from readout.across.incidents.modes import modes_agree
from readout.across.incidents.placing import elsewhere, nearness
from readout.across.incidents.telling import Claim, Party, Told, days_before, precision_of
from readout.across.incidents.tolls import Toll, compare, group_of, same_people
from readout.across.source_classes import source_of
from readout.types import Span

#: Sentences that tell of acts back to which "the attack" is looked for, and letters between sentences that follow each other.
_BACK, _NEXT = 6, 5
#: Numbers from which the same number in one report is the same toll, whatever else it says.
_TELLING = 5
#: Points for two accounts of a report being of one happening, what is enough, and by how much one must be ahead of the next.
_TOLL, _WHEN_WHERE, _REFERRED, _CONTINUED, _BOTH_SIDES = 3.0, 3.0, 2.0, 2.0, 2.0
#: What a reference has more where it is to the sentence before, or to what was told alike; and any reason to what the report is about.
_NEAR, _MAIN = 0.6, 0.6
_ENOUGH, _AHEAD = 2.0, 0.5
#: Days before a report from which a day that it names is none of its news.
_LONG = 14
#: Kinds of acts that one report can tell in several claims: their results are counted.
_TOLD_IN_PARTS = frozenset({"ASSAULT"})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A claim with its sentence and its place in it. `start` is where the sentence begins, `number` counts the sentences that tell of
    acts, `segment` the happenings that one tells of."""

    told: Told
    sentence: str
    start: int
    span: Span
    number: int
    segment: int = 0

    @property
    def word(self) -> str:
        return self.sentence[self.span[0] : self.span[1]]


@dataclass(slots=True)
class _Account:
    """Claims of one happening; `whole` is what they tell together, and `aside` where they count over a period."""

    placed: list[_Placed]
    whole: Told
    aside: bool


def may_be_retold(one: Told, other: Told) -> bool:
    """Whether a report that told of a happening may tell of it again, where nothing but other reports says so."""
    if one.family not in _TOLD_IN_PARTS or one.quotes & other.quotes or one.aside or other.aside:
        return False
    return fits(one, other) and not _other_numbers(one, other) and not _to_others(one, other)


def gather(report: ReportFacts, told: Sequence[Told], apart: Collection[frozenset[int]] = frozenset()) -> list[Told]:
    """The claims of one report, those of one happening together, in the order of the text."""
    placed = _placed(report, told)
    if len(placed) < 2:
        return list(told)
    accounts = _in_sentences(placed)
    done: list[_Account] = []
    for account in accounts:
        into, why = _told_before(account, done)
        if into is None:
            done.append(account)
        else:
            _join(into, account, why)
    of_accounts = {item.told.identity for account in done for item in account.placed}
    alone = [item for item in told if item.identity not in of_accounts]
    return [*alone, *(item for account in done for item in _unless_apart(account, apart))]


def _unless_apart(account: _Account, apart: Collection[frozenset[int]]) -> list[Told]:
    numbers = {number for item in account.placed for number in item.told.twins}
    if any(pair <= numbers for pair in apart):
        return [item.told for item in account.placed]
    return [account.whole]


def _placed(report: ReportFacts, told: Sequence[Told]) -> list[_Placed]:
    """The claims that may be told in parts, in the order of the text."""
    some = [
        item
        for item in told
        if item.reality == "happened" and item.family in _TOLD_IN_PARTS and item.types == item.acts
    ]
    found: list[tuple[int, Told, Span]] = []
    for item in some:
        event = item.claims[0].event
        start = report.text.rfind(event.quote, 0, event.span[0] + len(event.quote)) if event.quote else -1
        if start >= 0 and not cues.is_usual(event.quote):
            found.append((start, item, (event.span[0] - start, event.span[1] - start)))
    found.sort(key=lambda one: (one[0], one[2], one[1].identity))
    numbers = {start: number for number, start in enumerate(sorted({start for start, _, _ in found}))}
    return [_Placed(item, item.claims[0].event.quote, start, span, numbers[start]) for start, item, span in found]


def _in_sentences(placed: Sequence[_Placed]) -> list[_Account]:
    """Acts of each sentence with their results."""
    sentences: dict[int, list[_Placed]] = defaultdict(list)
    for item in placed:
        sentences[item.number].append(item)
    found: list[_Account] = []
    for some in sentences.values():
        aside = cues.is_over_time(some[0].sentence)
        here: list[tuple[int, _Account]] = []
        for segment, item in zip(cues.segments(some[0].sentence, [item.span for item in some]), some, strict=True):
            account = _Account([replace(item, segment=segment)], item.told, aside)
            into = next((one for number, one in reversed(here) if number == segment and _one_sentence(one, item)), None)
            if into is None:
                here.append((segment, account))
            else:
                _join(into, account, f"told in one sentence with “{into.placed[-1].word}”")
        found += [account for _, account in here]
    return found


def _one_sentence(account: _Account, item: _Placed) -> bool:
    """Whether an act or result goes with what its sentence told before."""
    last = account.placed[-1]
    if not fits(account.whole, item.told, modes=False):
        return False
    if cues.is_result(item.word) or any(cues.is_result(one.word) for one in account.placed):
        return True
    shared = {party.key for party in account.whole.actors} & {party.key for party in item.told.actors}
    return bool(shared) and item.span[0] - last.span[1] < 80


def _told_before(account: _Account, before: Sequence[_Account]) -> tuple[_Account | None, str]:
    """Of what a report told before that of which an account tells again or tells more, and why."""
    if account.aside or not before:
        return None, ""
    another = any(cues.tells_another(item.sentence) for item in account.placed)
    found: list[tuple[float, int, str, _Account]] = []
    largest = max(len(other.placed) for other in before)
    main = [other for other in before if len(other.placed) == largest]
    for number, other in enumerate(before):
        if other.aside or not fits(other.whole, account.whole) or (another and not _reference(other, account)):
            continue
        points, why = _reasons(other, account)
        if points >= _ENOUGH:
            points += _MAIN if main == [other] else 0.0
            found.append((points, number, why, other))
    found.sort(key=lambda one: (-one[0], -one[1]))
    if not found or (len(found) > 1 and found[0][0] - found[1][0] < _AHEAD):
        return None, ""
    return found[0][3], found[0][2]


def _reasons(before: _Account, after: _Account) -> tuple[float, str]:
    """What speaks for an account being of what another told before it, in points and in words."""
    one, two = before.whole, after.whole
    points: list[tuple[float, str]] = []
    toll = next((one for one in before.whole.tolls for two in after.whole.tolls if _same_number(one, two)), None)
    others = _of_others(two) and not _of_others(one)
    if toll is not None and not others and (toll.best >= _TELLING or _shares(one, two)):
        points.append((_TOLL, f"the same number, {toll.best:g} {toll.measure}"))
    several = any(cues.tells_several(item.sentence) for item in before.placed)
    if not several and _same_day_and_place(one, two) and _shares(one, two) and not _other_numbers(one, two):
        points.append((_WHEN_WHERE, "the same day at the same place"))
    back = _reference(before, after)
    if back:
        near = _NEAR if after.placed[0].number - before.placed[-1].number == 1 else 0.0
        alike = _NEAR if _told_alike(one, two) else 0.0
        points.append((_REFERRED + near + alike, f"“{back}” refers to what was told before"))
    if _continues(before, after):
        points.append((_CONTINUED, "it continues the toll of the sentence before"))
    same_way = bool(one.modes & two.modes) or _party(one.actors, two.actors)
    if same_way and not several and _party(one.recipients, two.recipients) and not _other_numbers(one, two):
        points.append((_BOTH_SIDES, "done to the same in the same way"))
    points.sort(key=lambda one: (-one[0], one[1]))
    total = points[0][0] + 0.5 * sum(point for point, _ in points[1:]) if points else 0.0
    return total, "; ".join(why for _, why in points)


def _reference(before: _Account, after: _Account) -> str | None:
    """The word by which an account refers to an act that was told before it."""
    if not 0 < after.placed[0].number - before.placed[-1].number <= _BACK:
        return None
    several = any(cues.tells_several(item.sentence) for item in before.placed)
    for item in after.placed:
        how = cues.refers_back(item.sentence, item.span)
        if several and cues.is_noun(item.word) and not item.word.endswith("s"):
            continue  # "the blast" after "two blasts" is one of them, and not known which
        if how == "any" or (how == "same" and _told_alike(before.whole, item.told)):
            return item.word
    return None


def _told_alike(one: Told, two: Told) -> bool:
    """Whether two accounts tell an act in the same way, or by the same word; that both tell of dead or injured says nothing."""
    acts = [[words for words in told.triggers if not words & cues.outcomes()] for told in (one, two)]
    return bool(one.modes & two.modes) or any(words & other for words in acts[0] for other in acts[1])


def _continues(before: _Account, after: _Account) -> bool:
    """Whether an account only adds to what the sentence just before it told what became of people."""
    first, last = after.placed[0], before.placed[-1]
    if not 0 <= first.start - (last.start + len(last.sentence)) <= _NEXT:
        return False
    if any(not cues.is_outcome(item.word) or item.segment for item in after.placed):
        return False
    whole = after.whole
    return not whole.places and whole.start is None and (not whole.actors or _party(before.whole.actors, whole.actors))


def _same_number(one: Toll, two: Toll) -> bool:
    return one.best == two.best > 1 and compare(one, two) == "same"


def _of_others(told: Told) -> bool:
    """Whether it was done to people beside those who were told of before: "three other guards"."""
    return any(party.others for party in told.recipients)


def _to_others(one: Told, other: Told) -> bool:
    """Whether it was done to somebody in one, and to somebody else in the other."""
    sides = [[party for party in told.recipients if not party.anybody] for told in (one, other)]
    return bool(sides[0] and sides[1]) and not _party(*sides)


def _other_numbers(one: Told, two: Told) -> bool:
    return any(a.measure == b.measure and a.best != b.best for a in one.tolls for b in two.tolls)


def _same_day_and_place(one: Told, two: Told) -> bool:
    if one.precision != "day" or two.precision != "day" or one.start != two.start:
        return False
    return nearness(one.places, two.places)[0] == "same point" and not elsewhere(one.places, two.places)


def _shares(one: Told, two: Told) -> bool:
    """Whether two accounts share a party, a way in which it was done or a word for it."""
    return (
        _party((*one.actors, *one.recipients), (*two.actors, *two.recipients))
        or bool(one.modes & two.modes)
        or any(word.isalpha() for words in one.triggers for other in two.triggers for word in words & other)
    )


def _party(ones: Iterable[Party], others: Iterable[Party]) -> bool:
    """Whether a party is among others, by its key or by all words of one of its names."""
    named = [(party.key, party.words) for party in others if not party.anybody]
    return any(
        (one.key and one.key == key) or (bool(one.words and words) and (one.words <= words or words <= one.words))
        for one in ones
        if not one.anybody
        for key, words in named
    )


def fits(one: Told, other: Told, *, modes: bool = True) -> bool:
    """Whether nothing speaks against two claims of a report being of one happening."""
    if _apart(one, other) or _apart(other, one):
        return False
    if one.named_days and other.named_days and not one.named_days & other.named_days:
        return False
    if _long_before(one) != _long_before(other) and one.start is None and other.start is None:
        return False
    if nearness(one.places, other.places)[0] in ("apart", "other country") or elsewhere(one.places, other.places):
        return False
    if modes and one.modes and other.modes and not modes_agree(one.modes, other.modes):
        return False
    if modes and ("abduct" in one.modes) != ("abduct" in other.modes):
        return False
    if _turned(one, other) or _turned(other, one):
        return False
    return not any(
        compare(a, b) == compare(b, a) == "different" and a.best < b.best for a in one.tolls for b in other.tolls
    )


def _apart(one: Told, other: Told) -> bool:
    """Whether both are dated and one is over before the other begins."""
    return one.end is not None and other.start is not None and one.end < other.start


def _long_before(told: Told) -> bool:
    """Whether a day that is named lies well before the report."""
    if told.day is None or not told.named_days:
        return False
    return all(days_before(told.day, name) > _LONG for name in told.named_days)


def _turned(one: Told, other: Told) -> bool:
    """Whether those who act in one are those to whom it is done in the other, and not those who act there too."""
    acting, done = {party.key for party in one.actors}, {party.key for party in other.recipients}
    return (
        bool(acting & done)
        and not acting & {party.key for party in other.actors}
        and not done & {p.key for p in one.recipients}
    )


def _join(into: _Account, account: _Account, why: str) -> None:
    head = into.whole.claims[0].event.id
    into.whole = _settled(as_one(into.whole, account.whole, head, why))
    into.placed += account.placed


def as_one(one: Told, other: Told, of: int, why: str) -> Told:
    """Two accounts of a report as one: `other` is put with the claim numbered `of`, for the reason `why`."""
    claims = tuple(claim if claim.of is not None else replace(claim, of=of, why=why) for claim in other.claims)
    dated = [item for item in (one, other) if item.start is not None and item.end is not None]
    narrow = min(dated, key=lambda item: (item.end or 0) - (item.start or 0), default=one)
    return replace(
        one,
        claims=(*one.claims, *claims),
        start=narrow.start,
        end=narrow.end,
        precision=precision_of(narrow.start, narrow.end),
        types=one.types | other.types,
        acts=one.acts | other.acts,
        modes=one.modes | other.modes,
        places=tuple({place.key: place for place in (*one.places, *other.places)}.values()),
        actors=tuple({party.key: party for party in (*one.actors, *other.actors)}.values()),
        recipients=tuple({party.key: party for party in (*one.recipients, *other.recipients)}.values()),
        tolls=tuple(dict.fromkeys((*one.tolls, *other.tolls))),
        update=one.update or other.update,
        triggers=tuple(dict.fromkeys((*one.triggers, *other.triggers))),
        sentences=(*one.sentences, *(words for words in other.sentences if words not in one.sentences)),
        said_days=one.said_days | other.said_days,
        named_days=one.named_days | other.named_days,
        said_years=one.said_years | other.said_years,
        background=one.background and other.background,
        usual=one.usual and other.usual,
        aside=one.aside and other.aside,
        quotes=one.quotes | other.quotes,
    )


def _settled(whole: Told) -> Told:
    """An account with the tolls that are a part of another one set apart: of what one source counted, the largest is the toll. What the
    report says in its own words after a source has said more is a part, too."""
    said = [(n, toll, _counter(claim, toll)) for n, claim in enumerate(whole.claims) for toll in claim.tolls]
    parts = {
        id(toll)
        for n, toll, who in said
        for before, larger, other in said
        if _is_part(toll, larger) and (who == other or (who == "" and before < n))
    }
    claims = tuple(
        replace(
            claim,
            tolls=tuple(toll for toll in claim.tolls if id(toll) not in parts),
            parts=(*claim.parts, *(toll for toll in claim.tolls if id(toll) in parts)),
        )
        for claim in whole.claims
    )
    return replace(whole, claims=claims, tolls=tuple(dict.fromkeys(toll for claim in claims for toll in claim.tolls)))


def _counter(claim: Claim, toll: Toll) -> str:
    who = source_of(claim.event, [figure for figure in claim.figures if figure.id in toll.figures])
    return (who.key or who.name) if who else ""


def _is_part(toll: Toll, larger: Toll) -> bool:
    if toll.measure != larger.measure or toll.best >= larger.best:
        return False
    return "all" in (group_of(toll.population), group_of(larger.population)) or same_people(
        toll.population, larger.population
    )
