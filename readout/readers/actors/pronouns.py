"""Pronouns: "he" and "she" to persons, "they" to groups, "it" to organizations and states; nobody where two fit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, count

from readout.language.document import Document
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.words import is_count, organization_word, pronouns, vocabulary

_REACH = 2  # sentences back to an antecedent
_NAME_REACH = 5  # sentences back to the last name or description of an antecedent that is itself a pronoun
_MARGIN = 0.5  # by so much the best candidate must lead
_LEAST = {"he": -1.2, "she": -1.2, "they": 0.0, "it": -9.0}  # what the best candidate must reach
_CONTROLLING = 4.5  # what the object of a verb gains that does the infinitive in which a pronoun stands
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_GROUPS = frozenset(
    {"organization", "armed_group", "population", "government", "party", "company", "igo", "ngo", "media"}
)


#: The parts that mentions play, by their relations; any subject is one.
_PARTS = {"obj": "object", "iobj": "object", "nmod:poss": "owner", "nsubj": "subject"}
_WEIGHTS = {"subject": 2.0, "object": 0.6, "other": 0.0, "owner": 0.4}
_PARALLEL = {"subject": 1.2, "object": 2.0, "owner": 1.2, "other": 0.0}


@dataclass(slots=True)
class _Candidate:
    """Whom a pronoun may stand for; an `entity` of None is a thing or a pair, which takes the pronoun from all others."""

    score: float
    entity: Entity | None
    mention: Mention | None


class PronounReader:
    """Finds pronouns and their antecedents; `see` tells it of each mention in text order."""

    def __init__(self, page: Page, cast: Cast):
        self.page, self.cast = page, cast
        self._seen: list[tuple[Mention, Entity]] = []
        self._named_in: dict[int, int] = {}  # id of an entity -> the last sentence that names or describes it
        self._times: dict[int, int] = {}  # id of an entity -> how often it was named or described
        self._at: dict[int, Entity] = {}  # the head of a mention -> its entity
        self._described: dict[int, tuple[Mention, Entity]] = {}  # the same of mentions that are no pronouns, with these
        self._roles: dict[int, str] = {}  # the head of a mention -> the part that it plays
        self._in_quotes = _quoted_words(page.document)

    def find(self) -> list[Mention]:
        """The pronouns of the third person."""
        found, forms = [], pronouns()
        for i in compress(count(), map(forms.__contains__, self.page.lower)):
            token = self.page.document.tokens[i]
            if token.pos == "PRON" and token.dep != "expl":
                sex = forms[token.lower]
                found.append(Mention(i, i, i, "pronoun", token.sentence, sex=sex, plural=sex == "they"))
        return found

    def see(self, mention: Mention, entity: Entity) -> None:
        """Remembers a mention as a possible antecedent of what follows."""
        self._seen.append((mention, entity))
        self._at[mention.head] = entity
        if mention.form != "pronoun":
            self._described[mention.head] = mention, entity
            self._named_in[id(entity)] = mention.sentence
            self._times[id(entity)] = self._times.get(id(entity), 0) + 1

    def antecedent(self, pronoun: Mention) -> Entity | None:
        """The actor that a pronoun stands for; None where no one fits, or two fit as well.

        A name of an unknown sort becomes a person's where "he" or "she" can stand for nobody else.
        """
        ranked = sorted(self._candidates(pronoun), key=lambda c: -c.score)
        if (
            not ranked
            or ranked[0].score < _LEAST[pronoun.sex or "it"]
            or (len(ranked) > 1 and ranked[0].score - ranked[1].score < _MARGIN)
        ):
            return None
        entity, mention = ranked[0].entity, ranked[0].mention
        if entity is None or mention is None or pronoun.sex not in ("he", "she") or entity.is_person:
            return entity
        if self._role(mention) != "subject" or any(m.sex == "it" for m in entity.mentions):
            return None
        entity.kind, entity.sectors = "person", ()
        return entity

    def _candidates(self, pronoun: Mention) -> list[_Candidate]:
        best: dict[int, _Candidate] = {}
        acting, doing = self._acting_on(pronoun), self._doing(pronoun)
        for mention, entity in reversed(self._seen):
            distance = pronoun.sentence - mention.sentence
            if distance > _REACH:
                break
            if entity is acting or not self._fits(pronoun, mention, entity) or self._is_barred(pronoun, mention):
                continue
            if mention.form == "pronoun" and pronoun.sentence - self._named_in.get(id(entity), -99) > _NAME_REACH:
                continue
            speaks_for = distance == 0 and pronoun.sex == "it" and doing is not None and self._is_whose(mention, doing)
            acts = mention.head == doing or speaks_for or self._role(mention) == "subject"
            if pronoun.sex == "it" and (distance > 1 or not acts):
                continue
            score = self._score(pronoun, mention, entity, distance)
            if mention.head == doing and self._role(mention) == "object":
                score += _CONTROLLING  # "urged *the army* to end its siege", "prompting *the king* to say he would go"
            elif speaks_for:
                score += _WEIGHTS["subject"]
            if id(entity) not in best or best[id(entity)].score < score:
                best[id(entity)] = _Candidate(score, entity, mention)
        found = list(best.values())
        return found + self._things(pronoun) if pronoun.plural and found else found

    def _doing(self, pronoun: Mention) -> int | None:
        """Who does what the pronoun's clause tells, or says it: the nearest subject above it that the pronoun is no part of."""
        document = self.page.document
        above = [pronoun.head, *document.ancestors(pronoun.head)]
        for verb in above:
            subject = self._subject_of(verb) if document.parts[verb] == "VERB" else None
            if subject is not None and subject not in above:
                return subject
        return None

    def _is_whose(self, mention: Mention, subject: int) -> bool:
        """Whether a mention is the body or state that a person acts for: "*Chad's* spokeswoman said its forces had left"."""
        document = self.page.document
        if document.relations[mention.head] not in ("nmod:poss", "nmod", "compound"):
            return False
        return document.tokens[mention.head].head == subject and self._at.get(subject) is not self._at.get(mention.head)

    def _things(self, pronoun: Mention) -> list[_Candidate]:
        """Plural things and pairs of actors, which "they" may stand for as well as for a group."""
        document = self.page.document
        if self._speech(pronoun):
            return []
        heads, found = self._described, []
        start = document.sentences[max(0, pronoun.sentence - 1)].first
        for i in range(start, pronoun.first):
            token = document.tokens[i]
            if (
                i in self.page.timed
                or is_count(token.lower)
                or token.dep in ("compound", "amod", "flat", "conj", "nmod", "obl:unmarked")
            ):
                continue
            pair = i in heads and not heads[i][1].plural and bool(document.children(i, "conj"))
            thing = i not in heads and token.tag in ("NNS", "NNPS") and self.page.noun(i, i + 1) is None
            if pair or thing:
                mention = Mention(i, i, i, "nominal", token.sentence, definite=True)
                if not self._is_barred(pronoun, mention):
                    found.append(_Candidate(self._place_score(pronoun, mention), None, None))
        return found

    def _fits(self, pronoun: Mention, mention: Mention, entity: Entity) -> bool:
        if pronoun.sex in ("he", "she"):
            if entity.is_person:
                return not entity.plural and entity.sex in (None, pronoun.sex)
            return mention.form in ("name", "pronoun") and self._may_be_person(entity)
        if pronoun.sex == "they":
            return entity.plural or (entity.kind in _GROUPS and not entity.is_person)
        return self._can_be_body(pronoun) and not (entity.is_person or entity.plural)

    def _may_be_person(self, entity: Entity) -> bool:
        """A name of which nothing says what it names."""
        if entity.kind != "organization" or entity.known is not None or entity.sectors or not entity.names:
            return False
        return not any(
            organization_word(n.lower()) or not n[:1].isalpha() or (len(n) > 1 and n.isupper()) for n in entity.names
        ) and not any(m.definite or m.same for m in entity.mentions)

    def _can_be_body(self, pronoun: Mention) -> bool:
        """Whether "it" may be someone who acts: it speaks, it owns, or it stands in what a speaker says.

        Most of the other uses of "it" stand for things and for what happened.
        """
        document = self.page.document
        token = document.tokens[pronoun.head]
        if token.dep in ("nmod:poss", "obj", "iobj", "obl") and token.lower != "it":
            return True
        if token.dep not in ("nsubj", "nsubj:pass"):
            return False
        verb = document.tokens[token.head]
        if verb.lemma in vocabulary("speech"):
            return True
        above = document.tokens[verb.head]
        return verb.dep in ("ccomp", "advcl") and above.lemma in vocabulary("speech")

    def _is_barred(self, pronoun: Mention, mention: Mention) -> bool:
        """An object is not its own clause's subject, nor a reflexive another's; a possessor is not what it owns."""
        document = self.page.document
        if mention.first <= pronoun.first <= mention.last:
            return True
        if mention.form == "nominal" and document.child(mention.head, "cop") is not None:
            return True  # a predicate: "I was a writer"
        token, other = document.tokens[pronoun.head], document.tokens[mention.head]
        reflexive = token.lower.endswith(("self", "selves"))
        if pronoun.sentence != mention.sentence:
            return reflexive
        subject = self._subject_of(token.head)
        if reflexive:
            return subject is not None and subject != mention.head and token.dep != "nmod:poss"
        if token.dep == "nmod:poss":
            return False
        if token.dep in ("obj", "iobj") and subject == mention.head:
            return True
        return token.head == other.head and token.dep != "root"

    def _acting_on(self, pronoun: Mention) -> Entity | None:
        """Who does what is done to a pronoun: somebody else, unless the pronoun is reflexive."""
        document = self.page.document
        if self.page.lower[pronoun.head].endswith(("self", "selves")):
            return None
        token = document.tokens[self._top(pronoun)]  # "two of them"
        turned = token.dep == "obl" and document.preposition(pronoun.head) in vocabulary("turned_on")
        if token.dep not in ("obj", "iobj") and not turned:
            return None
        subject = self._subject_of(token.head)
        return None if subject is None else self._at.get(subject)

    def _is_done_to(self, pronoun: Mention, owner: Mention) -> bool:
        """Whether what somebody owns acts on whom a pronoun stands for."""
        tokens = self.page.document.tokens
        if tokens[pronoun.head].dep not in ("obj", "iobj"):
            return False
        return self._subject_of(tokens[pronoun.head].head) == tokens[owner.head].head

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb, its own or the one that it shares with the verb above."""
        document = self.page.document
        for _ in range(4):
            own = document.child(verb, "nsubj")
            if own is not None:
                return own
            token = document.tokens[verb]
            if token.dep == "xcomp" and (told := document.child(token.head, "obj", "iobj")) is not None:
                return told
            if token.dep not in ("conj", "xcomp", "advcl"):
                return None
            verb = token.head
        return None

    def _score(self, pronoun: Mention, mention: Mention, entity: Entity, distance: int) -> float:
        score = self._place_score(pronoun, mention) + 0.15 * min(4, self._times.get(id(entity), 0))
        if mention.form == "pronoun":
            score += 0.8 - 0.2 * (pronoun.sentence - self._named_in.get(id(entity), 0))
        if mention.form == "person":
            score += 0.5
        if mention.form == "nominal" and not mention.definite and pronoun.sex in ("he", "she"):
            score -= 0.5
        if self._role(mention) == "owner" and self._is_done_to(pronoun, mention):
            score -= 2.0  # "*Orsk's* government arrested him"
        if pronoun.sex == "they" and not entity.plural:
            score -= 1.0
        if entity.sex is not None and entity.sex == pronoun.sex:
            score += 0.6
        quoted, inside = self._in_quotes[mention.head], self._in_quotes[pronoun.head]
        if quoted and not inside:
            score -= 2.0
        if self._speech(mention):
            if self._speech(pronoun) and not inside:
                score += 1.0
            if inside and not quoted and distance == 0:
                score -= 1.5  # who speaks says "I"
        return score

    def _place_score(self, pronoun: Mention, mention: Mention) -> float:
        """What nearness, the parts that both play, and the tree say."""
        document = self.page.document
        role, own = self._role(mention), self._role(pronoun)
        score = -2.0 * (pronoun.sentence - mention.sentence)
        score += _WEIGHTS[role]
        if document.relations[pronoun.head] == "nsubj:pass" and pronoun.plural:
            score += 2.0 if role == "object" else 0.0  # who was arrested is in jail
        elif own == role:
            score += _PARALLEL[own]
        if role == "subject":
            verb = document.tokens[self._top(mention)].head
            if verb in document.ancestors(pronoun.head):
                score += 1.0
            if document.relations[verb] == "root":
                score += 0.3
        return score + 0.001 * min(0, mention.first - pronoun.first)

    def _speech(self, mention: Mention) -> bool:
        """Whether a mention is the subject of a verb of speech."""
        token = self.page.document.tokens[mention.head]
        return token.dep == "nsubj" and self.page.document.tokens[token.head].lemma in vocabulary("speech")

    def _top(self, mention: Mention) -> int:
        """The word that plays the mention's part in the clause: "thousands" in "thousands of people"."""
        tokens, i = self.page.document.tokens, mention.head
        while tokens[i].dep == "nmod" and is_count(tokens[tokens[i].head].lower):
            i = tokens[i].head
        return i

    def _role(self, mention: Mention) -> str:
        role = self._roles.get(mention.head)
        if role is None:
            dep = self.page.document.relations[self._top(mention)]
            role = self._roles[mention.head] = _PARTS.get(dep) or ("subject" if dep.startswith("nsubj") else "other")
        return role


def _quoted_words(document: Document) -> list[bool]:
    """Whether each word stands in quotation marks; a mark that is left open holds to the end of its paragraph."""
    if document.vocabulary.isdisjoint(_QUOTES):
        return [False] * len(document.words)
    found: list[bool] = []
    inside, paragraph = False, -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        words = document.texts[sentence.first : sentence.last]
        if _QUOTES.isdisjoint(words):
            found += [inside] * len(words)
            continue
        for word in words:
            if word in _QUOTES:
                inside = word in ("“", "``") or (word == '"' and not inside)
            found.append(inside)
    return found
