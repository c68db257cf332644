"""What speaks for and against two claims of different reports being of one happening, in points, each with its reason in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from readout.across.incidents import cues
from readout.across.incidents.modes import modes_agree
from readout.across.incidents.placing import elsewhere, nearness
from readout.across.incidents.rare_words import Rarity, likeness, shared_words
from readout.across.incidents.telling import Party, Told
from readout.across.incidents.tolls import Agreement, Toll, compare, same_people

#: Points from which two claims are one happening, and those that all claims of one happening have on average.
ENOUGH, ON_AVERAGE = 3.6, 2.0
#: Points that are enough on average where two groups have so many together, of each kind the best that any two of their claims give.
AT_LEAST, IN_ALL = 1.0, 3.6
#: Points from which two claims are near enough for one to be of the other's happening, if others say so.
NEARLY = 2.4
#: An equal toll that says as much as this excuses a claim without a date that is told days later, down to so many points.
_TELLING, _EXCUSED = 2.0, -0.4
#: What is left of what days between speak against a claim that is told as background.
_LONG_AGO = 0.4
#: Days over which a toll is followed.
_FOLLOWED = 10
#: Points of date and place from which another toll does not rule out that it is one happening, and what it takes then.
_THERE, _DIFFERENT = 3.8, -1.2
#: What days between speak more against a claim without a date that is told as news.
_NEWS = 1.0
#: Points at most for the same kind of people ("gunmen") in both.
_COMMON = 0.4
#: Points for two claims without dates whose sentences name different years.
_TWO_YEARS = -3.5
#: Acts that are told again long after.
_RETOLD = frozenset({"ASSAULT"})
#: Points for the same word for what became of people: it says little of what was done.
_OUTCOME = 0.2
#: Points for a day apart where both sentences name their day.
_TWO_DAYS = -3.5
#: How alike two reports of one story are at least.
_ALIKE = 0.14
#: Types in which the two sides do the same, so that who is named first says nothing.
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
#: Types that are words, of which it matters whose they are.
_VERBAL = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points for two claims being one, or against; `veto` says in words why they cannot be. `kinds` are the points of each kind,
    `numbers` where it is only their tolls that cannot be."""

    points: float
    rule: str
    reasons: tuple[str, ...]
    veto: str | None = None
    kinds: tuple[tuple[str, float], ...] = ()
    numbers: bool = False

    @property
    def score(self) -> float:
        """How surely they are one, from 0 to 1."""
        return 1 / (1 + math.exp(-(self.points - ENOUGH + 1.5)))


#: Rules that are of one kind.
_KINDS = {"dates": "date", "retold": "words"}

Reason = tuple[float, str, str]  # points, rule, words


def weigh(one: Told, other: Told, rarity: Rarity, *, copied: bool = False) -> Evidence:
    """What speaks for and against two claims being of one happening. `copied` where one report is a copy of the other."""
    first, later = sorted((one, other), key=lambda told: (told.known, told.identity))
    found: list[Reason] = []
    for part in (_dates(first, later), _places(first, later)):
        found += part
    counted = len(found)
    found += _tolls(first, later, there=sum(points for points, _, _ in found) >= _THERE)
    for n, (points, rule, words) in enumerate(found):
        if rule == "veto":
            return Evidence(points, "", (), words, numbers=n >= counted)
    telling = any(rule == "toll" and points >= _TELLING for points, rule, _ in found)
    if telling:
        found = [
            (max(points, _EXCUSED), rule, words) if rule == "dates" else (points, rule, words)
            for points, rule, words in found
        ]
    found += _said_days(first, later)
    found += _modes(first, later)
    found += _sides(first, later, rarity)
    found += _words(first, later, telling=telling)
    if copied:
        found.append((1.0, "retold", "one report is a copy of the other"))
    found.sort(key=lambda reason: (-reason[0], reason[2]))
    rule = next((rule for points, rule, _ in found if points > 0), "")
    kinds: dict[str, float] = {}
    for points, kind, _ in found:
        kinds[_KINDS.get(kind, kind)] = kinds.get(_KINDS.get(kind, kind), 0.0) + points
    reasons = tuple(words for _, _, words in found)
    return Evidence(sum(points for points, _, _ in found), rule, reasons, kinds=tuple(sorted(kinds.items())))


