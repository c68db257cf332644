"""Who stands where around a trigger: subjects, objects and obliques, across passives, participles, relative clauses and control."""

from __future__ import annotations

from readout.language.document import Document, bits_of
from readout.language.memory import once, once_listed
from readout.readers.events.lexicon import words
from readout.readers.events.obliques import behind_time, obliques
from readout.readers.events.passives import is_counted_before, is_passive, is_reduced
from readout.readers.lookup import heads_date
from readout.readers.status.governing import has_own_tense, is_ranked
from readout.readers.status.lexicon import governors

RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: One of these hangs on each verb that has an object, its own or shared.
_WITH_OBJECT = bits_of("obj", "xcomp", "advcl", "conj", "nsubj")
_JOINED = bits_of("conj")
_DEPTH = 6  # how far a missing subject is looked for up the tree


@once_listed
def surface_subjects(document: Document, i: int) -> list[int]:
    """The heads of the surface subject of verb `i`, its own or inherited, coordinated ones included; [] where none is clear."""
    return _subjects_from(document, i, _DEPTH)


@once_listed
def _subjects_from(document: Document, i: int, depth: int) -> list[int]:
    """The surface subject of verb `i`, looked for so far up the tree."""
    own = document.children(i, "nsubj") or _run_together(document, i) or _behind_participle(document, i)
    if own:
        return _expand(document, own)
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
        return _expand(document, document.children(head, "obj")[:1])
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
    """Whether a gerund is done by the object of its verb: "accused them *of supplying*", "stopped it *from leaving*"."""
    marks = {document.words[m] for m in document.children(i, "mark", "case")}
    return bool(marks & {"of", "from", "for"}) and bool(document.children(head, "obj")) and i > head


def _subjects_of_acl(document: Document, i: int, head: int, depth: int) -> list[int]:
    """Of a participle or an infinitive that modifies a noun."""
    infinitive = any(document.words[m] == "to" for m in document.children(i, "mark"))
    governor = document.tokens[head].head
    if not infinitive and _is_brought(document, i):  # "a plan *of sending* troops": whose plan it is
        if document.lemmas[governor] in words("blaming"):
            return [head]  # "accused *the army* of shelling it"
        if document.lemmas[head] in words("claimed"):
            return _subjects_from(document, governor, depth - 1)
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
        return [head]
    if document.children(head, "nsubj") and document.tokens[head].tag in _FINITE:
        return _subjects_from(document, head, depth - 1)  # "Egypt *plans* to host": the tagger is of two minds
    first = min(document.subtree(head))
    if infinitive and "were" in document.words[max(first - 1, 0) : first + 1]:
        return [head]  # "were *the army* to shell it"
    if is_ranked(document, i) and document.children(head, "cop"):  # "Norway was the only country *to object*"
        return _expand(document, document.children(head, "nsubj"))
    owners = document.children(head, "nmod:poss")
    if not owners:  # "Obama plans to visit": the tagger takes the verb for a noun
        owners = [c for c in document.children(head, "compound", "nmod:desc") if document.tokens[c].pos == "PROPN"][-1:]
    if not owners:  # "a request by the union to meet", "the efforts of the union to meet"
        whose = ("by", "from", "of") if document.lemmas[head] in governors()["nouns"] else ("by", "from")
        owners = [c for c in document.children(head, "nmod", "obl") if document.preposition(c) in whose][:1]
    if owners and not _of_subject(document, head, owners[0]):
        return _expand(document, owners)
    if document.preposition(head) in ("for", "over") and document.lemmas[governor] in words("blaming"):
        return _expand(document, document.children(governor, "obj")[:1])  # "blamed *Chad* for plans to seize it"
    if document.relations[head] in ("obj", "obl", "xcomp") and document.tokens[governor].pos == "VERB":
        return _subjects_from(document, governor, depth - 1)
    if document.relations[head] == "root" and document.tokens[head].pos == "PROPN" and infinitive:
        return [head]  # "China, US to hold talks": a headline
    return []


def _of_subject(document: Document, noun: int, owner: int) -> bool:
    """Whether an attempt is that of the clause's own subject: "*they* failed in *their* attempt"."""
    pronoun = document.tokens[owner].tag == "PRP$"
    return pronoun and document.lemmas[noun] in words("attempts") and document.relations[noun] in ("obj", "obl")


def _is_brought(document: Document, i: int) -> bool:
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
        return _expand(document, owners[:1])
    governor = document.tokens[i].head
    if document.relations[i] in ("obj", "obl") and document.tokens[governor].pos == "VERB":
        return _subjects_from(document, governor, depth - 1) or [i]
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
        if document.lemmas[people[0]] in words("writings"):
            return _subjects_from(document, governor, depth - 1)  # "issued a report *critical* of"
        return _expand(document, people[:1])
    return _subjects_from(document, governor, depth - 1)


