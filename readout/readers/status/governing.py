"""Which word governs a predicate, and in which sense: "refused" in "refused to leave", "threat" in "threat of war"."""

from __future__ import annotations

from readout.language.document import Document, Token, bits_of
from readout.language.memory import once
from readout.readers.status.clause import NOMINAL, is_infinitive, negator, tense
from readout.readers.status.lexicon import governors, kind_of, words
from readout.readers.status.nouns import from_noun
from readout.readers.status.senses import Step, find_sense

_CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "acl", "advcl", "parataxis", "dep", "obl", "nmod", "nsubj", "obj"})
_WITH_TO, _OWN_SUBJECT = bits_of("mark", "aux", "case"), bits_of("nsubj", "csubj", "expl")
_SUBORDINATE, _AGENT = bits_of("mark", "advmod"), bits_of("obl:agent")


@once
def step_up(document: Document, i: int) -> Step | None:
    """The step from predicate or noun `i` to the word that decides on it; None where nothing above does."""
    token = document.tokens[i]
    if token.head == i:
        needed = _needed(document, i) if document.below[i] & _OWN_SUBJECT else None
        if needed is not None:
            return needed
        lost = token.pos in NOMINAL or (i >= 3 and document.words[i - 2] == "to")
        return _lost_subject(document, i) if lost else None
    if token.pos in NOMINAL and tense(document, i) == "noun":
        return _or_else(document, i) or from_noun(document, i)
    dep = token.dep.split(":")[0]
    if token.dep == "acl:relcl" and not _completes(document, i):
        return _told_to(document, i)
    if dep == "conj":
        return Step(token.head, None, "") if _shares(document, i) else None
    if dep == "csubj" and document.parts[token.head] in NOMINAL and _opening(document, i).lower == "what":
        return None  # "*what is needed* is a truce"
    return _from_clause(document, i, dep) if dep in _CLAUSAL else None


def _completes(document: Document, i: int) -> bool:
    """Whether a clause behind "that" is what the noun before it says, and no relative clause: "a demand *that Chad leave*"."""
    marks = [m for m in document.children(i, "mark") if document.words[m] == "that"]
    if not marks or not document.children(i, "nsubj") or document.children(i, "aux"):
        return False
    return document.tags[i] in ("VB", "VBP") or bool(document.children(i, "obj", "aux:pass", "cop"))


def _told_to(document: Document, i: int) -> Step | None:
    """The step to a verb that tells somebody what a clause says, hung on whom it tells: "*assured* the king that they would leave"."""
    whom = document.tokens[document.tokens[i].head]
    marks = [m for m in document.children(i, "mark") if document.words[m] == "that"]
    if whom.dep not in ("iobj", "obj") or not marks or not document.children(i, "nsubj", "nsubj:pass"):
        return None
    return find_sense(document, whom.head, i, "that")


def _lost_subject(document: Document, i: int) -> Step | None:
    """The verb after a noun that the tree makes the root, reading "the talks collapsed" as talks that were collapsed."""
    if i >= 3 and document.parts[i - 1] == "ADV" and document.words[i - 2] == "to":
        return find_sense(document, i - 3, i, "to")  # "a refusal to openly *engage*"
    if document.parts[i] not in NOMINAL or tense(document, i) != "noun" or i + 1 not in document.children(i, "acl"):
        return None
    return find_sense(document, i + 1, i, "subject") if document.tokens[i + 1].tag in ("VBN", "VBD") else None


def refuted(document: Document, at: int, below: int | None) -> Step | None:
    """The step to the verb that says that word of something is not so: "*denied* reports of a coup"; None where none does.

    Who denies an allegation does not deny that it was made, so the step up from the noun itself ends at it; what it tells is denied.

    Args:
        document: the parsed document.
        at: what is told, or the noun that tells it.
        below: what is told, where `at` is the noun.
    """
    noun, told = (document.tokens[at].head, at) if below is None else (at, below)
    if below is None and document.relations[at] in ("ccomp", "acl:relcl"):
        beside = _refuted_beside(document, at)
        if beside is not None:
            return beside
    if document.lemmas[noun] not in words("word_of", "nouns"):
        return None  # as mostly
    token = document.tokens[noun]
    judged = token.dep == "obl" and document.preposition(noun) == "as"  # "dismissed *as baseless* reports that …"
    if token.dep not in ("obj", "nsubj:pass") and not judged:
        return None
    if tense(document, told) == "noun" and document.preposition(told) != "of":
        return None  # a "report *on* the attack"
    found = find_sense(document, token.head, noun, "object")
    if document.lemmas[token.head] in words("word_of", "verbs") or (found and found.kind in ("deny", "refuse")):
        return Step(token.head, "deny", "status/word of")
    return None


