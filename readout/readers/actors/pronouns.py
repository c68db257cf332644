"""Pronouns: "he" and "she" to persons, "they" to groups, "it" to organizations and states; nobody where two fit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, count

from readout.readers.actors.bearers import can_be_persons
from readout.readers.actors.counted import counted_pronouns, last_of_number
from readout.readers.actors.linking import Cast
from readout.readers.actors.mentions import Entity, Mention
from readout.readers.actors.phrases import Page
from readout.readers.actors.quoted import quoted_words, quoting_subjects
from readout.readers.actors.words import is_count, pronouns, vocabulary

_REACH = 2  # sentences back to an antecedent
_NAME_REACH = 5  # sentences back to the last name or description of an antecedent that is itself a pronoun
_MARGIN = 0.5  # by so much the best candidate must lead
_LEAST = {"he": -1.2, "she": -1.2, "they": 0.0, "it": -9.0}  # what the best candidate must reach
_CONTROLLING = 4.5  # what the object of a verb gains that does the infinitive in which a pronoun stands
_WHEN = (("after",), ("before",), ("as",), ("when",), ("while",), ("since",))
_ASIDE = 2.0  # what a speaker loses who is named behind what he says, where the pronoun does not speak
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

    def __init__(self, page: Page, cast: Cast, mentions: list[Mention]):
        self.page, self.cast = page, cast
        self._named = {m.head: m for m in mentions if m.form in ("person", "name")}
        self._seen: list[tuple[Mention, Entity]] = []
        self._named_in: dict[int, int] = {}  # id of an entity -> the last sentence that names or describes it
        self._times: dict[int, int] = {}  # id of an entity -> how often it was named or described
        self._at: dict[int, Entity] = {}  # the head of a mention -> its entity
        self._described: dict[int, tuple[Mention, Entity]] = {}  # the same of mentions that are no pronouns, with these
        self._called: dict[tuple[int, str | None], int] = {}  # how often each pronoun stood for an entity
        self._roles: dict[int, str] = {}  # the head of a mention -> the part that it plays
        self._in_quotes = quoted_words(page.document)
        self._quoting = quoting_subjects(page.document, self._in_quotes)

    def find(self) -> list[Mention]:
        """The pronouns of the third person."""
        found, forms = [], pronouns()
        for i in compress(count(), map(forms.__contains__, self.page.lower)):
            token = self.page.document.tokens[i]
            if token.pos == "PRON" and token.dep != "expl":
                sex = forms[token.lower]
                found.append(Mention(i, i, i, "pronoun", token.sentence, sex=sex, plural=sex == "they"))
        return found + list(counted_pronouns(self.page))

    def at(self, head: int) -> Entity | None:
        """Whom the mention with this head stands for, if it has been seen."""
        return self._at.get(head)

    def see(self, mention: Mention, entity: Entity) -> None:
        """Remembers a mention as a possible antecedent of what follows."""
        self._seen.append((mention, entity))
        self._at[mention.head] = entity
        if mention.form == "pronoun":
            self._called[id(entity), mention.sex] = self._called.get((id(entity), mention.sex), 0) + 1
        else:
            self._described[mention.head] = mention, entity
            self._named_in[id(entity)] = mention.sentence
            self._times[id(entity)] = self._times.get(id(entity), 0) + 1

    def antecedent(self, pronoun: Mention) -> Entity | None:
        """The actor that a pronoun stands for; None where no one fits, or two fit as well.

        A name of an unknown sort becomes a person's where "he" or "she" can stand for nobody else.
        """
        if pronoun.number is not None:
            return last_of_number(self._seen, pronoun)
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
        if pronoun.head in self._quoting and not self._in_quotes[mention.head]:
            return None
        entity.kind, entity.sectors = "person", ()
        return entity

    def _candidates(self, pronoun: Mention) -> list[_Candidate]:
        best: dict[int, _Candidate] = {}
        acting, doing = self._acting_on(pronoun), self._doing(pronoun)
        saying = self._saying(pronoun)
        for mention, entity in reversed(self._seen):
            distance = pronoun.sentence - mention.sentence
            if distance > _REACH:
                break
            if (
                entity is acting
                or (saying is not None and self._speaks_for(saying, entity, pronoun))
                or not self._fits(pronoun, mention, entity)
                or self._is_barred(pronoun, mention)
            ):
                continue
            if mention.form == "pronoun" and pronoun.sentence - self._named_in.get(id(entity), -99) > _NAME_REACH:
                continue
            speaks_for = distance == 0 and pronoun.sex == "it" and doing is not None and self._is_whose(mention, doing)
            acts = mention.head == doing or speaks_for or self._role(mention) == "subject"
            acts = acts or self._is_told_by(pronoun, mention)
            if pronoun.sex == "it" and (distance > 1 or not acts):
                continue
            score = self._score(pronoun, mention, entity, distance)
            if mention.head == doing and self._role(mention) == "object":
                score += _CONTROLLING  # "urged *the army* to end its siege", "prompting *the king* to say he would go"
            elif speaks_for:
                score += _WEIGHTS["subject"]
            if mention.head == doing and pronoun.sentence == mention.sentence and self._is_relative(pronoun, mention):
                score += _WEIGHTS["subject"]
            if self._is_beside_own(pronoun, mention) or self._is_told_by(pronoun, mention):
                score += 2 * _CONTROLLING
            if id(entity) not in best or best[id(entity)].score < score:
                best[id(entity)] = _Candidate(score, entity, mention)
        found = list(best.values())
        return found + self._things(pronoun) if pronoun.plural and found else found

    def _saying(self, pronoun: Mention) -> Entity | None:
        """Who says the quotation in which a pronoun stands, and would say "I"."""
        subject = self._quoting.get(pronoun.head)
        if subject is None:
            return None
        named = self._named.get(subject)
        return self._at.get(subject) or (self.cast.entity_of(named) if named is not None else None)

    def _speaks_for(self, speaker: Entity, entity: Entity, pronoun: Mention) -> bool:
        """Whether somebody quoted speaks of himself or of his own body, and would say "I" or "we"."""
        if entity is speaker:
            return pronoun.sex in ("he", "she")
        if pronoun.sex != "they" or not speaker.is_person:
            return False
        owners = (self.cast.entity_of(m.owner) for m in speaker.mentions if m.owner is not None)
        return entity.name == speaker.affiliation or any(owner is entity for owner in owners)

    def _doing(self, pronoun: Mention) -> int | None:
        """Who does what the pronoun's clause tells, or says it: the nearest subject above it that the pronoun is no part of."""
        document = self.page.document
        above = [pronoun.head, *document.ancestors(pronoun.head)]
        for verb in above:
            subject = self._subject_of(verb) if document.parts[verb] == "VERB" else None
            if subject is not None and subject not in above:
                return self._antecedent_of_relative(subject)
        return None

    def _antecedent_of_relative(self, subject: int) -> int:
        """Whom "who" stands for as the subject of a relative clause: "*Velin*, who said he was ill"; else the subject itself."""
        tokens = self.page.document.tokens
        verb = tokens[tokens[subject].head]
        return verb.head if tokens[subject].lower in ("who", "that") and verb.dep == "acl:relcl" else subject

    def _is_relative(self, pronoun: Mention, mention: Mention) -> bool:
        """Whether a pronoun stands in a relative clause of a mention."""
        document = self.page.document
        return any(
            document.relations[i] == "acl:relcl" and document.tokens[i].head == mention.head
            for i in document.ancestors(pronoun.head)
        )

    def _is_beside_own(self, pronoun: Mention, mention: Mention) -> bool:
        """Whether a mention stands beside what is its own: "*landowners* and their supporters"."""
        document = self.page.document
        token = document.tokens[pronoun.head]
        if token.dep != "nmod:poss":
            return False
        if mention.last + 2 == pronoun.first and self.page.lower[mention.last + 1] in ("and", "or"):
            above = document.tokens[mention.head].head  # "leaders of *the groups* or their envoys"
            return document.relations[mention.head] != "nmod" or above not in self._at
        if document.relations[token.head] != "conj":
            return False
        return mention.head in (
            document.tokens[token.head].head,
            *document.children(document.tokens[token.head].head, "conj"),
        )

    def _is_told_by(self, pronoun: Mention, mention: Mention) -> bool:
        """Whether a mention is whose word a pronoun's clause is: "*NATO's* announcement that it had agreed"."""
        word = self._word_given(pronoun.head)
        owned = self.page.document.tokens[mention.head]
        return word is not None and owned.dep == "nmod:poss" and owned.head == word

    def _word_given(self, i: int) -> int | None:
        """The noun for what somebody says that a pronoun's clause follows: "announcement" in "the announcement that *it*"."""
        before = i - 2 if i > 1 and self.page.lower[i - 1] == "that" else i - 1
        token = self.page.document.tokens[max(before, 0)]
        return token.i if token.pos == "NOUN" and token.lemma in vocabulary("words_given") else None

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
            return mention.form in ("name", "pronoun") and can_be_persons(entity)
        if pronoun.sex == "they":
            return entity.plural or (entity.kind in _GROUPS and not entity.is_person and entity.kind != "media")
        return self._can_be_body(pronoun) and not (entity.is_person or entity.plural)

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
        if self._word_given(token.i) is not None:
            return True
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
        return None if subject is None else self._at.get(self._antecedent_of_relative(subject))

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
        quoted, inside = self._in_quotes[mention.head], self._in_quotes[pronoun.head]
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
        called = pronoun.sex in ("he", "she") and not inside and self._called.get((id(entity), pronoun.sex), 0) > 1
        if called or (entity.sex is not None and entity.sex == pronoun.sex):
            score += 0.6
        if quoted and not inside:
            score -= 2.0
        if self._speech(mention):
            if self._speech(pronoun) and not inside:
                score += 1.0
            if inside and not quoted and distance == 0:
                score -= 1.5  # who speaks says "I"
        if self._stands_aside(mention) and not (self._speech(pronoun) and not self._tells_when(pronoun)):
            score -= _ASIDE
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

    def _stands_aside(self, mention: Mention) -> bool:
        """Whether somebody is named only as whose word it is, behind what is said: "Velin will go, *an aide* said. He …"."""
        document = self.page.document
        verb = document.tokens[mention.head].head
        if document.relations[verb] == "parataxis":
            return document.tokens[verb].head < mention.first
        return any(clause < mention.first for clause in document.children(verb, "ccomp", "parataxis"))

    def _tells_when(self, pronoun: Mention) -> bool:
        """Whether a pronoun is the subject of a clause that tells when something was: "a day *after it* denounced"."""
        return self.page.lower[pronoun.first - 1 : pronoun.first] in _WHEN

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
