"""What speaks for and against two claims of different reports being of one happening, in points, each with its reason in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from readout.across.incidents.placing import elsewhere, nearness
from readout.across.incidents.rare_words import Rarity, likeness, shared_words
from readout.across.incidents.telling import Party, Told
from readout.across.incidents.tolls import compare

#: Points from which two claims are one happening, and those that all claims of one happening have on average.
ENOUGH, ON_AVERAGE = 3.6, 2.0
#: An equal toll that says as much as this excuses a claim without a date that is told days later, down to so many points.
_TELLING, _EXCUSED = 2.0, -0.4
#: Days over which a toll is followed.
_FOLLOWED = 10
#: Points of date and place from which another toll does not rule out that it is one happening, and what it takes then.
_THERE, _DIFFERENT = 3.8, -1.2
#: How alike two reports of one story are at least.
_ALIKE = 0.14
#: Types in which the two sides do the same, so that who is named first says nothing.
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
#: Types that are words, of which it matters whose they are.
_VERBAL = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_MODE_GROUPS = (
    frozenset({"explosives", "suicide-attack", "destroy", "targeted"}),
    frozenset({"firearms", "targeted", "abduct"}),
    frozenset({"heavy-weapons", "aerial", "drone", "destroy"}),
    frozenset({"beat", "torture", "primitive", "crowd-control"}),
    frozenset({"visit", "third-party", "multilateral"}),
    frozenset({"release", "withdraw", "access"}),
    frozenset({"demo", "riot", "obstruct", "vandalize", "boycott"}),
    frozenset({"arrest", "restrict"}),
    frozenset({"disapprove", "allege", "investigate"}),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points for two claims being one, or against; `veto` says in words why they cannot be."""

    points: float
    rule: str
    reasons: tuple[str, ...]
    veto: str | None = None

    @property
    def score(self) -> float:
        """How surely they are one, from 0 to 1."""
        return 1 / (1 + math.exp(-(self.points - ENOUGH + 1.5)))


Reason = tuple[float, str, str]  # points, rule, words


def weigh(one: Told, other: Told, rarity: Rarity, *, copied: bool = False) -> Evidence:
    """What speaks for and against two claims being of one happening. `copied` where one report is a copy of the other."""
    first, later = sorted((one, other), key=lambda told: (told.known, told.identity))
    found: list[Reason] = []
    for part in (_dates(first, later), _places(first, later)):
        found += part
    found += _tolls(first, later, there=sum(points for points, _, _ in found) >= _THERE)
    for points, rule, words in found:
        if rule == "veto":
            return Evidence(points, "", (), words)
    if any(rule == "toll" and points >= _TELLING for points, rule, _ in found):
        found = [
            (max(points, _EXCUSED), rule, words) if rule == "dates" else (points, rule, words)
            for points, rule, words in found
        ]
    found += _said_days(first, later)
    found += _modes(first, later)
    found += _sides(first, later, rarity)
    found += _words(first, later)
    if copied:
        found.append((1.0, "retold", "one report is a copy of the other"))
    found.sort(key=lambda reason: (-reason[0], reason[2]))
    rule = next((rule for points, rule, _ in found if points > 0), "")
    return Evidence(sum(points for points, _, _ in found), rule, tuple(words for _, _, words in found))


def _dates(first: Told, later: Told) -> list[Reason]:
    if "none" not in (first.precision, later.precision):
        return _both_dated(first, later)
    if first.day is None or later.day is None:
        return []
    if first.precision == later.precision == "none":
        days = abs(first.day - later.day)
        if (first.update or later.update) and days <= _FOLLOWED:
            return [(0.3, "dates", f"a toll that changed, told {_days(days)} apart")]
        points = 0.3 if days == 0 else -0.3 if days <= 1 else -0.6 if days <= 3 else -1.5 if days <= 7 else -2.5
        return [(points, "dates", f"neither is dated, and the reports are {_days(days)} apart")]
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
    return [
        (points, "dates", f"one is dated {_days(days)} from the day of the report that tells the other without a date")
    ]


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
        return [(-1.8, "date", "a day apart")]
    return [(0.0, "veto", f"the dates are {_days(days)} apart")]


