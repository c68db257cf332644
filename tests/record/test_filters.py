"""The language of questions: what is read, what is refused, and that nothing is lost between text, filters and addresses."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout.errors import UsageError
from readout.record import vocabulary
from readout.record.filters import ABOUT, CHECKS, Filters, Wanted, filter_of, parse_filters

#: Queries with what they are in the one form in which they are written.
CANONICAL = [
    ("", ""),
    ("type:assault", "type:ASSAULT"),
    ("type:ASSAULT,coerce", "type:ASSAULT,COERCE"),
    ("-status:planned actor:Hamas", "actor:Hamas -status:planned"),
    ("hostages  freed", "hostages freed"),
    ('"cease-fire talks"', '"cease-fire talks"'),
    ('text:"cease-fire talks" hostages', '"cease-fire talks" hostages'),
    ("text:truce,deal", "text:truce,deal"),
    ("-hostages", "-hostages"),
    ("Israel - Iran", "Israel Iran"),
    ("actor:a actor:b", "actor:a actor:b"),
    ('publisher:"The ""Post"", Osthavn",Nordpost', 'publisher:"The ""Post"", Osthavn",Nordpost'),
    ("country:NO,Egypt,usa", "country:NOR,EGY,USA"),
    ("country:Kosovo", "country:XKX"),
    ("date:2005-11..2005-11", "date:2005-11"),
    ("date:2005-11-01..", "date:2005-11-01.."),
    ("published:..2007", "published:..2007"),
    ("act:retreat/Withdraw", "act:RETREAT/withdraw"),
    ("confidence:0.80", "confidence:0.8"),
    ("news:true", "news:yes"),
    ('status:"not occurring"', "status:not_occurring"),
    ("attribution:None", "attribution:none"),
    ("TYPE:AID", "type:AID"),
    ("12:30", '"12:30"'),
    ("Hello, world", '"Hello," world'),
    ("actor:a,a", "actor:a"),
    ('5" gun', '"5""" gun'),
]


@pytest.mark.parametrize(("text", "canonical"), CANONICAL)
def test_one_form(text: str, canonical: str) -> None:
    found = parse_filters(text)
    assert found.to_text() == str(found) == canonical
    assert parse_filters(canonical) == found
    assert Filters.from_pairs(found.to_pairs()) == found
    assert bool(found) == bool(canonical)


