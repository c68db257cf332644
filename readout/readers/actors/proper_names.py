"""Names without and with a title: what they name, by the registry and by the words in them."""

from __future__ import annotations

from collections.abc import Sequence

from readout.language.lemmas import is_ordinary
from readout.readers.actors.homes import country_in
from readout.readers.actors.mentions import Mention, joined, mark
from readout.readers.actors.nominals import describe, with_owner
from readout.readers.actors.persons import is_announced, is_person
from readout.readers.actors.phrases import Page
from readout.readers.actors.registry import Known, by_surname
from readout.readers.actors.scanning import Piece, longer_name
from readout.readers.actors.spelling import by_spelled_surname
from readout.readers.actors.words import (
    OrganizationWord,
    ends_as_thing,
    given_name,
    is_article,
    is_suffix,
    is_thing,
    organization_word,
    sex_of_noun,
    starts_thing,
    vocabulary,
    word_list,
)

_QUOTES = frozenset({'"', "“", "”"})


def read_titled(page: Page, before: list[Piece], title: Piece, name: Piece, owner: Mention | None) -> Mention:
    """The mention of a title or description and a name: "Iranian Foreign Minister X", "Harbour Party spokesman X"."""
    assert title.noun is not None
    first = before[0].first
    mention = mark(page, with_owner(first, owner), name.last, "person")
    mention.noun, mention.kind = title.noun, "person"
    mention.owner = owner
    mention.names = _words(page, name.first, name.last)
    mention.sectors = title.noun.sectors
    mention.sex = sex_of_noun(title.noun.lemma) or _sex(mention.names)
    office = _office_before(before, title)
    if office is not None and office.noun is not None:
        if not mention.sectors or office.noun.lemma not in word_list("staff_of_any_sector"):  # "army spokesman Major X"
            mention.sectors = office.noun.sectors or mention.sectors
        describe(page, mention, before[:-2], office)
    elif not title.noun.title:
        describe(page, mention, before[:-1], title)
    alone = title.noun.lemma == "chief" and len(before) == 1 and page.capital[title.first]  # "Chief Emeka Orsk"
    if (title.noun.lemma in word_list("honorifics") or alone) and office is None:
        mention.role = None  # "Sheikh X, the prime minister"
    mention.known = tuple(k for k in name.known if k.kind == "person") or _by_surname(mention.names, any_spelling=True)
    mention.bare = page.document.tokens[first].pos != "DET"
    return mention


def _office_before(before: list[Piece], title: Piece) -> Piece | None:
    """The office that stands before a rank or a form of address: "*police chief* Colonel X", "*deputy minister* Mullah X"."""
    office = before[-2] if len(before) > 1 and title.noun is not None else None
    if office is None or office.noun is None or not office.noun.one or office.plural or office.noun.title:
        return None
    assert title.noun is not None
    lemma = title.noun.lemma
    ranked = lemma.split()[-1] in word_list("military_ranks") or lemma in word_list("honorifics") or title.noun.title
    if not ranked or word_list("military_ranks").issuperset(office.noun.lemma.split()):
        return None
    general = lemma == "general" and office.noun.lemma in word_list("general_offices")
    relative = office.noun.lemma in vocabulary("kin") or office.noun.group in word_list("roleless")
    return None if general or relative else office