@once_listed
def subjects(document: Document, i: int) -> list[int]:
    """Who does verb `i`: the subject of an active, the "by"-phrase of a passive."""
    if is_passive(document, i):
        near = (*obliques(document, i), *_beyond_place(document, i))
        agents = document.children(i, "obl:agent") or [o for o in near if document.preposition(o) == "by"]
        return _expand(document, agents or _shared_agent(document, i))
    return surface_subjects(document, i)


def _shared_agent(document: Document, i: int) -> list[int]:
    """The agent of the last of several participles, who does what the others say as well: "was beaten and robbed *by rebels*"."""
    head = document.tokens[i].head if document.relations[i] == "conj" else i
    level = [c for c in document.children(head, "conj") if c > i and document.tokens[c].tag == "VBN"]
    if not level or document.children(level[-1], "nsubj", "nsubj:pass", "aux"):
        return []
    return document.children(level[-1], "obl:agent")


def _beyond_place(document: Document, i: int) -> list[int]:
    """What the tree hangs on the place or the reason beside a passive: "was invited to the talks *by Chad*", "was fined for
    selling arms *by a court*".
    """
    beside = [
        o for o in document.children(i, "obl") if document.preposition(o) in ("to", "in", "at", "on", "from", "during")
    ]
    reasons = [c for c in document.children(i, "advcl") if document.tokens[c].tag == "VBG" and _is_brought(document, c)]
    reasons = [c for c in reasons if document.children(c, "obj")]
    return [
        *(c for o in beside for c in document.children(o, "nmod")),
        *(o for c in reasons for o in document.children(c, "obl")),
    ]


def objects(document: Document, i: int, *, noun: bool = False) -> list[int]:
    """What word `i` is done to: the object, the subject of a passive, the noun that a participle modifies.

    Of a noun: its "of"-phrase, and its compounds ("hostage release").
    """
    return _objects_of_noun(document, i) if noun else _objects_of_verb(document, i)


@once_listed
def _objects_of_noun(document: Document, i: int) -> list[int]:
    found = [o for o in document.children(i, "nmod") if document.preposition(o) == "of"]
    found = found or behind_time(document, i)
    return _expand(document, [*found, *document.children(i, "compound", "nmod:poss")])


@once_listed
def _objects_of_verb(document: Document, i: int) -> list[int]:
    if is_passive(document, i):
        own = document.children(i, "nsubj")
        token = document.tokens[i]
        said_of = [c for c in document.children(i, "compound") if c == i - 1 and document.tokens[c].pos == "NOUN"]
        if said_of and not own and token.dep in ("advcl", "xcomp"):
            return said_of  # "arrested a *man* accused of theft"
        if not own and token.dep in ("acl", "amod") and not _is_brought(document, i):
            return [token.head]
        if not own and (is_counted_before(document, i) or is_reduced(document, i)):
            return []
        return surface_subjects(document, i)
    own = document.children(i, "obj") or _counted(document, i)
    if not own and not document.below[i] & _WITH_OBJECT:
        return []
    token = document.tokens[i]
    if token.lemma == "call":
        named = document.children(i, "xcomp")
        if any(document.tokens[c].pos in ("NOUN", "ADJ") for c in named):
            return []  # "called the mayor a liar" called nobody up
        # "called Mr. Rossi to discuss it": taken for what somebody is called
        own = own or [c for c in named if document.tokens[c].pos == "PROPN" and c > i]
    own = own or [c for c in document.children(i, "xcomp") if _is_mere_name(document, c, behind=i)]
    own = (
        [o for o in own if not _reports(document, o)]
        or _taken_for_participle(document, i)
        or shared_object(document, i)
    )
    if own:
        return _expand(document, own)
    if token.dep == "acl:relcl" and document.children(i, "nsubj"):
        pronouns = [c for c in document.children(i, "nsubj") if document.words[c] in RELATIVE]
        return [] if pronouns else [token.head]
    return []


def _counted(document: Document, i: int) -> list[int]:
    """The object that a word about its number makes an oblique to the tree: "sent back *over* a million *Afghans*"."""
    for o in document.children(i, "obl"):
        first = min(document.subtree(o))
        before = range(i + 1, first)  # "sent *back* over"
        numbers = document.children(o, "nummod")
        if not numbers or first < i or any(document.parts[k] not in ("ADV", "ADP") for k in before):
            continue
        case = document.children(o, "case")
        if (
            case
            and case[-1] < numbers[0]
            and document.preposition(o) in words("counting")
            and not heads_date(document, o)
        ):
            return [o]
    return []