#: Queries that cannot be, with words that the error says.
WRONG = [
    ("typ:AID", ("'typ'", "did you mean type")),
    ("zzz:AID", ("'zzz'", "actor, recipient", "quotation marks")),
    ("type:ASAULT", ("type", "ASSAULT", "AGREE")),
    ("status:happened", ("status", "occurred", "hypothetical")),
    ("mode:abducted", ("mode", "abduct")),
    ("act:AID/visit", ("AID has no mode 'visit'", "no modes")),
    ("act:CONSULT/fly", ("CONSULT has no mode 'fly'", "visit, third-party")),
    ("country:Norwegia", ("country", "did you mean norway")),
    ("date:2005-13", ("date", "2005-11-03")),
    ("date:2005-02-30", ("date",)),
    ("date:..", ("date",)),
    ("date:2006..2005", ("ends before it begins",)),
    ("date:20051103", ("date",)),
    ("confidence:2", ("confidence", "0 to 1")),
    ("confidence:nan", ("confidence", "0 to 1")),
    ("confidence:0.1,0.2", ("one number",)),
    ("quad:5", ("quad", "1, 2, 3, 4")),
    ("news:maybe", ("neither yes nor no",)),
    ("measure:kild", ("measure", "killed")),
    ("type:", ("type", "missing")),
    ("type:AID,", ("type", "missing")),
    ('actor:""', ("actor", "missing")),
    ('"no end', ("not closed",)),
    ('actor:"no end', ("actor", "not closed")),
    ('actor:"a"b', ("blank is missing",)),
    ("type:AID type:AGREE", ("twice", "type:AID,AGREE")),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_cannot_be_is_refused(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as error:
        parse_filters(text)
    for word in words:
        assert word in str(error.value)


def test_plain_values() -> None:
    found = Filters.of(type="ASSAULT", actor=["Hamas", "The, Post"], not_status="planned", news=True, place=None)
    assert found.to_text() == 'actor:Hamas,"The, Post" type:ASSAULT -status:planned news:yes'
    with pytest.raises(UsageError, match="no filter 'typ'"):
        Filters.of(typ="AID")
    with pytest.raises(UsageError, match="missing"):
        Filters.of(actor=[])


def test_both_hold() -> None:
    assert (parse_filters("actor:a x") & parse_filters("-type:AID actor:b")).to_text() == "actor:a actor:b -type:AID x"


def test_an_option_needs_no_quotation_marks() -> None:
    assert filter_of("actor", "Elin Sorvik, Jonas Lind") == parse_filters('actor:"Elin Sorvik","Jonas Lind"')
    assert filter_of("publisher", '"a, b"', negated=True) == parse_filters('-publisher:"a, b"')
    with pytest.raises(UsageError, match="comma"):
        filter_of("actor", '"a" b')


def test_an_address_may_hold_a_query() -> None:
    pairs = [("q", "hostages type:AID"), ("actor", "Elin Sorvik"), ("-status", "planned"), ("place", " ")]
    assert Filters.from_pairs(pairs).to_text() == 'actor:"Elin Sorvik" type:AID -status:planned hostages'
    with pytest.raises(UsageError, match="no filter 'page'"):
        Filters.from_pairs([("page", "2")])


def test_every_filter_is_a_field_and_explained() -> None:
    assert set(CHECKS) == set(ABOUT) == set(Filters.__dataclass_fields__)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2005", "2005-01-01", "2005-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2005-11-03", "2005-11-03", "2005-11-03"),
        ("2005..2006-02", "2005-01-01", "2006-02-28"),
        ("..2006-02", None, "2006-02-28"),
        ("2005..", "2005-01-01", None),
    ],
)
def test_intervals(value: str, first: str | None, last: str | None) -> None:
    assert vocabulary.bounds("date", value) == (first, last)


_VALUES = {
    "type": st.sampled_from(["AID", "ASSAULT", "AGREE"]),
    "mode": st.sampled_from(["visit", "abduct", "withdraw"]),
    "act": st.sampled_from(["AID", "RETREAT/withdraw", "COERCE/martial-law"]),
    "status": st.sampled_from(["occurred", "planned", "not_occurring"]),
    "date": st.sampled_from(["2005", "2005-11", "2005..2006", "..2006-03-04", "2001-02-03.."]),
    "published": st.sampled_from(["2005", "2005-11-30"]),
    "news": st.sampled_from(["yes", "no"]),
    "country": st.sampled_from(["NOR", "EGY", "XKX"]),
    "sourcing": st.sampled_from(["named", "none"]),
    "measure": st.sampled_from(["killed", "injured", "none"]),
    "quad": st.sampled_from("1234"),
    "context": st.sampled_from(["military", "human_rights"]),
    "confidence": st.floats(0, 1).map(str),
    "review": st.sampled_from(vocabulary.REVIEWS),
}
_NAMES = st.text(min_size=1)
#: The first example reads the knowledge files.
_patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Any filters, as a program may make them."""
    found = {}
    for key in draw(st.lists(st.sampled_from(list(CHECKS)), unique=True, max_size=5)):
        values = draw(st.lists(_VALUES.get(key, _NAMES), min_size=1, max_size=1 if key == "confidence" else 3))
        try:
            found[key] = (Wanted(tuple(values), draw(st.booleans())),)
            Filters(**{key: found[key]})
        except UsageError:  # nothing but blanks
            del found[key]
    return Filters(**found)


@_patiently
@given(filters())
def test_nothing_is_lost_between_filters_and_text(given_: Filters) -> None:
    assert parse_filters(given_.to_text()) == given_
    assert parse_filters(given_.to_text()).to_text() == given_.to_text()


@_patiently
@given(filters())
def test_nothing_is_lost_between_filters_and_addresses(given_: Filters) -> None:
    assert Filters.from_pairs(given_.to_pairs()) == given_


@_patiently
@given(st.text() | st.text(alphabet='abc:"-,. type*'))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        found = parse_filters(text)
    except UsageError:
        return
    assert parse_filters(found.to_text()) == found