def _dates(first: Told, later: Told) -> list[Reason]:
    if "none" not in (first.precision, later.precision):
        return _both_dated(first, later)
    if first.day is None or later.day is None:
        return []
    years = _years(first, later)
    if years is not None:
        return [years]
    if first.precision == later.precision == "none":
        days = abs(first.day - later.day)
        if (first.update or later.update) and days <= _FOLLOWED:
            return [(0.3, "dates", f"a toll that changed, told {_days(days)} apart")]
        points = 0.3 if days == 0 else -0.3 if days <= 1 else -0.6 if days <= 3 else -1.5 if days <= 7 else -2.5
        return [(_background(points, later), "dates", f"neither is dated, and the reports are {_days(days)} apart")]
    dated, undated = (first, later) if first.precision != "none" else (later, first)
    if dated.start is None or dated.end is None or undated.day is None:
        return []
    if dated.start > undated.day and dated.reality == "happened":
        return [(0.0, "veto", "one happened after the day of the report that tells the other")]
    days = (
        0
        if dated.start <= undated.day <= dated.end
        else min(abs(undated.day - dated.end), abs(undated.day - dated.start))
    )
    points = 0.3 if days <= 1 else -0.5 if days <= 3 else -1.5 if days <= 10 else -2.5
    if days > 1 and not undated.background and not undated.update and undated.sentences[0].length:
        points -= _NEWS
    words = f"one is dated {_days(days)} from the day of the report that tells the other without a date"
    return [(_background(points, undated), "dates", words)]


def _background(points: float, told: Told) -> float:
    """What is told as background can be of any day before: that days lie between says less."""
    return points * _LONG_AGO if points < 0 and told.background and told.family in _RETOLD else points


def _years(first: Told, later: Told) -> Reason | None:
    """The years before that of the report which the sentences name, where one of the claims has no date."""
    one, other = _of_years(first), _of_years(later)
    if one & other:
        return 0.4, "dates", f"{max(one & other)} in both"
    if one and other:
        return _TWO_YEARS, "dates", f"one is of {max(one)}, the other of {max(other)}"
    return None


def _of_years(told: Told) -> frozenset[int]:
    """The years of which a claim may be, where its sentence or its date names any before that of its report."""
    if told.start is not None and told.end is not None and told.day is not None:
        if dt.date.fromordinal(told.end).year < dt.date.fromordinal(told.day).year:
            return frozenset({dt.date.fromordinal(told.start).year, dt.date.fromordinal(told.end).year})
        return frozenset()
    return told.said_years


def _both_dated(first: Told, later: Told) -> list[Reason]:
    assert first.start is not None
    assert first.end is not None
    assert later.start is not None
    assert later.end is not None
    if first.start <= later.end and later.start <= first.end:
        if first.precision == later.precision == "day":
            return [(1.7, "date", "the same day")]
        close = {first.precision, later.precision} <= {"day", "days"}
        return [(0.8 if close else 0.2, "date", f"dates that overlap ({first.precision} and {later.precision})")]
    days = max(first.start - later.end, later.start - first.end)
    if days == 1 and {first.precision, later.precision} <= {"day", "days"}:
        if first.start in first.said_days and later.start in later.said_days:
            return [(_TWO_DAYS, "date", "on days that both name, and they are not the same")]
        return [(-1.8, "date", "a day apart")]
    return [(0.0, "veto", f"the dates are {_days(days)} apart")]


def _said_days(first: Told, later: Told) -> list[Reason]:
    """The weekdays in both sentences, where one of the claims has no date: they may belong to who said it, so they decide nothing."""
    if "none" not in (first.precision, later.precision) or first.update or later.update:
        return []
    one, other = _sentence_days(first), _sentence_days(later)
    if not one and other and first.day is not None and min(other) > first.day:
        return [(-0.7, "dates", "the later names a day after the earlier report")]
    if not one or not other:
        return []
    if one & other:
        return [(0.7, "dates", "the same day of the week in both sentences")]
    return [(-1.2, "dates", "different days of the week in the sentences")]


def _sentence_days(told: Told) -> frozenset[int]:
    if told.said_days or told.start is None or told.precision != "day":
        return told.said_days
    return frozenset({told.start})


def _days(number: int) -> str:
    return "no day" if number == 0 else "a day" if number == 1 else f"{number} days"


_PLACE_POINTS = {
    "same point": 2.6, "near": 0.2, "around": -0.3, "same area": 0.9, "within": 0.4, "same country": 0.4, "unknown": 0.0,
}  # fmt: skip
_ONE_OF_TWO = 0.4
_PLACE_WORDS = {
    "same point": "both in {}", "near": "both at {} or next to it", "around": "both around {}", "same area": "both in {}",
    "within": "one within {} of the other", "same country": "both in {}",
}  # fmt: skip