def _taken_for_participle(document: Document, i: int) -> list[int]:
    """The object that the tree makes a part of the participle said of it: "freed an *employee* accused of theft"."""
    for clause in document.children(i, "xcomp", "advcl"):
        if document.tokens[clause].tag != "VBN" or document.children(clause, "mark", "aux", "nsubj"):
            continue
        before = [c for c in document.children(clause, "compound", "nmod:desc") if document.tokens[c].pos in _NOUNS]
        if before and before[-1] == clause - 1:
            return before[-1:]
    return []


def shared_object(document: Document, i: int) -> list[int]:
    """The object that verb `i` has in common with the verb joined right behind it: "invaded and occupied *the valley*"."""
    if not document.below[i] & _JOINED or document.children(i, "obj"):
        return []
    nearest = [c for c in document.children(i, "conj") if c == i + 2 and document.tokens[i + 1].pos == "CCONJ"]
    same = [c for c in nearest if document.tokens[c].tag == document.tokens[i].tag]
    return [o for c in same if not document.children(c, "nsubj") for o in document.children(c, "obj")]


def _is_mere_name(document: Document, i: int, behind: int) -> bool:
    """Whether word `i` is a name right behind a verb, which the tree takes for a clause: "have condemned *Chad*"."""
    bare = document.tokens[i].pos == "PROPN" and not document.children(i, "mark", "cop", "aux", "case")
    return bare and min(document.subtree(i)) == behind + 1


def _reports(document: Document, i: int) -> bool:
    """Whether an object is who reports the sentence, behind a comma at its end: "met the king, *the agency* reported"."""
    clauses = document.children(i, "acl:relcl")
    first = min(document.subtree(i)) if clauses else 0
    if first == 0 or document.tokens[first - 1].text != ",":
        return False
    pronouns = {document.words[c] for clause in clauses for c in document.children(clause, "nsubj", "obj")}
    saying = {sense.kind for c in clauses for sense in governors()["verbs"].get(document.lemmas[c], ())}
    return "report" in saying and not pronouns & RELATIVE


@once_listed
def awaited_infinitives(document: Document, i: int) -> list[int]:
    """The infinitives of verb `i`, those too that the tree hangs on a clause of its object: "forced a ship bound for Oslo *to turn*"."""
    found = document.children(i, "xcomp", "advcl", "ccomp")
    for o in document.children(i, "obj", "iobj"):
        for clause in document.children(o, "acl"):
            found += [v for v in document.children(clause, "advcl", "xcomp") if v > clause]
    return [v for v in found if any(document.words[m] == "to" for m in document.children(v, "mark"))]


def _expand(document: Document, heads: list[int]) -> list[int]:
    """Heads with their coordinated ones; a relative pronoun stands for the noun that its clause modifies."""
    found: list[int] = []
    for head in heads:
        found += [_antecedent(document, one) for one in document.conjuncts(_name_behind(document, head))]
    return list(dict.fromkeys(found))


@once
def behind_partitive(document: Document, i: int) -> int:
    """The noun that a partitive counts or names a part of: "restrictions" for "some of its restrictions"; else `i` itself."""
    if document.words[i] in words("partitives"):
        for child in document.children(i, "nmod", "obl"):
            if document.preposition(child) in ("of", "among"):
                return behind_partitive(document, child)
    return i


def _name_behind(document: Document, i: int) -> int:
    """The name behind a word that says where it lies and opens the sentence: "*neighboring* Chad"; else `i` itself."""
    if document.words[i] not in words("beside_names") or i + 1 == len(document.words):
        return i
    return i + 1 if document.tokens[i + 1].pos == "PROPN" else i


def _antecedent(document: Document, i: int) -> int:
    token = document.tokens[i]
    if token.lower not in RELATIVE or token.pos not in ("PRON", "DET", "SCONJ"):
        return i
    for above in document.ancestors(i):
        if document.relations[above] == "acl:relcl":
            return document.tokens[above].head
    return i


def name_of(document: Document, noun: int) -> int:
    """The name that a noun says something of: "Goma" for "*Goma*, the largest city of the east and its hub, which"; else the noun."""
    at = noun
    while document.relations[at] == "conj" and document.tokens[at].pos == "NOUN":
        at = document.tokens[at].head
    if document.tokens[at].pos != "NOUN" or document.relations[at] not in ("appos", "parataxis", "dep"):
        return noun
    before = min(document.subtree(at)) - 1  # of the noun's phrase, which has its comma
    if document.tokens[before + 1].text != ",":
        before -= document.tokens[before].text == ","
    name = before if before >= 0 else at
    if document.tokens[name].pos != "PROPN" or document.tokens[name].sentence != document.tokens[at].sentence:
        return noun
    while (
        document.tokens[name].dep in ("flat", "compound") and document.tokens[document.tokens[name].head].pos == "PROPN"
    ):
        name = document.tokens[name].head
    return name
