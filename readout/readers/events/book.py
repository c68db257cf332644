"""The actors of an article while events are read, also where one phrase names several: lists, pairs, joint subjects."""

from __future__ import annotations

from readout.language.document import bits_of
from readout.readers.events.finder import ActorFinder
from readout.readers.events.heads import examples
from readout.readers.events.lexicon import words
from readout.readers.events.pairs import is_pair, pair_of, pairing
from readout.readers.events.writings import authors

#: Kinds of those who send envoys and negotiators.
_SIDES = frozenset({"country", "government", "party", "armed_group", "igo", "organization"})
_WITH_CONJUNCT = bits_of("conj")
_JOINING = bits_of("cc", "compound", "amod", "nmod")


class ActorBook(ActorFinder):
    """Finds the actors behind words; grows by those whom only an adjective or a common noun names."""

    def find_all(self, heads: list[int]) -> list[int]:
        """The actors behind several heads, each once, in text order of the heads."""
        if not heads:
            return []
        found: dict[int, None] = {}
        for one in [one for head in heads for one in (head, *self._listed(head))]:
            several = self._pair(one) or self._offices(one) or self._authors(one)
            if not several:
                several = self._joined(one)
                who = self._who_does(one)
                named = examples(self._document, one) if self._document.tokens[one].pos == "NOUN" else []
                some = self._named(named)
                if who is not None and not (some and self._is_only_kind(one, who, named[0])):
                    several.append(who)
                several += some
            found.update(dict.fromkeys(several))
        return list(found)

    def _listed(self, i: int) -> list[int]:
        """Who is coordinated with the name at word `i`, though the tree hangs it on a word of the name or behind a comma.

        "The Front for Ruritania *and the party*"; "*China*, *Mongolia* sign a pact".
        """
        document, own = self._document, self._cover.get(i)
        if own is None:
            return []
        span = self._mentions.around(i)
        inside = [k for k in document.tokens_in(span) if k != i] if span is not None else []
        joined = [c for k in inside if document.below[k] & _WITH_CONJUNCT for c in document.children(k, "conj")]
        found = [c for c in joined if c > max(inside) and c > i]
        # "Hu Jintao and Premier *Wen Jiabao*", run into one name
        apart = [c for c in document.children(i, "flat", "list") if c in self._cover and self._cover[c] != own]
        found += [c for c in apart if document.children(c, "cc") or "CCONJ" in document.parts[i:c]][:1]
        if self.actors[own].kind == "country" and i + 2 < len(document.tokens) and document.tokens[i + 1].text == ",":
            found += [a for a in document.children(i, "appos") if a == i + 2 and self.country_at(a) not in (None, own)]
        return found

    def somebody(self, heads: list[int]) -> list[int]:
        """The actors behind several heads; people whom only common nouns name, where none is known."""
        return self.find_all(heads) or [n for n in map(self.person_at, heads) if n is not None]

    def _named(self, heads: list[int]) -> list[int]:
        """Those of some heads who are called by name."""
        found = [self.find(one) for one in heads]
        return [n for n in found if n is not None and self.actors[n].kind not in ("unnamed", "population")]

    def _is_only_kind(self, i: int, who: int, example: int) -> bool:
        """Whether a phrase without a number says no more than of what kind the named ones are: "*states* such as Chad"."""
        whole = self._document.preposition(example) == "including"
        return not whole and self.actors[who].kind == "unnamed" and not self._document.children(i, "nummod")

    def _pair(self, i: int) -> list[int]:
        """The two whom "the two leaders" stands for."""
        kind = is_pair(self._document, i)
        if kind is None:
            return self._both(i) or self._joint_subject(i)
        found = []
        for one in pair_of(self._document, i, kind, self._mentions):
            index = one if isinstance(one, int) else self._countries.get(one)
            if index is None:
                return []
            found.append(index)
        return found

    def _both(self, i: int) -> list[int]:
        """The two whom "and" joined last before an object "both": "fined *Chad and Mali*, accusing both of fraud"."""
        document = self._document
        if document.words[i] != "both" or document.children(i, "nmod") or document.relations[i] not in ("obj", "iobj"):
            return []
        joined = [k for k in range(document.sentence(i).first + 1, i) if document.relations[k] == "cc"]
        if not joined:
            return []
        first, second = joined[-1] - 1, document.tokens[joined[-1]].head
        while document.relations[first] in ("flat", "compound") and document.tokens[first].head < joined[-1]:
            first = document.tokens[first].head
        found = [n for n in (self.find(first), self.find(second)) if n is not None]
        return found if len(set(found)) > 1 and first < joined[-1] < second < i else []

    def _authors(self, i: int) -> list[int]:
        """Who speaks by a writing that nobody else is: "*the report* urged"."""
        if not self._document.relations[i].startswith("nsubj"):
            return []
        found = [self.find(one) for one in authors(self._document, self._pointed_at(i))]
        return [n for n in found if n is not None]

    def _pointed_at(self, i: int) -> int:
        """The writing that was the subject of the sentence before and that "it" opens the next with; any other word is its own."""
        document, number = self._document, self._document.tokens[i].sentence
        if document.words[i] != "it" or number == 0 or i > document.sentences[number].first + 1:
            return i
        before = document.children(document.sentences[number - 1].root, "nsubj")
        return before[0] if before and document.lemmas[before[0]] in words("writings") else i

    def _offices(self, i: int) -> list[int]:
        """The sides whose people one plural names: "the ministers of *Chad* and *Mali*", "envoys from *the army* and *the rebels*"."""
        token, named = self._document.tokens[i], {self._document.lemmas[i]}
        if token.pos == "PROPN" and self._document.sentence(i).first == i:
            named = {token.lower.removesuffix("s")}  # a capital there makes no name of "*Negotiators* from"
        if token.tag not in ("NNS", "NNPS", "NNP") or named.isdisjoint(pairing("persons") | words("sent_by")):
            return []
        sides = self._sides_of(i)
        if sides:
            return sides
        of = [c for c in self._of(i) if c > i]
        pair = [n for c in of for n in self._pair(c)]  # "the premiers of *the two countries*"
        if len(pair) > 1:
            return pair
        beside = [a for c in of for a in self._document.children(c, "appos", "conj")]
        beside += self._document.children(i, "appos", "conj") if of else []
        names = [c for c in (*of, *beside) if self._document.tokens[c].pos == "PROPN" and c in self._place_of]
        found = [n for n in map(self.country_at, dict.fromkeys(names)) if n is not None]
        return found if len(found) > 1 else []

    def _sides_of(self, i: int) -> list[int]:
        """The two or more who are joined behind "of" or "from" and are all known: states, parties, armed groups."""
        document = self._document
        of = [c for c in document.children(i, "nmod") if document.preposition(c) in ("of", "from")]
        joined = document.conjuncts(of[0]) if of else []
        if len(joined) < 2 or joined[0] < i or any(document.parts[c] == "ADJ" for c in joined):
            return []
        found = [self.find(c) for c in joined]
        sides = [n for n in found if n is not None and self.actors[n].kind in _SIDES]
        return sides if len(set(sides)) == len(joined) else []

    def _joint_subject(self, i: int) -> list[int]:
        """Whom an unresolved "they" stands for: the one coordinated subject before it in this sentence or the last."""
        document, token = self._document, self._document.tokens[i]
        if document.words[i] != "they" or i in self._cover or not token.dep.startswith("nsubj"):
            return []
        first = document.sentences[max(0, token.sentence - 1)].first
        subjects = [t.i for t in document.tokens[first:i] if t.dep.startswith("nsubj")]
        joint = [s for s in subjects if document.children(s, "conj", "flat")]
        found = [self.find_all(document.conjuncts(s)) for s in joint]
        several = [actors for actors in found if len(actors) > 1]
        return several[0] if len(several) == 1 else []

    def _joined(self, i: int) -> list[int]:
        """Who shares a noun with the last before it: India of "*Indian* and Pakistani troops", of "*India* and Pakistan's armies"."""
        document = self._document
        if not document.below[i] & _JOINING:
            return []
        modifiers = document.children(i, "compound", "amod", "nmod:poss", "nmod:desc")
        modifiers += [c for m in modifiers for c in document.children(m, "conj")]
        joined = [c for m in (i, *modifiers) for c in document.children(m, "cc") if min(modifiers, default=i) < c < i]
        if not joined:
            return []
        whole = self.find(i)
        own = self._mentions.words_of(whole) if whole is not None else frozenset()
        apart = [m for m in sorted(set(modifiers)) if m < max([*modifiers, *joined]) and m not in own]
        one = [m for m in apart if m and document.words[m - 1] in words("single") and m in self._place_of]
        found = [
            self._compatriot(m) if m in one else self.find(m)  # "*an Iranian* and a Lebanese"
            for m in apart
            if document.tokens[m].pos in ("PROPN", "ADJ")
        ]
        if whole is not None:  # "the *army* and militia groups"
            found += [self.forces_at(m) for m in apart if document.tokens[m].tag == "NN" and m < joined[0]]
        return [n for n in found if n is not None and n != whole]
