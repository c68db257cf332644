"""Who the parties and mediators of a negotiation are, by the reports that name them, and how reports call it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from readout.across.facts import Who
from readout.across.negotiations.lexicon import subject_of
from readout.across.negotiations.phrases import Phrase
from readout.across.negotiations.roles import Naming, RoleName
from readout.across.negotiations.strands import Strand
from readout.across.negotiations.telling import based, sentence_at
from readout.across.negotiations.types import Role

_DEAL = re.compile(r"\b(?:deal|agreement|accord|truce|cease-?fire|pact|meetings?|mediation)$")
_MOST = 3  # bases that an entry keeps


def make_roles(strands: Sequence[Strand]) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """The parties and the mediators, those first that most reports name; who is named as both is what more reports call it."""
    named: dict[str, dict[RoleName, list[tuple[Strand, Naming]]]] = defaultdict(lambda: defaultdict(list))
    for strand in strands:
        for naming in strand.namings:
            named[naming.who.key][naming.role].append((strand, naming))
    found: dict[RoleName, list[Role]] = {"party": [], "mediator": []}
    for roles in named.values():
        counts = {role: len({strand.report.id for strand, _ in some}) for role, some in roles.items()}
        role: RoleName = "party" if counts.get("party", 0) >= counts.get("mediator", 0) else "mediator"
        others = [pair for name, some in roles.items() if name != role for pair in some]
        found[role].append(_role(role, roles[role], others))
    parties = sorted(found["party"], key=lambda one: (-one.reports, one.who.name, one.who.key))
    keys = {one.who.key for one in parties}
    mediators = sorted(found["mediator"], key=lambda one: (-one.reports, one.who.name, one.who.key))
    return tuple(parties), tuple(one for one in mediators if one.who.key not in keys)


def _numbers(some: Sequence[tuple[Strand, Naming]]) -> tuple[int, ...]:
    return tuple(sorted({strand.report.id for strand, _ in some}))


def _role(role: RoleName, some: Sequence[tuple[Strand, Naming]], others: Sequence[tuple[Strand, Naming]]) -> Role:
    surest = sorted(some, key=lambda pair: (-pair[1].score, pair[0].day, pair[0].identity, pair[1].span))
    kept: dict[int, tuple[Strand, Naming]] = {}
    for strand, naming in surest:
        kept.setdefault(strand.report.id, (strand, naming))
    names = Counter(naming.who.name for _, naming in some)
    name = min(names, key=lambda one: (-names[one], one))
    first = surest[0][1].who
    bases = tuple(
        based(strand, naming.span, naming.rule, naming.score, words=sentence_at(strand, naming.span[0]))
        for strand, naming in list(kept.values())[:_MOST]
    )
    mine, theirs = _numbers(some), _numbers(others)
    return Role(Who(first.key, name, first.country), role, len(mine), len(theirs), bases, mine, theirs)


def make_title(strands: Sequence[Strand], parties: Sequence[Role], subject: str | None) -> tuple[str, bool]:
    """What the reports call the talks: the form, place or sides that most of them name them by, else the parties. Second: whether it is
    a name. A place that one of several reports names them by may only be where they sat."""
    reports: dict[str, set[int]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for strand in strands:
        for phrase in strand.phrases:
            if phrase.name and not _DEAL.search(phrase.name):
                for mark in (*_marks(strand, phrase), ""):
                    reports[mark].add(strand.report.id)
                    written[mark][phrase.name] += 1
    several = len({strand.report.id for strand in strands}) > 1
    marks = [mark for mark in reports if mark and not (mark[0] == "p" and several and len(reports[mark]) == 1)]
    if marks:
        mark = min(marks, key=lambda one: (-len(reports[one]), -written[one].total(), one))
        best = _most(written[mark])
        return best[:1].upper() + best[1:], True
    common = _most(written[""]) if written[""] else f"{subject} talks" if subject else "talks"
    if subject_of(common.split()[0]):
        common = common[:1].lower() + common[1:]
    who = " – ".join(role.who.name for role in parties[:4])
    if len(parties) > 4:
        who = f"{who} and {len(parties) - 4} more"
    return (f"{who}: {common}" if who else common[:1].upper() + common[1:]), False


def _most(names: Counter[str]) -> str:
    """The name that is used most, however it is written; of two the longer."""
    folded = Counter[str]()
    for name, count in names.items():
        folded[name.casefold()] += count
    best = min(folded, key=lambda name: (-folded[name], -len(name), name))
    return min((name for name in names if name.casefold() == best), key=lambda name: (-names[name], name))


def _marks(strand: Strand, phrase: Phrase) -> list[str]:
    """What tells which talks a phrase names: the number of sides, the sides, or a place."""
    if phrase.form:
        return [f"form {phrase.form}"]
    if phrase.sides:
        return ["sides " + " ".join(sorted(side.key for side in phrase.sides))]
    said = {
        place.where.key: strand.report.text[start:end]
        for place in strand.report.places
        for start, end in place.mentions
        if phrase.span[0] <= start < phrase.head[0]
    }
    return [f"place {key}" for key, word in sorted(said.items()) if word in phrase.name]


def holds(strands: Sequence[Strand], parties: Sequence[Role]) -> bool:
    """Whether it is a negotiation: two parties are known, or it has a named form, or is that of one body."""
    if len(parties) > 1 or any(strand.form for strand in strands):
        return True
    bodies = Counter(
        side.key
        for strand in strands
        for side in {s for phrase in strand.phrases for s in phrase.sides}
        if side.kind == "body"
    )
    return bool(bodies) and max(bodies.values()) > 1