def _places(first: Told, later: Told) -> list[Reason]:
    how, name = nearness(first.places, later.places)
    if how == "apart":
        return [(0.0, "veto", "in places far from each other")]
    if how == "other country":
        return [(-2.5, "place", "in different countries")]
    if how == "unknown":
        return []
    points = _PLACE_POINTS[how]
    if how == "same point" and elsewhere(first.places, later.places):
        # Of a claim with two towns, one is often only where somebody came from or what the other lies near.
        points = _ONE_OF_TWO
    return [(points, "place", _PLACE_WORDS[how].format(name))]


def _tolls(first: Told, later: Told, *, there: bool) -> list[Reason]:
    """The tolls; `there` where both are of the same day and place, which reports of one happening agree on before they do on its toll.

    Of several tolls of one measure, counted by different sources, those count that agree best."""
    found: dict[str, Reason] = {}
    for toll in first.tolls:
        for second in later.tolls:
            how = compare(toll, second)
            if how == "different" and first.known[:10] == later.known[:10]:
                how = compare(second, toll)  # of one day, whichever was known first
            reason = _toll(toll, second, how, there=there, update=first.update or later.update)
            if reason is not None and (toll.measure not in found or _better(reason, found[toll.measure])):
                found[toll.measure] = reason
    return sorted(found.values(), key=lambda reason: (reason[1] != "veto", reason))


def _better(one: Reason, other: Reason) -> bool:
    return (one[1] != "veto", one[0]) > (other[1] != "veto", other[0])


def _toll(toll: Toll, second: Toll, how: Agreement | None, *, there: bool, update: bool) -> Reason | None:
    said = f"{toll.best:g} and {second.best:g} {toll.measure}"
    points = 0.3 if toll.low != toll.high or second.low != second.high else -0.4
    if not same_people(toll.population, second.population) and not _near(toll.best, second.best):
        points = min(points, 0.0)  # so few of so many say nothing
    if how is None:
        return None
    if how == "different":
        if not there:
            return 0.0, "veto", f"{said} are no tolls of one happening"
        return _DIFFERENT + points, "toll", f"{said} differ more than tolls of one happening do"
    if how == "same":
        return _telling_number(toll.best), "toll", f"{toll.best:g} {toll.measure} in both"
    if update:
        return 0.8, "toll", f"{said}, and one tells that the toll changed"
    return points, "toll", f"{said} can be of one happening"


def _near(one: float, other: float) -> bool:
    return max(one, other) <= 2.0 * min(one, other)


def _telling_number(value: float) -> float:
    """How much an equal number says: one dead says little, 143 a lot, 100 something."""
    if value < 2:
        return 0.3
    points = min(0.5 + 0.5 * math.log2(value), 3.0 if value < 100 else 4.0)
    return points * 0.7 if value >= 10 and value % 10 == 0 else points


def _modes(first: Told, later: Told) -> list[Reason]:
    one, other = first.modes, later.modes
    act = min(first.acts & later.acts or first.acts)
    found: list[Reason] = []
    if one & other:
        found.append((0.5, "act", f"both {act} by {min(one & other)}"))
    elif one and other and not modes_agree(one, other):
        found.append((-1.5, "act", f"one is {min(one)}, the other {min(other)}"))
    elif ("abduct" in one) != ("abduct" in other):
        found.append((-1.0, "act", f"one is {_mode(one, 'an attack')}, the other {_mode(other, 'an attack')}"))
    elif first.family == "CONSULT" and one != other:
        found.append((-0.6, "act", f"one is {_mode(one, 'talks')}, the other {_mode(other, 'talks')}"))
    told = [words for words in set(first.triggers) & set(later.triggers) if any(word.isalpha() for word in words)]
    acts = sorted(" ".join(sorted(words)) for words in told if not words & cues.outcomes())
    if acts:
        found.append((0.6, "act", f"the act is told by {acts[0]} in both"))
    elif told:
        found.append((_OUTCOME, "act", f"told by {min(' '.join(sorted(words)) for words in told)} in both"))
    if first.usual != later.usual:
        found.append((-1.5, "act", "one tells what is usual"))
    if not first.acts & later.acts:
        found.append((-0.5, "act", f"read as {min(first.acts)} and as {min(later.acts)}"))
    if not first.types & later.types:
        found.append((-1.0, "act", f"told as {min(first.types)} and as {min(later.types)}"))
    return found


