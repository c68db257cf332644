"""How a mention uses a place's name: for itself, as adjective or inhabitant, or for its rulers."""

from __future__ import annotations

from readout.language.document import Document, is_dep
from readout.readers.places.gazetteer import DEMONYM, find_senses
from readout.readers.places.names import fold_name
from readout.readers.places.words import words
from readout.types import Span

_ACTS = ("nsubj", "obl:agent", "iobj")


def is_demonym(document: Document, span: Span) -> bool:
    """Whether a mention is an adjective or an inhabitant's name ("Turkish", "Turks")."""
    written = " ".join(document.slice(span).split())
    senses = [s for s in find_senses(fold_name(written), written) if s.entry.known]
    if not senses or all(s.use != DEMONYM for s in senses):
        return False
    if all(s.use == DEMONYM for s in senses):
        return True
    head = document.head_of(span)
    return head is not None and is_dep(document.relations[head], ("amod", "compound"))


def is_literal(document: Document, span: Span) -> bool:
    """Whether a mention of a place is its name, used for the place.

    False for adjectives and inhabitants' names, for a name within the name of a body that sits there ("Montreal
    University"), and for a name that acts ("Washington said …"), which stands for a government.
    """
    kept: dict[Span, bool] = document.memory.setdefault("literal places", {})  # figures and events ask for the same
    found = kept.get(span)
    if found is None:
        found = kept[span] = _names_place(document, span)
    return found


def _names_place(document: Document, span: Span) -> bool:
    if is_demonym(document, span):
        return False
    head = document.head_of(span)
    if head is None:
        return False
    token = document.tokens[head]
    governor = document.tokens[token.head]
    if is_dep(token.dep, _ACTS) and governor.pos in ("VERB", "ADJ"):
        return False
    after = head + 1
    named = after < len(document.tokens) and document.tokens[after].text[:1].isupper()
    if not named or token.dep not in ("compound", "amod", "nmod"):
        return True
    if document.words[after] in words().region_words:
        return _is_region(document, span, after)
    return document.words[after] not in words().bodies


def _is_region(document: Document, span: Span, after: int) -> bool:
    """Whether a capitalised word behind a name makes it a region ("Belgorod *Region*") and not a university ("Ohio *State*")."""
    if document.words[after] != "state":
        return True
    if after + 1 < len(document.tokens) and document.tokens[after + 1].text[:1].isupper():
        return False  # "Moscow State University"
    written = " ".join(document.slice(span).split())
    senses = [sense.entry for sense in find_senses(fold_name(written), written)]
    return any(entry.kind == "admin1" and entry.country != "USA" for entry in senses)
