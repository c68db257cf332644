"""Numbers that a toll moves to, stands at or is put at: "the death toll rose to 12", "put the injured at 40"."""

from __future__ import annotations

from readout import knowledge
from readout.language.document import Document
from readout.readers.figures.counted import listed
from readout.readers.figures.stated import table, verb_measure

_WHEN = frozenset({"WDT", "WP", "WRB"})


def toll(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "The death toll rose to 12"."""
    links = listed("toll_links")
    begin = document.sentence(first).first
    for i in range(first - 1, max(begin - 1, first - 9), -1):
        word = document.tokens[i]
        if word.lemma == "toll":
            injury = document.tokens[i - 1].lemma in ("injury", "injured") if i > begin else False
            return "injured" if injury else "killed"
        if word.lower not in links and word.pos not in ("ADV", "AUX"):
            return None
    return None


def moved(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "The death toll from the blast rose to 12", "the number of people killed has reached 12"; but not what it may rise to."""
    head = noun if noun is not None else last
    verb, words = moving(document, head), knowledge.load("figures/words.yaml")["moved"]
    if verb is None:
        return None
    if any(document.lemmas[child] in words["unsure"] for child in document.children(verb, "aux")):
        return None
    subject = _subject(document, verb)
    found = None if subject is None else _counted_by(document, subject, words["counts"])
    thing = document.child(verb, "obj")
    if found is None and thing is not None and thing < first:
        found = _counted_by(document, thing, words["counts"])  # "put *the injured* at 40"
    return found


def moving(document: Document, head: int) -> int | None:
    """The verb that says to what a count moved, where a number (`head`) hangs on one."""
    words = knowledge.load("figures/words.yaml")["moved"]
    verb = document.tokens[head].head
    if document.preposition(verb) in ("from", "by"):
        verb = document.tokens[verb].head  # "rose from 12 to 31" may be read as one thing
    wanted = words["verbs"].get(document.lemmas[verb], ())
    return verb if (document.preposition(head) or "") in wanted else None


def numbering(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "Brings to 893 *the number of soldiers killed*"."""
    count = last + 2
    if count >= document.sentence(last).last or document.words[last + 1] != "the":
        return None
    return _counted_by(document, count, knowledge.load("figures/words.yaml")["moved"]["counts"])


def put_at(document: Document, first: int, last: int, noun: int | None) -> str | None:
    """ "The dead at 12 and *the injured at 40*", where a verb before them puts them there."""
    begin = document.sentence(first).first
    if first - 3 < begin or document.words[first - 1] != "at":
        return None
    for i in range(first - 2, max(begin, first - 9), -1):
        state = table("state").get(document.words[i])
        if state and document.words[i - 1] in ("the", "of", "and"):
            return state if _is_put(document, begin, i) else None
        if document.tokens[i].pos in ("VERB", "AUX", "NUM", "PUNCT"):
            return None
    return None


def _is_put(document: Document, begin: int, state: int) -> bool:
    """Whether a verb that puts numbers stands before a word."""
    return any(document.lemmas[i] in ("put", "place", "estimate", "set") for i in range(begin, state))


def is_step(document: Document, first: int) -> bool:
    """Whether a number says by how much a count moved: "rose *by 12* to 40"."""
    verbs = knowledge.load("figures/words.yaml")["moved"]["verbs"]
    return first > 1 and document.words[first - 1] == "by" and document.lemmas[first - 2] in verbs


def _subject(document: Document, verb: int) -> int | None:
    """What moves: the subject, or what a relative pronoun or "it" stands for."""
    subject = document.child(verb, "nsubj")
    if subject is None:
        return None
    if document.relations[verb] == "acl:relcl" and document.tags[subject] in _WHEN:
        return document.tokens[verb].head  # "the toll, *which* stood at 14 on Monday"
    if document.words[subject] == "it":
        return _told_before(document, subject)  # "the toll has tripled since Monday, when *it* stood at 14"
    return subject


def _told_before(document: Document, pronoun: int) -> int | None:
    """The toll or count of which a sentence, or the one before it, told before a pronoun."""
    counts = knowledge.load("figures/words.yaml")["moved"]["counts"]
    number = document.tokens[pronoun].sentence
    begin = document.sentences[max(0, number - 1)].first
    for i in range(pronoun - 1, begin - 1, -1):
        if document.lemmas[i] == "toll" or (document.lemmas[i] in counts and document.relations[i].startswith("nsubj")):
            return i
    return None


def _counted_by(document: Document, count: int, counts: list[str]) -> str | None:
    """What a noun that stands for a number counts: a toll, or a number of those to whom something happened."""
    if document.lemmas[count] == "toll":
        of = {document.lemmas[child] for child in document.children(count, "compound", "amod")}
        return "injured" if of & {"injury", "injured", "wounded"} else "killed"
    if document.words[count] in table("state") and document.children(count, "det"):
        return table("state")[document.words[count]]  # "*the injured* at 40"
    if document.lemmas[count] not in counts:
        return None
    for who in document.children(count, "nmod"):
        said = table("nouns").get(document.lemmas[who]) or table("state").get(document.words[who])
        if said:
            return said
        for child in document.children(who, "amod"):  # "the number of *displaced* people"
            if document.words[child] in table("state"):
                return table("state")[document.words[child]]
        for child in document.children(who, "acl"):
            passive = document.tags[child] == "VBN"
            measure = verb_measure(document, child, passive) or table("state").get(document.words[child])
            if measure:
                return measure
    return None