def name_behind(page: Page, pieces: list[Piece]) -> tuple[list[Piece], Piece | None]:
    """What an office is to, of or on, and the name of who holds it behind that: "China *Clark Brandt*", "Torture *Nigel Rodman*"."""
    last = pieces[-1]
    if last.sort not in ("name", "known") or (last.sort == "known" and last.known[0].kind != "person"):
        return pieces, None
    pieces = [piece for piece in pieces[:-1] if piece.sort != "word" or page.capital[piece.first]] + [last]
    if len(pieces) > 1:
        whole = page.lower[last.first : last.last + 1]
        part = page.lower[last.first - 1] in vocabulary("parts_of_bodies") and not is_ordinary(whole[0])
        named = len(whole) > 1 or (part and last.first not in page.placed)
        person = last.sort == "known" or (named and not any(organization_word(w) for w in whole))
        within = pieces[:-1]
        state = within[-1].state
        if part and person:
            return within, last  # "chairman of the Kwanti *chapter* Orsk"
        place = state is None or state.use in ("name", "capital")
        if within[-1].sort == "role":
            strange = len(whole) > 1 and not any(map(is_ordinary, whole))
            place = _is_led(within[-1]) and (last.sort == "known" or strange or given_name(whole[0]) is not None)
        return (within, last) if person and place else (pieces, None)
    if last.sort == "known":
        return pieces, None
    for i in range(last.first + 1, last.last):
        behind = page.lower[i : last.last + 1]
        if any(organization_word(w) for w in behind):
            continue
        said = page.lower[last.first : i]
        body = any(organization_word(w) for w in said) or all(map(is_ordinary, said)) or page.words[i - 1].isupper()
        if body and (given_name(behind[0]) or not any(map(is_ordinary, behind))):
            return [last._replace(last=i - 1)], last._replace(first=i)
    return pieces, None


def _is_led(body: Piece) -> bool:
    """Whether a noun is of a body that bears no name of a person: "head of the *delegation* Ola Berg", but not "the *group* Ola Berg"."""
    noun = body.noun
    if noun is None or noun.one or body.plural or noun.lemma in word_list("said_after_names"):
        return False
    return noun.lemma.split()[-1] in word_list("led_bodies")


def become_person(page: Page, role: Mention, name: Piece, within: Mention | None, state: str | None) -> None:
    """Makes of the mention of an office that of its holder, whose name stands behind the body or `state` that the office is to or of."""
    role.form, role.kind, role.last = "person", "person", name.last
    role.names = _words(page, name.first, name.last)
    role.head = page.head(role.first, role.last)
    role.sex = role.sex or _sex(role.names)
    role.known = tuple(k for k in name.known if k.kind == "person") or _by_surname(role.names, any_spelling=True)
    abroad = role.noun is not None and role.noun.lemma in word_list("sent_abroad")
    if within is not None and within.form == "name" and role.affiliation is None:
        role.affiliation = within.known[0].name if len(within.known) == 1 else joined(within.names)
    if not abroad:
        role.country = role.country or state or (within.country if within is not None else None)


def read_name(page: Page, name: Piece, described: bool = False) -> Mention | None:
    """A mention for a name without title, by what its words say; None for things and places.

    Args:
        page: the document.
        name: the words of the name.
        described: whether words before it say that it is an armed group ("the self-styled X").
    """
    if name.sort == "known" and not _is_other_state_s(page, name):
        return _known(page, name)
    lower = page.lower[name.first : name.last + 1]
    named_body = any(organization_word(word) for word in lower)
    if named_body and ends_as_thing(lower):
        return None  # "Orsk Air Force Base", "Air Force One"
    last = longer_name(page, name.first, name.last) if named_body else name.last
    if lower[-1].endswith("-") or (not named_body and _is_no_actor(page, name, lower)):
        return None  # "the *US-* and UN-backed plan"
    mention = mark(page, name.first, last, "name")
    mention.names = _words(page, name.first, last)
    body = _body_of(lower, page.lower[name.first : last + 1], described)
    if body is not None and body.kind == "company" and page.placed.issuperset(range(name.first, last + 1)):
        return None  # "the West Bank"
    if body is not None:
        mention.kind, mention.sectors = body.kind, body.sectors
        mention.country = country_in(page, name.first, last) or _base(page, name.first)
        if mention.country is None and lower[-1] == "bank" and lower[0] in vocabulary("banks_of_states"):
            mention.country = page.main_state
    elif is_person(page, name, lower):
        mention.form, mention.kind = "person", "person"
        mention.sex = _sex(mention.names)
        mention.known = _by_surname(mention.names)
    else:
        mention.kind = "organization"
        mention.country = _base(page, name.first)
    return mention