def _mode(modes: frozenset[str], other: str) -> str:
    return min(modes) if modes else other


def _sides(first: Told, later: Told, rarity: Rarity) -> list[Reason]:
    if first.family in _MUTUAL:
        return _mutual(first, later, rarity)
    found = _side("by", first.actors, later.actors, rarity)
    found += _side("to", first.recipients, later.recipients, rarity)
    if first.family in _VERBAL and bool(first.actors) != bool(later.actors):
        found.append((-1.2, "parties", "one does not say by whom"))
    return found


def _mutual(first: Told, later: Told, rarity: Rarity) -> list[Reason]:
    """Both sides together; who meets whom is known only where two parties are the same."""
    left, right = [*first.actors, *first.recipients], [*later.actors, *later.recipients]
    found: list[Reason] = []
    for _ in range(2):
        if not left or not right:
            break
        (points, words), one, other = max(
            ((_alike(a, b, rarity), a, b) for a in left for b in right),
            key=lambda item: (item[0][0], item[0][1], item[1].key),
        )
        if points <= 0:
            break
        found.append((points, "parties", f"{words} in both"))
        left, right = [a for a in left if a.key != one.key], [b for b in right if b.key != other.key]
    if len(found) == 1 and first.sentences[0].length and not (first.modes == later.modes == {"visit"}):
        found.append((-0.8, "parties", "with whom is not known of both"))
    if any(a.known for a in left) and any(b.known for b in right):
        found.append((-2.0, "parties", "somebody else stands on the other side"))
    return found


def _side(word: str, ones: Sequence[Party], others: Sequence[Party], rarity: Rarity) -> list[Reason]:
    left, right = [party for party in ones if not party.anybody], [party for party in others if not party.anybody]
    if not left or not right:
        return []
    points, words, one, other = max(
        ((*_alike(a, b, rarity), a.name, b.name) for a in left for b in right), key=lambda item: (item[0], item[1])
    )
    if points > 0:
        return [(points, "parties", f"{word} {words} in both")]
    return [(points, "parties", f"{word} {one} in one and {other} in the other")]


def _alike(one: Party, other: Party, rarity: Rarity) -> tuple[float, str]:
    """Points for two parties being one, and what they share."""
    if one.key and one.key == other.key and one.known:
        return min(0.5 + 0.35 * sum(sorted(map(rarity.of, one.words))[-2:]), 2.2), one.name
    shared = one.words & other.words
    if shared:
        weight = sum(sorted(map(rarity.of, shared))[-2:])
        whole = len(shared) / min(len(one.words), len(other.words))
        most = _COMMON if one.common or other.common else 1.8 if one.known and other.known else 1.0
        return min(0.3 * weight * whole, most), one.name if len(one.words) <= len(other.words) else other.name
    if one.country and one.country == other.country:
        # A country and its army may be one; two different things of one country are not.
        return (0.3, one.country) if one.country in (one.key, other.key) else (-0.3, "")
    if one.country and other.country:
        return -1.8, ""
    return (-1.5 if one.known and other.known else -0.7), ""


def _words(first: Told, later: Told, *, telling: bool) -> list[Reason]:
    """What the sentences and the reports share; `telling` where a number does not leave it to the words alone."""
    found: list[Reason] = []
    pairs = [(one, other) for one in first.sentences for other in later.sentences if one.length and other.length]
    if pairs:
        alike, one, other = max(((likeness(*pair), *pair) for pair in pairs), key=lambda found: found[0])
        if alike < 0.2 and not telling and first.precision == later.precision == "none":
            points = -1.5 if first.family in _VERBAL else -0.6
            found.append((points, "words", "the sentences are of different words, and neither is dated"))
        shared = ", ".join(shared_words(one, other))
        if alike >= 0.75:
            found.append((5.0 * alike, "retold", f"nearly the same sentence ({alike:.2f})"))
        elif alike >= 0.1:
            found.append((6.0 * (alike - 0.1), "words", f"the sentences share {shared} ({alike:.2f})"))
        else:
            found.append((-0.8, "words", f"the sentences share little ({alike:.2f})"))
    if first.story.length and later.story.length:
        alike = likeness(first.story, later.story)
        points = max(min((6.0 if alike > _ALIKE else 12.0) * (alike - _ALIKE), 1.6), -1.5)
        found.append(
            (points, "story", f"the reports are {'alike' if alike >= _ALIKE else 'of different things'} ({alike:.2f})")
        )
    return found