def _refuted_beside(document: Document, at: int) -> Step | None:
    """The step to the verb beside whose object a clause hangs that tells it: "dismissed *accusations* by Chad *that* it had fled"."""
    thats = [m for m in document.children(at, "mark", "obj", "nsubj") if document.words[m] == "that" and m < at]
    if not thats or (
        document.relations[at] == "acl:relcl" and len(document.children(at, "nsubj", "nsubj:pass", "obj")) < 2
    ):
        return None
    if any(kind_of("auxiliaries", document.words[a]) == "modal_obligation" for a in document.children(at, "aux")):
        return None  # "rejected any suggestion that he *should* leave": nobody says that he did
    verb = document.tokens[at].head
    if document.relations[at] == "acl:relcl":  # "by *Chad*, that it had", taken for a clause of Chad
        verb = document.tokens[document.tokens[verb].head].head
    for noun in document.children(verb, "obj"):
        if noun < at and document.lemmas[noun] in words("word_of", "nouns"):
            found = find_sense(document, verb, noun, "object")
            if document.lemmas[verb] in words("word_of", "verbs") or (found and found.kind in ("deny", "refuse")):
                return Step(verb, "deny", "status/word of")
    return None


def _or_else(document: Document, noun: int) -> Step | None:
    """The step past a demand to who makes it: "gave them until Friday to leave *or face a raid*" asks for no raid, but threatens one."""
    face = noun - 1
    while face > max(0, noun - 5) and document.parts[face] in ("DET", "ADJ", "NUM", "NOUN", "VERB"):
        if document.words[face] in words("or_else"):
            break
        face -= 1
    if document.words[face - 1] != "or" or document.words[face] not in words("or_else"):
        return None
    for verb in (a for a in document.ancestors(noun) if a < noun and document.parts[a] == "VERB"):
        above = step_up(document, verb) if is_infinitive(document, verb) else None
        if above is not None and above.kind in ("demand", "request"):
            return above._replace(kind="threaten", rule="status/or else")
    return None


def _shares(document: Document, i: int) -> bool:
    """Whether what stands above the first verb holds for the coordinated verb `i`."""
    head = document.tokens[i].head
    if document.tokens[i].pos not in ("VERB", "AUX", "ADJ"):
        return False
    helpers = document.children(i, "aux")
    if helpers and all(document.words[a] == "be" for a in helpers) and not document.children(i, "nsubj", "mark"):
        return True  # "were to start in May and *be* finished in June"
    if document.relations[head] in ("root", "parataxis"):
        return False
    if has_own_tense(document, i):
        return False
    # "said she would not take part but *urged* them to go": a tense of its own
    own = document.tokens[i].tag in ("VBD", "VBZ", "VBP") and document.tokens[head].tag == "VB"
    apart = own and any(document.tokens[c].lower == "but" for c in document.children(i, "cc"))
    return head < i and not (apart and document.children(head, "aux"))


def has_own_tense(document: Document, i: int) -> bool:
    """Whether finite verb `i` is joined to an infinitive or gerund, as whose like it cannot be meant: "vowed to fight and *urged* calm"."""
    head = document.tokens[i].head
    if document.tokens[i].tag not in ("VBD", "VBZ") or document.children(i, "nsubj", "nsubj:pass"):
        return False
    if document.children(i, "ccomp") and document.children(head, "aux:pass") and document.tokens[i].tag == "VBD":
        return True  # "vowed that they would be held to account, and *announced* that a panel had arrived"
    if any(document.words[c] not in ("and", "but") for c in document.children(i, "cc")):
        return False  # "has not asked him to leave *or asked* others to"
    perfect = bool(document.children(head, "aux"))  # "is said to have caught and *beaten* him"
    gerund = document.tokens[head].tag == "VBG" and bool(document.children(head, "mark", "case"))
    return document.relations[i] == "conj" and head < i and (gerund or is_infinitive(document, head)) and not perfect


def form_of(document: Document, i: int) -> str:
    """How a governed clause stands: "to", "ing", "bare" or "that"."""
    below = document.below[i]
    if below & _WITH_TO and is_infinitive(document, i):
        return "to"
    token = document.tokens[i]
    subject = below & _OWN_SUBJECT and document.children(i, "nsubj", "csubj", "expl")
    if subject and token.dep.partition(":")[0] != "xcomp":
        return "that"
    if token.tag == "VBG":
        return "ing"
    return "bare" if token.tag == "VB" else "that"