def _base(page: Page, i: int) -> str | None:
    """The state of the place where a firm or body has its base, which a hyphen joins to "based" before its name: "*Osaka*-based X"."""
    if i < 3 or page.lower[i - 1] != "based" or not page.glued(i - 2):
        return None
    state = next((state for n in (3, 4) if (state := page.states.get(i - n)) is not None), None)
    return state[1].country if state is not None else page.countries.get(i - 3)


def _is_other_state_s(page: Page, name: Piece) -> bool:
    """Whether a party's name goes on with a state that the registry's party of that name is not of: "the People's Party *of Halvia*"."""
    at = name.last + 2
    if at >= len(page.lower) or page.lower[at - 1] != "of" or any(k.kind != "party" for k in name.known):
        return False
    state = page.state(at + (page.lower[at] == "the"))
    if state is None or state[1].use != "name":
        return False
    return all(known.country != state[1].country for known in name.known)


def _is_no_actor(page: Page, name: Piece, lower: Sequence[str]) -> bool:
    """A place, a thing, or a single capitalised word that is no noun."""
    document = page.document
    articled = name.first > 0 and page.lower[name.first - 1] == "the"  # "The Hague ruled": no surname has an article
    if (
        (
            name.last in page.placed
            and (articled or not _says(page, name))
            and not is_announced(page, name)
            and not (len(lower) > 1 and name.first not in page.placed and given_name(lower[0]))  # "Julie de Lima"
        )
        or is_thing(lower[-1])
        or (len(lower) > 1 and is_suffix(lower[-1]) and is_thing(lower[-2]))  # "World War II"
        or starts_thing(lower[0])
    ):
        return True
    if _is_half_of_thing(page, name):
        return True
    if len(lower) > 1:
        return False
    if lower[0] in vocabulary("networks") and not speaks(page, name):
        return True  # "he wrote on *X*"
    return document.tokens[name.last].pos in ("ADJ", "VERB", "ADV", "INTJ")


def _is_half_of_thing(page: Page, name: Piece) -> bool:
    """One side of "of" in a name that no word makes a body's: "Cessation of Hostilities", "Law of Armed Conflict"."""
    lower, capital = page.lower, page.capital
    before = name.first - 1 - (lower[name.first - 1] == "the")
    if before > 0 and lower[before] == "of" and lower[before - 1] in vocabulary("settlements"):
        return True  # "the village of Kwanti"
    if before > 0 and lower[before] == "of" and capital[before - 1] and organization_word(lower[before - 1]) is None:
        return page.noun(before - 1, before) is None and not page.known.get(before - 1)
    if _is_topic_of_paper(page, name.first):
        return True
    after = name.last + 2
    if name.first != name.last or after >= len(lower) or lower[after - 1] != "of":
        return False
    return capital[after] and after not in page.placed and page.state(after, after + 1) is None


def _is_topic_of_paper(page: Page, first: int) -> bool:
    """Whether a name says what a treaty or the like is on: "the Agreement on *Tariffs* and *Trade*"."""
    lower, at = page.lower, first - 1
    if at > 1 and lower[at] == "and" and page.capital[at - 1]:
        at -= 1
        while at > 1 and page.capital[at]:
            at -= 1
    return at > 0 and lower[at] == "on" and page.capital[at - 1] and lower[at - 1] in vocabulary("papers_of_states")


def _body_of(lower: Sequence[str], whole: Sequence[str], described: bool) -> OrganizationWord | None:
    """What the words of a name say of the body that it names: `whole` with what "of" or "for" adds to it."""
    bodies = [w for w in (organization_word(word) for word in reversed(lower)) if w]
    body = next((w for w in bodies if w.sectors), bodies[0] if bodies else None)
    fights = vocabulary("armed") & set(lower) and vocabulary("causes") & set(whole)
    if body is not None and (fights or (described and body.kind in ("government", "organization"))):
        return OrganizationWord("armed_group", ("REB",))
    return body