def _said_days(first: Told, later: Told) -> list[Reason]:
    """The weekdays in both sentences, where one of the claims has no date: they may belong to who said it, so they decide nothing."""
    if "none" not in (first.precision, later.precision) or first.update or later.update:
        return []
    one, other = _sentence_days(first), _sentence_days(later)
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
    how, name = nearness(first.event.places, later.event.places)
    if how == "apart":
        return [(0.0, "veto", "in places far from each other")]
    if how == "other country":
        return [(-2.5, "place", "in different countries")]
    if how == "unknown":
        return []
    points = _PLACE_POINTS[how]
    if how == "same point" and elsewhere(first.event.places, later.event.places):
        # Of a claim with two towns, one is often only where somebody came from or what the other lies near.
        points = _ONE_OF_TWO
    return [(points, "place", _PLACE_WORDS[how].format(name))]


def _tolls(first: Told, later: Told, *, there: bool) -> list[Reason]:
    """The tolls; `there` where both are of the same day and place, which reports of one happening agree on before they do on its toll."""
    found: list[Reason] = []
    for toll in first.tolls:
        for second in later.tolls:
            how = compare(toll, second)
            if how == "different" and first.known[:10] == later.known[:10]:
                how = compare(second, toll)  # of one day, whichever was known first
            said = f"{toll.best:g} and {second.best:g} {toll.measure}"
            if how == "different":
                if not there:
                    return [(0.0, "veto", f"{said} are no tolls of one happening")]
                found.append((_DIFFERENT, "toll", f"{said} differ more than tolls of one happening do"))
            if how == "same":
                found.append((_telling_number(toll.best), "toll", f"{toll.best:g} {toll.measure} in both"))
            elif how is not None and (first.update or later.update):
                found.append((0.8, "toll", f"{said}, and one tells that the toll changed"))
            elif how is not None:
                points = 0.3 if toll.low != toll.high or second.low != second.high else -0.4
                found.append((points, "toll", f"{said} can be of one happening"))
    return found


def _telling_number(value: float) -> float:
    """How much an equal number says: one dead says little, 143 a lot, 100 something."""
    if value < 2:
        return 0.3
    points = min(0.5 + 0.5 * math.log2(value), 3.0)
    return points * 0.7 if value >= 10 and value % 10 == 0 else points


def _modes(first: Told, later: Told) -> list[Reason]:
    one, other = first.event.act_mode, later.event.act_mode
    found: list[Reason] = []
    if one is not None and one == other:
        found.append((0.5, "act", f"both {first.event.act_type} by {one}"))
    elif one is not None and other is not None and not any(one in group and other in group for group in _MODE_GROUPS):
        found.append((-1.5, "act", f"one is {one}, the other {other}"))
    elif "abduct" in (one, other) and one != other:
        found.append((-1.0, "act", f"one is {one or 'an attack'}, the other {other or 'an attack'}"))
    elif first.family == "CONSULT" and one != other:
        found.append((-0.6, "act", f"one is {one or 'talks'}, the other {other or 'talks'}"))
    if first.trigger and first.trigger == later.trigger:
        found.append((0.6, "act", f"the act is told by {' '.join(sorted(first.trigger))} in both"))
    if first.event.act_type != later.event.act_type:
        found.append((-0.5, "act", f"read as {first.event.act_type} and as {later.event.act_type}"))
    if first.event.type != later.event.type:
        found.append((-1.0, "act", f"told as {first.event.type} and as {later.event.type}"))
    return found


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
    if len(found) == 1 and first.words.length and not first.event.act_mode == later.event.act_mode == "visit":
        found.append((-0.8, "parties", "with whom is not known of both"))
    if any(a.known for a in left) and any(b.known for b in right):
        found.append((-2.0, "parties", "somebody else stands on the other side"))
    return found


def _side(word: str, left: Sequence[Party], right: Sequence[Party], rarity: Rarity) -> list[Reason]:
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
        most = 1.8 if one.known and other.known else 1.0
        return min(0.3 * weight * whole, most), one.name if len(one.words) <= len(other.words) else other.name
    if one.country and one.country == other.country:
        # A country and its army may be one; two different things of one country are not.
        return (0.3, one.country) if one.country in (one.key, other.key) else (-0.3, "")
    if one.country and other.country:
        return -1.8, ""
    return (-1.5 if one.known and other.known else -0.7), ""


def _words(first: Told, later: Told) -> list[Reason]:
    found: list[Reason] = []
    if first.words.length and later.words.length:
        alike = likeness(first.words, later.words)
        if alike < 0.2 and first.precision == later.precision == "none":
            points = -1.5 if first.family in _VERBAL else -0.6
            found.append((points, "words", "the sentences are of different words, and neither is dated"))
        shared = ", ".join(shared_words(first.words, later.words))
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
