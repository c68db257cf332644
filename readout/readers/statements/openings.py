"""Attributions by a verb that the tree takes for a modifier of what is said: "Berg *repeated* Chad's position that …"."""

from __future__ import annotations

from readout.readers.statements.lexicon import verb_cue
from readout.readers.statements.page import Draft, Page, trim


def opening_draft(page: Page, verb: int) -> Draft | None:
    """The attribution of a verb right behind the name that opens its sentence and right before whose words it gives.

    "Berg repeated *Chad's position that the river was free*": an owner behind a participle leaves it no noun of its own.

    Args:
        page: the document with its quotations.
        verb: a verb that hangs on a noun behind it.
    """
    document, token = page.document, page.tokens[verb]
    noun, first = token.head, document.sentence(verb).first
    names = range(first, verb)
    if token.tag not in ("VBN", "VBD") or noun < verb or not names or page.tokens[noun].dep != "root":
        return None
    owners = [c for c in document.children(noun, "nmod:poss") if verb < c]
    if not owners or min(document.subtree(owners[0])) != verb + 1:
        return None
    if any(page.tokens[i].tag != "NNP" for i in names) or verb in page.inside:
        return None
    cue = verb_cue(token.lemma, token.lower)
    strength = cue.frames.get("object") if cue is not None else None
    if strength is None:
        return None
    content = trim(page, verb + 1, max(document.subtree(noun)))
    if content is None:
        return None
    return Draft(verb, document.span(verb), verb - 1, (content,), strength, (), (first, verb))