def _known(page: Page, name: Piece) -> Mention:
    known = name.known
    mention = mark(page, name.first, name.last, "person" if known[0].kind == "person" else "name")
    mention.known = known
    mention.names = _words(page, name.first, name.last)
    kinds = {k.kind for k in known}
    mention.kind = known[0].kind if len(kinds) == 1 else "organization"
    countries = {k.country for k in known}
    mention.country = known[0].country if len(countries) == 1 else None
    if len(known) == 1:
        mention.sectors = known[0].sectors
    mention.sex = _sex(mention.names) if mention.form == "person" else None
    return mention


def is_inner_name(page: Page, piece: Piece) -> bool:
    """Whether a name inside another phrase is certain enough to be a mention: "a Supreme Court decision"."""
    lower = page.lower[piece.first : piece.last + 1]
    word = page.words[piece.first]
    if piece.first == piece.last and page.lower[min(piece.last + 1, len(page.lower) - 1)] in vocabulary("lands"):
        return False  # "the Kwanti region"
    if any(organization_word(w) for w in lower):
        return True
    if len(lower) > 1:
        return given_name(lower[0]) is not None
    return (word.isupper() and 2 <= len(word) <= 6) or bool(by_surname(word))


def _says(page: Page, piece: Piece) -> bool:
    """Whether a town or region says or does something or is told it: what is but done there, or is its own, makes nobody of it."""
    document = page.document
    i = page.head(piece.first, piece.last)
    while document.relations[i] == "conj":
        i = document.tokens[i].head
    token = document.tokens[i]
    if token.dep == "nmod:poss":  # "*Ueda*'s remarks", where Jon Ueda is named; "*Europe*'s poorest country"
        land = document.tokens[token.head].lemma in word_list("land_words")
        return page.words[piece.last] in page.ends_of_names or (
            land and page.lower[piece.last] in vocabulary("continents")
        )
    verb = document.tokens[token.head].lemma
    if token.dep == "nsubj" and document.children(token.head, "obj", "xcomp"):
        return verb not in vocabulary("place_verbs")  # "*Halvia* seeks recognition"
    return token.dep in ("nsubj", "obj", "iobj") and verb in vocabulary("speech")


def speaks(page: Page, piece: Piece) -> bool:
    """Whether a capital stands for its state: it says or does something, owns something, or is told something."""
    document = page.document
    i = page.head(piece.first, piece.last)
    while document.relations[i] == "conj":
        i = document.tokens[i].head
    token = document.tokens[i]
    verb = document.tokens[token.head]
    if token.dep in ("nmod:poss", "obl:agent"):  # "rejected *by Tehran*"
        return True
    if token.dep == "nsubj":
        return verb.pos == "VERB" and verb.lemma not in vocabulary("place_verbs")
    if token.dep in ("obj", "iobj"):
        return verb.lemma in vocabulary("speech")
    dealing = document.preposition(i) in vocabulary("with_states")
    return token.dep in ("obl", "nmod") and dealing and verb.pos != "PUNCT"


def _words(page: Page, first: int, last: int) -> tuple[str, ...]:
    """The words of a name, without a nickname in quotation marks."""
    words = tuple(page.words[first : last + 1])
    marks = [n for n, word in enumerate(words) if word in _QUOTES]
    return words if len(marks) != 2 else (*words[: marks[0]], *words[marks[1] + 1 :])


def _by_surname(names: tuple[str, ...], *, any_spelling: bool = False) -> tuple[Known, ...]:
    if any_spelling and len(names) > 1:
        names = (names[-1],) if is_article(names[0].lower()) else names
    if len(names) != 1:
        return ()
    return by_surname(names[0]) or (by_spelled_surname(names[0]) if any_spelling else ())


def _sex(names: tuple[str, ...]) -> str | None:
    sex = given_name(names[0]) if len(names) > 1 else None
    return sex if sex != "both" else None
