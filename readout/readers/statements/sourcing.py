"""On whose word: whether a source has a name, an office, a body behind it, none of these, or is nobody at all.

The five classes follow the practice of newsroom style guides, which tell a reader why a source may be believed: by
name, by office, by institution, or by what can be said of somebody who stays unnamed. Who speaks on condition of
anonymity but is given by office stays "official".
"""

from __future__ import annotations

from readout.readers.statements.lexicon import phrases, source_nouns, sourcing
from readout.readers.statements.page import Draft, Page, is_somebody, noun_kind
from readout.readers.statements.subjects import is_passive
from readout.types import Actor, Sourcing, Span

_LONGEST_DESCRIPTION = 14
_UNNAMED: dict[str, Sourcing] = {
    "people": "anonymous", "bodies": "institutional", "media": "institutional", "documents": "institutional"
}  # fmt: skip
_PRONOUNS = ("PRON", "DET")


def sourcing_of(page: Page, draft: Draft, actor: Actor | None) -> Sourcing | None:
    """The class of a statement's source; None where the text gives no reason for any.

    Args:
        page: the document.
        draft: the attribution.
        actor: who speaks, as far as it is known.
    """
    if draft.source is None:
        return "hearsay" if _names_nobody(page, draft) else None
    if actor is not None and actor.kind == "person":
        return "named"
    token = page.tokens[draft.source]
    if token.lower in sourcing().forms and page.document.child(draft.source, "nmod") is None:
        return sourcing().forms[token.lower]
    if token.pos not in _PRONOUNS:
        return _of_noun(page, draft.source, actor)
    return _of_actor(actor) if actor is not None else None


def _names_nobody(page: Page, draft: Draft) -> bool:
    """Whether an attribution without a source is put about by nobody in particular."""
    token = page.tokens[draft.word]
    if draft.cue is None:
        return False
    if token.lower in phrases().hearsay or token.lemma.lower() in sourcing().cues:
        return True
    return token.lemma in sourcing().verbs and token.pos == "VERB" and is_passive(page, draft.word)


def _of_noun(page: Page, head: int, actor: Actor | None) -> Sourcing | None:
    """The class of a source by its own noun, and by the kind of its actor where the noun decides nothing."""
    token = page.tokens[head]
    if token.pos == "NOUN" and _leads_name(page, head):
        return "named"
    by_noun = sourcing().nouns.get(token.lemma.lower()) or sourcing().nouns.get(token.lower)
    if by_noun is not None and (actor is None or actor.kind in ("unnamed", "population") or token.pos == "NOUN"):
        return by_noun
    explained = [c for c in page.document.children(head, "appos") if noun_kind(page, c) == "people"]
    if token.pos == "PROPN" and explained:
        return "named"  # "Karim Aziz, a farmer": a person, whatever the register holds the name for
    kind = noun_kind(page, head)
    if actor is not None and actor.kind in sourcing().kinds:
        return sourcing().kinds[actor.kind]
    if kind is not None and (token.pos == "NOUN" or actor is None or actor.kind != "population"):
        return _UNNAMED[kind]
    if token.pos == "NOUN" and is_somebody(page, head):
        return "anonymous"
    if token.pos != "PROPN" or (actor is not None and actor.kind != "unnamed"):
        return None
    return "institutional" if page.is_place(head) else "named"  # "according to Kyiv" is its government


def _leads_name(page: Page, head: int) -> bool:
    """Whether a name stands right behind a noun that is its title: "actress Ana Ruiz"."""
    if head + 1 >= page.document.sentence(head).last or page.is_time(head + 1):
        return False
    name = page.tokens[head + 1]
    return name.pos == "PROPN" and name.head == head and name.dep in ("flat", "appos", "nmod:desc", "compound")


def _of_actor(actor: Actor) -> Sourcing | None:
    """The class of an actor that a pronoun stands for: by its kind, or by the noun that it was brought in with."""
    if actor.kind in sourcing().kinds:
        return sourcing().kinds[actor.kind]
    for word in actor.name.lower().split():
        for form in (word, word.removesuffix("s")):
            found = sourcing().nouns.get(form) or _UNNAMED.get(source_nouns().get(form, ""))
            if found is not None:
                return found
    return None


def described(page: Page, draft: Draft, span: Span) -> Span:
    """The words of an unnamed source with what describes it: "sources" to "sources close to the militia"."""
    words = page.document.tokens_in(span)
    if not words or draft.source is None:
        return span
    last = words[-1]
    if not any(_stands_at(page, last + 1, description) for description in sourcing().words):
        return span
    end = last
    limit = min(last + _LONGEST_DESCRIPTION, page.document.sentence(last).last - 1)
    while end < limit and not _ends(page, end + 1, draft.word):
        end += 1
    return page.document.span(words[0], end)


def _stands_at(page: Page, start: int, description: tuple[str, ...]) -> bool:
    tokens = page.tokens[start : start + len(description)]
    return tuple(token.lower for token in tokens) == description


def _ends(page: Page, i: int, cue: int) -> bool:
    """Whether a description ends before word `i`: at the cue, at a mark, or at a finite verb."""
    token = page.tokens[i]
    return i == cue or token.pos in ("PUNCT", "AUX") or token.tag in ("VBD", "VBZ", "VBP", "MD") or i in page.opens
