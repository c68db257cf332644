"""Who does a verb: its subject, the "by"-phrase of a passive, and who is meant where a participle or an infinitive has none."""

from __future__ import annotations

from readout.language.document import Document
from readout.language.memory import once_listed
from readout.readers.events.heads import expand, whole_list
from readout.readers.events.lexicon import words
from readout.readers.events.obliques import obliques
from readout.readers.events.passives import is_passive
from readout.readers.events.somebody import is_somebody
from readout.readers.lookup import heads_date
from readout.readers.status.governing import has_own_tense, is_ranked
from readout.readers.status.lexicon import governors

_NOUNS = frozenset({"NOUN", "PROPN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_DEPTH = 6  # how far a missing subject is looked for up the tree


@once_listed
def surface_subjects(document: Document, i: int) -> list[int]:
    """The heads of the surface subject of verb `i`, its own or inherited, coordinated ones included; [] where none is clear."""
    return _subjects_from(document, i, _DEPTH)


@once_listed
def _subjects_from(document: Document, i: int, depth: int) -> list[int]:
    """The surface subject of verb `i`, looked for so far up the tree."""
    own = document.children(i, "nsubj") or _run_together(document, i) or _behind_participle(document, i)
    own = own or _for_whom(document, i)
    if own:
        return expand(document, own)
    if depth == 0:
        return []
    token = document.tokens[i]
    head = token.head
    if head == i:
        return []
    if token.dep in ("acl", "acl:relcl"):
        return _subjects_of_acl(document, i, head, depth)
    if token.dep == "xcomp":
        return _controllers(document, head, depth)
    if token.dep == "csubj" and document.tokens[head].pos == "ADJ" and document.children(head, "nsubj"):
        return _subjects_from(document, head, depth - 1)  # "*she* is due to visit"
    if token.dep == "advcl" and _blamed(document, i, head):
        return expand(document, document.children(head, "obj")[:1])
    if token.dep == "advcl":
        return _subjects_from(document, head, depth - 1) if _is_clause(document, head) else []
    if token.dep == "conj" and _is_clause(document, head):
        head = _finite_above(document, i) or head
        return _subjects_from(document, head, depth - 1)
    return []


def _finite_above(document: Document, i: int) -> int | None:
    """The finite verb to which one with a tense of its own is joined, where the tree joins it to what hangs below that.

    "Accused Chad of breaching the pact and *urged* Oslo to step in": who accused Chad urged Oslo.
    """
    if not has_own_tense(document, i):
        return None
    at = document.tokens[i].head
    while document.tokens[at].tag not in _FINITE:
        above = document.tokens[at].head
        if above == at or document.relations[at].split(":")[0] not in ("advcl", "xcomp", "acl", "conj"):
            return None
        at = above
    return at


def _run_together(document: Document, i: int) -> list[int]:
    """The subject that the tree takes for a part of its finite verb: "the senator's *aide* faulted the plan"."""
    token = document.tokens[i]
    if token.tag not in ("VBD", "VBZ", "VBP"):
        return []
    before = [c for c in document.children(i, "compound", "nmod:desc") if c < i and document.tokens[c].pos in _NOUNS]
    if before:
        return before[-1:]
    dates = [o for o in document.children(i, "obl") if o < i and heads_date(document, o)]
    # "On Monday, *Ola Berg*, who heads the party, promised": taken for another name of the day
    named = [a for date in dates for a in document.children(date, "appos") if document.tokens[a].pos in _NOUNS]
    return named[:1] if not document.children(i, "expl", "csubj") else []


def _for_whom(document: Document, i: int) -> list[int]:
    """Who is to do what an infinitive tells: "set a date *for the experts* to visit"."""
    to = document.child(i, "mark")
    if to is None or document.words[to] != "to" or to == 0 or document.tokens[i].tag != "VB":
        return []
    noun = to - 1
    named = document.tokens[noun].pos in _NOUNS and document.preposition(noun) == "for"
    bound = document.tokens[noun].pos == "PROPN" and document.lemmas[document.tokens[noun].head] in words("bound")
    return [noun] if named and not bound and is_somebody(document, noun) else []


def _behind_participle(document: Document, i: int) -> list[int]:
    """The subject before a participle between commas that the tree takes for the main verb: "the *group*, founded in May, vowed"."""
    token = document.tokens[i]
    if token.dep != "parataxis" or token.tag not in ("VBD", "VBZ", "VBP") or document.tokens[i - 1].text != ",":
        return []
    main = document.tokens[token.head]
    before = [s for s in document.children(main.i, "nsubj") if s < main.i]
    apart = main.tag in ("VBN", "VBD") and document.tokens[main.i - 1].text == "," and main.i < i
    return before if apart and not document.children(main.i, "aux", "obj") else []


def _is_clause(document: Document, i: int) -> bool:
    """Whether word `i` heads a clause: a verb, an adjective, or a noun with a copula ("is a donor, giving")."""
    return document.tokens[i].pos in ("VERB", "AUX", "ADJ") or bool(document.children(i, "cop"))


def _blamed(document: Document, i: int, head: int) -> bool:
    """Whether a gerund is done by the object of its verb: "accused them *of supplying*", "thanked them *for leaving*".

    Who "summoned them *for questioning*" means to question them.
    """
    marks = {document.words[m] for m in document.children(i, "mark", "case")}
    if not document.children(head, "obj") or i < head:
        return False
    return bool(marks & {"of", "from"}) or ("for" in marks and document.lemmas[head] in words("blaming"))


def _subjects_of_acl(document: Document, i: int, head: int, depth: int) -> list[int]:
    """Of a participle or an infinitive that modifies a noun."""
    infinitive = any(document.words[m] == "to" for m in document.children(i, "mark"))
    governor = document.tokens[head].head
    if not infinitive and is_brought(document, i):  # "a plan *of sending* troops": whose plan it is
        if document.lemmas[governor] in words("blaming"):
            return [head]  # "accused *the army* of shelling it"
        if document.lemmas[head] in words("claimed"):
            return _subjects_from(document, governor, depth - 1)
        if document.lemmas[head] in words("customs"):
            return _whose_custom(document, head, depth)
        if document.lemmas[head] not in governors()["nouns"]:
            return []
    elif not infinitive:
        apart = document.tokens[i].tag == "VBG" and i > 0 and document.tokens[i - 1].text == ","
        if apart and document.relations[head] in ("obj", "obl", "nmod") and document.tokens[governor].pos == "VERB":
            return _subjects_from(document, governor, depth - 1)  # "denied any part in it, accusing the army"
        if document.lemmas[head] in words("writings"):
            return _authors(document, head, depth)
        written = [o for o in document.children(governor, "obj") if document.lemmas[o] in words("writings")]
        if written and document.tokens[i].tag == "VBG" and document.relations[head] == "obl":
            return _authors(document, written[0], depth)  # "sent a letter to the king *threatening* him"
        return whole_list(document, head, i)
    if document.children(head, "nsubj") and document.tokens[head].tag in _FINITE:
        return _subjects_from(document, head, depth - 1)  # "Egypt *plans* to host": the tagger is of two minds
    first = min(document.subtree(head))
    if infinitive and "were" in document.words[max(first - 1, 0) : first + 1]:
        return [head]  # "were *the army* to shell it"
    if is_ranked(document, i) and document.children(head, "cop"):  # "Norway was the only country *to object*"
        return expand(document, document.children(head, "nsubj"))
    owners = [c for c in document.children(head, "nmod:poss") if document.words[c] not in words("timely")]
    if not owners:  # "Obama plans to visit": the tagger takes the verb for a noun
        owners = [c for c in document.children(head, "compound", "nmod:desc") if document.tokens[c].pos == "PROPN"][-1:]
    if not owners:  # "a request by the union to meet", "the efforts of the union to meet"
        whose = ("by", "from", "of") if document.lemmas[head] in governors()["nouns"] else ("by", "from")
        owners = [c for c in document.children(head, "nmod", "obl") if document.preposition(c) in whose][:1]
    if owners and not _of_subject(document, head, owners[0]):
        return expand(document, owners)
    if document.preposition(head) in ("for", "over") and document.lemmas[governor] in words("blaming"):
        return expand(document, document.children(governor, "obj")[:1])  # "blamed *Chad* for plans to seize it"
    if document.relations[head] in ("obj", "obl", "xcomp") and document.tokens[governor].pos == "VERB":
        return _subjects_from(document, governor, depth - 1)
    if document.relations[head] == "root" and document.tokens[head].pos == "PROPN" and infinitive:
        return [head]  # "China, US to hold talks": a headline
    return []


def _whose_custom(document: Document, noun: int, depth: int) -> list[int]:
    """Whose way of doing things it is: "*the army's* policy of closing it", "*Chad* began the practice of closing it"."""
    owners = document.children(noun, "nmod:poss")
    governor = document.tokens[noun].head
    if not owners and document.relations[noun] == "obj" and document.lemmas[governor] in words("customary"):
        return _subjects_from(document, governor, depth - 1)
    return expand(document, owners)


def _of_subject(document: Document, noun: int, owner: int) -> bool:
    """Whether an attempt is that of the clause's own subject: "*they* failed in *their* attempt"."""
    pronoun = document.tokens[owner].tag == "PRP$"
    return pronoun and document.lemmas[noun] in words("attempts") and document.relations[noun] in ("obj", "obl")


def is_brought(document: Document, i: int) -> bool:
    """Whether a preposition brings a gerund to its noun: "signs *of* having been beaten", which are not who was beaten."""
    return document.tokens[i].tag != "VBD" and any(
        document.tokens[m].pos in ("ADP", "SCONJ") and document.words[m] in words("gerund_marks")
        for m in document.children(i, "mark", "case")
    )


def _authors(document: Document, i: int, depth: int) -> list[int]:
    """Who speaks by a writing: its owner, else who issues it ("put out a report accusing the army"); else the writing itself."""
    owners = document.children(i, "nmod:poss") or [
        c for c in document.children(i, "nmod", "obl") if document.preposition(c) in ("by", "from")
    ]
    if owners:
        return expand(document, owners[:1])
    governor = document.tokens[i].head
    if document.relations[i] in ("obj", "obl") and document.tokens[governor].pos == "VERB":
        return _subjects_from(document, governor, depth - 1) or [i]
    if document.relations[i] == "nsubj:pass":  # "a resolution urging them to leave was adopted *by parliament*"
        return expand(document, document.children(governor, "obl:agent")) or [i]
    return [i]


def _controllers(document: Document, governor: int, depth: int) -> list[int]:
    """Who does the infinitive below `governor`: its object ("urged Iran to stop"), else its subject."""
    verb = document.tokens[governor]
    people = document.children(governor, "iobj", "obj")
    if (
        people
        and verb.lemma not in words("subject_control")
        and document.tokens[people[0]].pos in ("NOUN", "PROPN", "PRON")
    ):
        thing = not is_somebody(document, people[0]) or document.lemmas[people[0]] in words("idioms")
        if document.lemmas[people[0]] in words("writings") or (thing and verb.lemma in words("bringing_about")):
            return _subjects_from(
                document, governor, depth - 1
            )  # "issued a report *critical* of", "joined forces *to feed*"
        return expand(document, people[:1])
    return _subjects_from(document, governor, depth - 1)


@once_listed
def subjects(document: Document, i: int) -> list[int]:
    """Who does verb `i`: the subject of an active, the "by"-phrase of a passive."""
    if is_passive(document, i):
        near = (*obliques(document, i), *_beyond_place(document, i))
        agents = document.children(i, "obl:agent") or [o for o in near if document.preposition(o) == "by"]
        return expand(document, agents or _shared_agent(document, i))
    return surface_subjects(document, i)


def _shared_agent(document: Document, i: int) -> list[int]:
    """The agent of the last of several participles, who does what the others say as well: "was beaten and robbed *by rebels*"."""
    head = document.tokens[i].head if document.relations[i] == "conj" else i
    level = [c for c in document.children(head, "conj") if c > i and document.tokens[c].tag == "VBN"]
    if not level or document.children(level[-1], "aux"):
        return []
    own = bool(document.children(level[-1], "nsubj", "nsubj:pass"))
    if own and document.lemmas[i] in words("hurting") and document.lemmas[level[-1]] in words("relieving"):
        return []  # "ten were killed and five *rescued by firemen*"
    return document.children(level[-1], "obl:agent")


def _beyond_place(document: Document, i: int) -> list[int]:
    """What the tree hangs on the place or the reason beside a passive: "was invited to the talks *by Chad*", "was fined for
    selling arms *by a court*".
    """
    beside = [
        o for o in document.children(i, "obl") if document.preposition(o) in ("to", "in", "at", "on", "from", "during")
    ]
    reasons = [c for c in document.children(i, "advcl") if document.tokens[c].tag == "VBG" and is_brought(document, c)]
    reasons = [c for c in reasons if document.children(c, "obj")]
    return [
        *(c for o in beside for c in document.children(o, "nmod")),
        *(o for c in reasons for o in document.children(c, "obl")),
    ]
