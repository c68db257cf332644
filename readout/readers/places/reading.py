"""The reading itself: candidates, the places among them, and one `Place` a referent."""

from __future__ import annotations

import dataclasses

from readout.language.document import Document
from readout.readers.findings import Findings
from readout.readers.places.contested import with_claims
from readout.readers.places.evidence import is_called_region, is_place, persons_in
from readout.readers.places.gazetteer import DEMONYM, Entry, Sense, find_senses, fold_name
from readout.readers.places.matching import Candidate, candidates
from readout.readers.places.resolving import holder_of, resolve
from readout.readers.places.settlements import told_holder, with_settlements
from readout.types import Place, Span


def read_places(document: Document, found: Findings) -> Findings:
    """Adds the places that a document names, in order of first mention.

    Adjectives and inhabitants' names ("Turkish", "Turks") are mentions of their state: `is_literal` tells them apart.
    A name that nothing decides is listed without coordinates. A place in a contested territory carries what was said of
    that by the day of the article.
    """
    persons = persons_in(document)
    named = [_as_called(document, c) for c in candidates(document) if is_place(document, c, persons)]
    named = with_settlements(document, named)
    places: dict[object, tuple[Candidate, Entry | None, list[Span]]] = {}
    around: dict[str, Entry] = {}  # of names that no gazetteer has there, what the text says that they lie in
    for n, (candidate, entry) in enumerate(zip(named, resolve(document, named), strict=True)):
        holder = holder_of(document, named, n) or told_holder(document, named, n) if entry is None else None
        if holder is not None:
            around.setdefault(candidate.key, holder)
        key = candidate.key if entry is None else entry.geonames_id or entry.key
        places.setdefault(key, (candidate, entry, []))[2].append(candidate.span)
    listed = tuple(
        with_claims(
            _place(document, candidate, entry, tuple(spans), around.get(candidate.key)), entry, document.published
        )
        for candidate, entry, spans in places.values()
    )
    return dataclasses.replace(found, places=listed)


def _as_called(document: Document, candidate: Candidate) -> Candidate:
    """A candidate with the regions of its name alone where it is called one: "Donetsk region" is not the city."""
    if not is_called_region(document, candidate):
        return candidate
    regions = tuple(s for s in candidate.senses if s.entry.kind == "admin1" and s.use != DEMONYM)
    if not regions:
        regions = _around_towns(candidate)
    if not regions:
        return candidate
    key = f"{candidate.key} region"  # the town of that name is another place
    return candidate._replace(senses=regions, known=any(s.entry.known for s in regions), demonym=False, key=key)


def _around_towns(candidate: Candidate) -> tuple[Sense, ...]:
    """The region in which the largest town of a name lies, where it is spelt otherwise: "Bryansk region" for "Brjansk"."""
    towns = [s.entry for s in candidate.senses if s.use != DEMONYM and s.entry.admin1]
    town = max(towns, key=lambda entry: (entry.weight, entry.key), default=None)
    if town is None or town.kind not in ("city", "town"):
        return ()
    found = find_senses(fold_name(town.admin1 or ""), town.admin1 or "")
    return tuple(
        dataclasses.replace(s, entry=dataclasses.replace(s.entry, alternate=True))
        for s in found
        if s.entry.kind == "admin1" and s.entry.country == town.country and _is_alike(s.entry, town)
    )


def _is_alike(region: Entry, town: Entry) -> bool:
    """Whether a region may be called by the name of its town: their names begin alike."""
    one, other = fold_name(region.name), fold_name(town.name)
    return one[:1] == other[:1] and (one[:5] == other[:5] or len(set(one[:6]) & set(other[:6])) >= 4)


def _place(
    document: Document, candidate: Candidate, entry: Entry | None, spans: tuple[Span, ...], holder: Entry | None
) -> Place:
    """A place by its first mention, what that means, and all its mentions."""
    written = " ".join(document.slice(candidate.span).split())
    written = written.title() if written.isupper() and len(written) > 3 else written
    if entry is None and holder is not None:
        region = holder.admin1 or (holder.name if holder.kind == "admin1" else None)
        return Place(written, "town", holder.country, region, mentions=spans)
    if entry is None:
        kinds = {sense.entry.kind for sense in candidate.senses}
        countries = {sense.entry.country for sense in candidate.senses}
        return Place(
            written, min(kinds, default="town"), countries.pop() if len(countries) == 1 else None, mentions=spans
        )
    demonym = any(s.use == DEMONYM and s.entry.key == entry.key for s in candidate.senses)
    name = entry.name if entry.known or demonym or not entry.alternate else written
    return Place(name, entry.kind, entry.country, entry.admin1, entry.lat, entry.lon, entry.geonames_id, spans)
