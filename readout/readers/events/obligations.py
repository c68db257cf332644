"""Demands without a verb of demanding: what somebody says that others must do ("said Norway *must* keep its word")."""

from __future__ import annotations

from readout.language.document import Document
from readout.readers.events.arguments import surface_subjects
from readout.readers.events.book import ActorBook
from readout.readers.events.frames import Trigger, obligation_frame
from readout.readers.events.passives import is_passive
from readout.readers.events.patterns import Pattern
from readout.readers.status import judge
from readout.readers.status.lexicon import semi_modals
from readout.types import Actor

#: Kinds of actor that make and meet political demands, whatever is known of their sectors.
_POLITICAL = frozenset({"country", "government", "armed_group", "igo", "party"})
#: Kinds that make such demands beside them: what people and their organizations say a state must do, they ask of it.
_ASKING = _POLITICAL | {"population", "ngo"}
#: Where the clause of a demand stands: below the verb of speech, or by itself in what is quoted.
_MAIN = frozenset({"ccomp", "root", "parataxis", "conj"})
_CLAUSES = _MAIN | {"xcomp"}  # it may be the infinitive below the verb of such a clause: "has to *leave*"
_SECTORS = frozenset({"GOV", "MIL", "LEG", "REB", "PTY", "OPP", "JUD", "IGO", "ELI", "SPY", "PRM"})


def find_obligations(document: Document, book: ActorBook, taken: frozenset[int]) -> list[Trigger]:
    """The verbs that an actor says other actors must do; verbs in `taken` are triggers already, and left to their own frames.

    Only what one political actor says of another counts: a duty that nobody is quoted for, or that the speaker has
    itself, is no demand.
    """
    found: list[Trigger] = []
    demanded: set[int] = set()
    frame, unless = obligation_frame()
    for i in document.of_parts(("VERB",)):
        if i in taken:
            continue
        if document.relations[i] not in _CLAUSES or judge(document, i).status != "requested":
            continue  # as mostly
        token = document.tokens[i]
        speaker = book.speaker_at(token.start)
        if speaker is None or not (_is_political(book.actors[speaker]) or book.actors[speaker].kind in _ASKING):
            continue
        clause = token.head if token.dep == "xcomp" and document.tokens[token.head].lemma in semi_modals() else token.i
        if document.relations[clause] not in _MAIN or token.lemma.lower() in unless or is_passive(document, token.i):
            continue
        if any(document.tokens[a].lemma == "have" for a in document.children(token.i, "aux")):
            continue  # "must have left" asks for nothing
        operators = judge(document, token.i).operators
        own = [o for o in operators if o.kind == "modal_obligation" and not o.negated]
        if not own or own[0] != operators[0]:
            continue
        if token.dep == "conj" and (token.head in taken or token.head in demanded):
            continue  # "must sign and respect it" is one demand
        obliged = book.find_all(surface_subjects(document, token.i))
        others = [n for n in obliged if n != speaker and not _governs(book.actors[speaker], book.actors[n])]
        if speaker in obliged or not any(_is_political(book.actors[n]) for n in others):
            continue
        demanded.add(token.i)
        found.append(Trigger(token.i, frame, Pattern(token.lemma.lower(), (), token.lemma.lower()), noun=False))
    return found


def _is_political(actor: Actor) -> bool:
    return actor.kind in _POLITICAL or bool(_SECTORS & set(actor.sectors))


def _governs(speaker: Actor, obliged: Actor) -> bool:
    """Whether a speaker names its own state: what a minister says the country must do, the government has to do."""
    if any(word in ("former", "ex", "opposition") for word in (speaker.role or "").lower().replace("-", " ").split()):
        return False
    own_state = obliged.kind in ("country", "government") and obliged.country is not None
    return own_state and obliged.country == speaker.country and "GOV" in speaker.sectors