def _from_clause(document: Document, i: int, dep: str) -> Step | None:
    token, head = document.tokens[i], document.tokens[document.tokens[i].head]
    if dep == "parataxis" and _tells(document, i):
        return None  # "the two could not agree, sources *said*"
    form = form_of(document, i)
    if dep == "advcl" and form == "ing" and head.i < i and _is_set_off(document, i):
        result = token.lemma.lower() in words("resulting") and is_infinitive(document, head.i)
        if result or negator(document, head.i) is not None:
            return None  # "called on them to vote, *sparking* protests"; "would not join, *ruling* out a march"
        return Step(head.i, None, "")  # "rejected it, saying …", "…, even arresting him": beside the verb, not below it
    below = document.below[i]
    marks = document.children(i, "mark", "advmod") if below & _SUBORDINATE else []
    subordinate = {document.words[m] for m in marks if m < i}
    apart = words("subordinating") | words("conditional")
    if _stands_free(document, i, dep, form) or (dep == "advcl" and subordinate & apart):
        return None  # "called off the strike *after* reaching a deal" called off no deal
    if dep == "advcl" and token.tag == "VBG" and i < head.i and not subordinate:
        return Step(head.i, None, "")  # "*defying* the council, the group vowed to fight on"
    if dep == "acl" and form == "to" and head.lemma.lower() == "time" and document.preposition(head.i) == "for":
        found = find_sense(document, head.head, i, form)  # "offered for the first time to meet"
        if found is not None:
            return found
    found = find_sense(document, head.i, i, form)
    if found is not None:
        return _if_asked(document, i, found)
    passive = dep == "xcomp" and token.tag in ("VBN", "VBD") and below & _AGENT and document.children(i, "obl:agent")
    if passive and any(o < i for o in document.children(head.i, "obj")):
        return None  # "will release men *held* captive"
    found = _of_noun_before(document, i, form, dep)
    if found is not None:
        return found
    if form == "to" and is_ranked(document, i):
        return Step(head.i, "manage", "status/ranking")  # "the first to leave"
    governing = document.lemmas[head.head]
    if (
        dep == "acl"
        and form == "to"
        and head.dep.split(":")[0] in ("obj", "nsubj", "obl", "iobj")
        and governing not in words("motion")  # "will leave for Cairo to attend"
    ):
        found = find_sense(document, head.head, i, form)  # "urged Iran to stop", read as a clause of "Iran"
        if found is not None:
            return found
    if form == "to" and dep in ("advcl", "xcomp") and token.lemma.lower() in words("voicing"):
        return Step(head.i, "manage", "status/voicing")  # who "marched *to express* anger" has expressed it
    if form == "to" and head.lemma.lower() in words("contact", "verbs"):
        if token.lemma.lower() in words("contact", "purposes"):
            return Step(head.i, "manage", "status/contact")
        return Step(head.i, "purpose", "status/purpose")
    if dep in ("xcomp", "ccomp", "csubj"):
        return Step(head.i, "enable" if form == "to" and head.pos == "ADJ" else None, "status/unknown governor")
    told = [document.words[m] for m in document.children(i, "mark")]
    if dep in ("advcl", "acl") and form == "to":
        return Step(head.i, "purpose", "status/purpose")
    if dep == "advcl" and "for" in told and head.lemma.lower() in words("judging", "verbs"):
        return None  # "was condemned *for shelling* the village"
    if dep == "advcl" and token.tag in ("VBG", "VBN") and not document.children(i, "nsubj", "aux"):
        return (
            Step(head.i, "purpose", "status/purpose") if "for" in told else Step(head.i, None, "") if not told else None
        )
    return None


def _of_noun_before(document: Document, i: int, form: str, dep: str) -> Step | None:
    """The step from an infinitive or gerund to the noun right before it, whose it is: "met over a *proposal to end* the war"."""
    found = _prevented(document, i) if form == "to" and dep in ("advcl", "xcomp") else None
    if found is not None or form not in ("to", "ing") or dep != "advcl":
        return found
    start = min(document.children(i, "mark"), default=0)
    noun = start - 1
    if noun < 1 or document.parts[noun] != "NOUN" or document.tokens[noun].head != document.tokens[i].head:
        return None
    found = find_sense(document, noun, i, form)
    said = found is not None and (found.kind in words("said_of_nouns") or found.rule == "status/free hand")
    return found if said else None


def _tells(document: Document, i: int) -> bool:
    """Whether verb `i` is one of speech with who speaks."""
    if not document.children(i, "nsubj"):
        return False
    return any(sense.kind in ("report", "claim") for sense in governors()["verbs"].get(document.lemmas[i], ()))


