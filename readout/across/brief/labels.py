"""What a line is besides told as done, and on whose word it stands: only what the claims in its words leave no doubt of."""

from __future__ import annotations

import re
import unicodedata

from readout.across.brief.lexicon import pattern
from readout.across.brief.passages import Passage, day_of
from readout.across.facts import EventFact, StatementFact, Who

#: Statuses of what is to come, each of which has words of its own.
_AHEAD = ("planned", "proposed", "threatened")
#: What opens a clause beside the main one; somebody's saying that something will be is not such a clause.
_BESIDE = re.compile(
    r"\b(?:that|when|as|after|while|because|with|amid|which|who|whose|before|since|using|but|if|unless|"
    r"has|have|had|is|are|was|were)\b|\band (?![A-Z])|,"
)
_SAYING = re.compile(r"\b(?:said|says|announced|told \w+|reported)(?: \w+day)?(?: that)?\b")
#: Characters from a name to the word of saying, from where on it is not the name that belongs to it.
_FAR, _NOWHERE = 50, 1_000
_LONGEST = 6  # words of a name; more is a clause
#: Names of speakers that were read from a list or a pronoun, or are only a piece of paper.
_NOBODY = re.compile(
    r"^(?:his|her|its|their|our|my|the|a|an)\b|^(?:(?:[Pp]ress |[Mm]edia )?[Rr]eports?|statement|source|leader|head|chief|officer|member|"
    r"director|spokes\w+|[Nn]orth|[Ss]outh)$|"
    r",|\d{3}|\b(?:poll|survey|study)\b"
)


def labels_of(passage: Passage) -> tuple[str, ...]:
    """What a line is besides told as done: "planned", "proposed" or "threatened" where all that the words tell as new is;
    "denied" and "not confirmed" where the words say so.

    Where what they tell is partly done and partly ahead there is no label: the words say which is which. A "here" that the claims
    resolve is named.
    """
    found: list[str] = []
    statuses = {event.status for event in passage.news}
    if len(statuses) == 1:
        status = next(iter(statuses))
        if status in _AHEAD and _is_main(passage, pattern(status)):
            found.append(status)
        elif status == "uncertain" and pattern("unsure").search(passage.words):
            found.append("not confirmed")
    if any(event.status == "denied" for event in passage.news) and pattern("denies").search(passage.words):
        found.append("denied")
    if passage.here and (place := _here(passage)):
        found.append(f"here: {place}")
    return tuple(found)


def is_ahead(passage: Passage) -> EventFact | None:
    """The act that a passage tells as planned: first of all, or for a day after its report's; None where it hangs on an "if"."""
    if pattern("if").search(passage.words):
        return None
    day = day_of(passage.report)
    for event in passage.news:
        if event.status == "planned" and (event is passage.news[0] and _is_main(passage, pattern("planned"))):
            return event
    later = [event for event in passage.news if event.status == "planned" and (event.start or "") > day]
    return later[0] if later and pattern("ahead").search(passage.words) else None


def _is_main(passage: Passage, marks: re.Pattern[str]) -> bool:
    """Whether the first act in a passage is its main clause, and a word of what is to come stands before it."""
    first = passage.news[0]
    before = passage.report.text[passage.span[0] : first.span[1]]
    found = marks.search(before)
    return found is not None and not _BESIDE.search(_SAYING.sub("", before[: found.start()]))


def _here(passage: Passage) -> str | None:
    """The one town that the claims put the words in and the words do not name."""
    places = {place.key: place for event in passage.news for place in event.places}
    words = _folded(passage.words)
    towns = {place.name for place in places.values() if place.kind == "city" and _folded(place.name) not in words}
    return next(iter(towns)) if len(towns) == 1 else None


def _folded(text: str) -> str:
    """Text without case and marks on letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def word_of(passage: Passage) -> str | None:
    """Who tells what the passage says, where it says so and it is one: "police", "Elin Sorvik"."""
    told = [
        said for said in statements_in(passage) if tells(passage, said) and said.speaker and is_somebody(said.speaker)
    ]
    whole = [said for said in told if len(said.content) >= len(passage.words) / 3]
    nearest = min(whole, key=lambda said: (_distance(passage, said), -len(said.content), said.id), default=None)
    if nearest is None or nearest.speaker is None:
        return None
    if _FAR < _distance(passage, nearest) < _NOWHERE and nearest.speaker.name.split()[-1] not in passage.words[:_FAR]:
        return None  # neither the subject of the sentence nor beside the word of saying: another was not read
    return nearest.speaker.name


def _distance(passage: Passage, said: StatementFact) -> int:
    """How far the name of a speaker stands from the word of saying; far where it does not stand there."""
    words = passage.report.text[passage.span[0] : passage.span[1]]
    last = said.speaker.name.split()[-1] if said.speaker else ""
    places = [found.start() + passage.span[0] for found in re.finditer(re.escape(last), words)] if last else []
    return min((abs(place - said.span[0]) for place in places), default=_NOWHERE)


def statements_in(passage: Passage) -> list[StatementFact]:
    """The statements whose cue stands in a passage."""
    return [said for said in passage.report.statements if passage.span[0] <= said.span[0] < passage.span[1]]


def tells(passage: Passage, said: StatementFact) -> bool:
    """Whether the cue of a statement is one of telling, and no demand, praise or blame."""
    return bool(pattern("tells").match(passage.report.text[said.span[0] : said.span[1]]))


def is_somebody(who: Who) -> bool:
    """Whether a speaker has a name or office that can be given: no "his father", no list that was read as one name."""
    return 0 < len(who.name.split()) <= _LONGEST and not _NOBODY.search(who.name)