def _stands_free(document: Document, i: int, dep: str, form: str) -> bool:
    """Whether the word that predicate `i` hangs on decides nothing about it."""
    token, head = document.tokens[i], document.tokens[document.tokens[i].head]
    if dep in ("ccomp", "advcl", "parataxis") and _is_of_place(document, i):
        return True
    if dep == "acl":  # "a deal reached", "a plan calling for": said of the noun, not governed by it
        participle = token.tag in ("VBN", "VBD", "VBG") and form != "to"
        return participle and not document.children(i, "mark", "case")
    if dep == "advcl":  # "under an agreement reached on Tuesday, …"
        return token.tag == "VBN" and document.tokens[i - 1].pos == "NOUN" and head.i > i
    if dep != "ccomp" or not _asks(document, i):
        return False
    # "asked what message she would send" asks for no message; "want to find out who was arrested": somebody was
    return head.lemma.lower() in words("asking") or tense(document, i) in ("past", "perfect")


def _is_of_place(document: Document, i: int) -> bool:
    """Whether a clause is said of a place or thing before it: "told them in Bor, *where* they are to meet", "*for which* he was jailed"."""
    first = min((c for c in document.dependents[i] if document.tokens[c].pos != "PUNCT"), default=i)
    start = document.subtree(first)[0]
    if document.parts[start] == "ADP" and document.tokens[min(start + 1, i)].tag in ("WDT", "WP", "WP$"):
        return True
    opening = [m for m in document.children(i, "advmod") if document.words[m] in words("relative_places")]
    return bool(opening) and document.words[opening[0] - 1] == ","


def _asks(document: Document, i: int) -> bool:
    """Whether the clause of predicate `i` opens with a question word."""
    return _opening(document, i).tag in ("WP", "WDT", "WRB", "WP$")


def _opening(document: Document, i: int) -> Token:
    """The first word of the clause of predicate `i`."""
    return document.tokens[document.subtree(i)[0]]


def _if_asked(document: Document, i: int, found: Step) -> Step:
    """The step to a verb of asking, which requests nothing where it asks "*whether* they would meet"; nor does one plan "whether to"."""
    opening = [document.words[m] for m in document.children(i, "mark")]
    if "whether" in opening and is_infinitive(document, i) and found.kind in words("undecided"):
        return found._replace(kind="question")
    asks = found.kind == "request" and document.lemmas[found.word] in words("asking")
    whether = asks and document.tokens[i].dep == "ccomp" and _opening(document, i).lower in words("asking_marks")
    return found._replace(kind="question") if whether else found


def _is_set_off(document: Document, i: int) -> bool:
    """Whether a comma stands before participle `i`, or before the adverb with it."""
    before = document.tokens[i - 1]
    with_adverb = before.pos == "ADV" and before.head == i
    return before.text == "," or (with_adverb and document.tokens[i - 2].text == ",")


def is_ranked(document: Document, i: int) -> bool:
    """Whether the noun before an infinitive is called the first, the only or the latest to do it."""
    start = min(document.children(i, "mark"), default=i)
    if not start:
        return False
    before = document.tokens[start - 1]
    beside = {document.words[c] for c in document.children(before.i, "amod", "nummod", "advmod", "compound")}
    return before.lower in words("ranking") or (before.pos in ("NOUN", "PROPN") and bool(beside & words("ranking")))


def _needed(document: Document, i: int) -> Step | None:
    """The step from what is named as needed: "what is *urgent* is a ceasefire"."""
    clauses = document.children(i, "csubj")
    clauses += [c for s in document.children(i, "nsubj") if document.words[s] == "what" for c in document.dependents[s]]
    for clause in clauses:
        asks = (
            "what" in [document.words[w] for w in document.subtree(clause)[:1]] or document.relations[clause] != "csubj"
        )
        for sense in governors()["adjectives"].get(document.words[clause], ()) if asks else ():
            if sense.name == "be needed":
                return Step(clause, sense.kind, sense.rule)
    return None


def _prevented(document: Document, i: int) -> Step | None:
    """The step from an infinitive to the noun that it belongs to, hung on a verb of preventing: "blocked a *push to renew* it"."""
    verb = document.tokens[i].head
    if all(sense.kind != "prevent" for sense in governors()["verbs"].get(document.lemmas[verb], ())):
        return None
    nouns = [n for n in document.children(verb, "obj") if n < i and document.parts[n] == "NOUN"]
    return next((found for n in nouns if (found := find_sense(document, n, i, "to"))), None)
