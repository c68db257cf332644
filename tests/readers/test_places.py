"""The places reader: what is a place, which one it is, and how its name is used."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.language.pipeline import Context, load_parser
from readout.readers.findings import Findings
from readout.readers.places import is_literal, matching, read_places
from readout.types import Place


def places(text: str, dateline: str | None = None) -> tuple[Place, ...]:
    document = load_parser().parse(text, Context(dateline=dateline))
    return read_places(document, Findings()).places


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("A fire broke out in Paris, Texas, on Monday.", "Paris", "USA", "Texas"),
        ("Protesters marched through Paris on Monday, French police said.", "Paris", "FRA", None),
        ("A man from Athens, Ga., was arrested.", "Athens", "USA", "Georgia"),
        ("Two ministers from Greece met in Athens.", "Athens", "GRC", None),
        ("He fled to the United States in 2010.", "United States", "USA", None),
        ("She works in the United Arab Emirates.", "United Arab Emirates", "ARE", None),
        ("A bomb exploded in Mosul on Sunday.", "Mosul", "IRQ", None),
        ("Rebels advanced on Kisangani.", "Kisangani", "COD", None),
        ("Soldiers entered Khan Younis in the Gaza Strip.", "Khan Younis", "PSE", "Gaza Strip"),
        ("Sheriffs in Marion County, Florida, found the boat.", "Marion County", "USA", "Florida"),
        ("The Hague ruled that the company had to pay.", "Hague", "NLD", None),
        ("Voters in Georgia and in South Carolina go to the polls.", "Georgia", "USA", "Georgia"),
        ("Troops from Georgia and Armenia trained near Tbilisi.", "Georgia", "GEO", None),
        ("She moved to Nice in the south of France.", "Nice", "FRA", None),
        ("A barn burned in Normal, Illinois, on Monday.", "Normal", "USA", "Illinois"),
        ("The Paris, Texas-based firm closed.", "Paris", "USA", "Texas"),
    ],
)
def test_which_place_is_meant(text: str, name: str, country: str, admin1: str | None) -> None:
    [place] = [place for place in places(text) if place.name == name]
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1
    assert place.lat is not None
    assert place.lon is not None


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Shells fell in Donetsk region overnight.", "Donetsk", "admin1", "UKR"),
        ("Shells fell in Donetsk overnight.", "Donetsk", "city", "UKR"),
        ("Troops entered Kursk Oblast and Kherson Oblast.", "Kursk", "admin1", "RUS"),
        ("Troops entered Kursk Oblast and Kherson Oblast.", "Kherson", "admin1", "UKR"),
        ("Two men were held in Idlib province.", "Idlib", "admin1", "SYR"),
        ("Two men were held in Idlib.", "Idlib", "city", "SYR"),
        ("Bandits raided a farm in Zamfara state.", "Zamfara", "admin1", "NGA"),
        ("A convoy left Dadaab for Torkham.", "Dadaab", "camp", "KEN"),
        ("A convoy left Dadaab for Torkham.", "Torkham", "crossing", None),
        ("Jets took off from Hmeimim.", "Khmeimim", "base", "SYR"),
        ("Police sealed off Sheikh Jarrah.", "Sheikh Jarrah", "district", "PSE"),
        ("The governor of Odesa region spoke. Ships left Odesa.", "Odesa", "city", "UKR"),
        ("Floods hit Bihar state. Thousands left Bihar.", "Bihar", "admin1", "IND"),
    ],
)
def test_how_precise_a_place_is(text: str, name: str, kind: str, country: str | None) -> None:
    assert (kind, country) in [(place.kind, place.country) for place in places(text) if place.name == name]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Jordan apologised.",
        "She works for the New York Times.",
        "He sued Bank of America.",
        "Michael Jordan retired on Monday.",
        "The shop is on Berlin Street.",
        "Most of us will leave on Sunday.",
        "Nice people met. It was a Normal day.",
        "Julie de Lima spoke. De Lima was tired.",
        "The Asian Development Bank and the European Union lent money.",
        "He led the New Korea Party and wrote about the Warsaw Pact.",
        "The plane landed at Capital Airport, the Oriental Daily said.",
        "The Gulf war ended long ago.",
        "A man of the village of Oldnam Brook wept.",
    ],
)
def test_what_only_sounds_like_a_place_is_none(text: str) -> None:
    assert places(text) == ()


@pytest.mark.parametrize(("text", "name"), [("They left el-Fasher.", "El Fasher"), ("They left el-Obeid.", "El Obeid")])
def test_a_small_article_belongs_to_its_name(text: str, name: str) -> None:
    assert [place.name for place in places(text)] == [name]


def test_short_forms_are_matched_by_the_letter() -> None:
    assert [place.country for place in places("The US sent two ships.")] == ["USA"]
    assert places("They told us nothing.") == ()


def test_one_place_has_all_its_mentions() -> None:
    text = "Turkey closed its border. Turkish officers said that the Turks were safe."
    [place] = places(text)
    assert [text[a:b] for a, b in place.mentions] == ["Turkey", "Turkish", "Turks"]


def test_former_names_mean_the_place_of_today() -> None:
    assert [place.country for place in places("Refugees left Zaire for Burma.")] == ["COD", "MMR"]


def test_a_town_in_a_state_that_has_none_of_that_name_gets_no_coordinates() -> None:
    [town, state] = places("A barn burned in Fallujah, Vermont, on Monday.")[:2] or (None, None)
    assert (town.name, state.name) == ("Fallujah", "Vermont")
    [other] = [place for place in places("A barn burned in Stretford, Kan., on Monday.") if place.name == "Stretford"]
    assert other.lat is None


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Horses ran at Stretford in central France.", "Stretford", "FRA", None),
        ("Three men were held in Luhe in Guangdong.", "Luhe", "CHN", "Guangdong"),
        ("They met in the Croatian border town of Miljevka.", "Miljevka", "HRV", None),
        ("She was born on kibbutz Givat Oren in central Israel.", "Givat Oren", "ISR", None),
        ("A bridge fell in the village of Saweti, in the eastern province of Nangarhar.", "Saweti", "AFG", "Nangarhar"),
        ("A shell hit the Israeli village of Kfar Nofar, east of Gaza.", "Kfar Nofar", "ISR", None),
    ],
)
def test_a_town_that_no_gazetteer_has_lies_where_the_text_says(
    text: str, name: str, country: str, admin1: str | None
) -> None:
    [town] = [place for place in places(text) if place.name == name]
    assert (town.country, town.admin1, town.lat) == (country, admin1, None)


@pytest.mark.parametrize(
    ("text", "word", "literal"),
    [
        ("Troops landed in Turkey.", "Turkey", True),
        ("Turkish troops landed there.", "Turkish", False),
        ("The Turks left at dawn.", "Turks", False),
        ("Russia rejected the plan.", "Russia", False),
        ("Fighting broke out near Goma.", "Goma", True),
    ],
)
def test_use_tells_the_place_from_its_people_and_rulers(text: str, word: str, literal: bool) -> None:
    document = load_parser().parse(text, Context())
    start = text.index(word)
    assert is_literal(document, (start, start + len(word))) is literal


_NAMES = st.sampled_from(
    [
        "Paris",
        "Iraqi",
        "in",
        "the",
        "U.S.",
        "Gaza",
        "Strip",
        ",",
        "Mr.",
        "Texas",
        "Jordan",
        "said",
        "County",
        "of",
        "\n",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_NAMES, max_size=12).map(" ".join))
def test_mentions_stand_in_the_text_and_never_overlap(text: str) -> None:
    found = places(text)
    spans = sorted(span for place in found for span in place.mentions)
    assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert found == places(text)


_PIECES = st.sampled_from(
    [
        "the", "The", "West", "Bank", "New", "York", "Times", "southern", "Lebanon", "Lebanon’s", "San", "José", "Washington", "D.C.",
        "Paris", "Texas", "Ga", "Athens", "Gaza", "Strip", "al", "Khan", "Younis", "said", "United", "States", "Arab", "Emirates", "a",
        "Port", "of", "Spain", "America", "Rafah", "crossing", "Stratford", "upon", "Avon", "Hague", "Middle", "East", "Mosul", "U.S.",
    ]
)  # fmt: skip
_JOINTS = st.sampled_from([" ", " ", " ", "-", ", ", ". ", ",", "'s ", "\n", "” ", "/"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_PIECES, _JOINTS), max_size=12))
def test_no_name_is_passed_over(pieces: list[tuple[str, str]]) -> None:
    document = load_parser().parse("".join(word + joint for word, joint in pieces))
    found = matching.candidates(document)
    with pytest.MonkeyPatch.context() as everywhere:
        everywhere.setattr(matching, "_may_begin_at", lambda *_: True)
        everywhere.setattr(matching, "_may_go_on", lambda *_: True)
        assert matching.candidates(document) == found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Drones hit the Bryansk region.", "Bryansk", "admin1"),
        ("Drones hit the Voronezh Region.", "Voronezh", "admin1"),
        ("Fighting went on in Homs and Hama provinces.", "Hama", "admin1"),
        ("Fighting went on in the province of Latakia.", "Latakia", "admin1"),
        ("Gunmen attacked a village in Kaduna State.", "Kaduna", "admin1"),
        ("Drones hit Bryansk.", "Bryansk", "city"),
        ("Fighting went on in Homs and Hama.", "Hama", "city"),
        ("The oil-rich Gulf states met.", "Persian Gulf", "sea"),
        ("He studied at Moscow State University.", "Moscow", "city"),
        ("India and Pakistan have long fought over Kashmir.", "Kashmir", "area"),
        ("Pakistan said that India had bombed Punjab.", "Punjab", "area"),
        ("New Delhi's army denied it.", "New Delhi", "city"),
    ],
)
def test_what_a_name_is_called(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(place.name, place.kind) for place in places(text)]


@pytest.mark.parametrize("text", ["Cars burned in Val d'Oise.", "Cars burned in Seine-Saint-Denis."])
def test_a_part_of_a_name_is_no_place(text: str) -> None:
    assert places(text) == ()


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("in the Belgorod Region", True),
        ("in Kaduna State", True),
        ("at Ohio State", False),
        ("at Moscow State University", False),
    ],
)
def test_a_region_with_its_word_is_a_place(text: str, literal: bool) -> None:
    document = load_parser().parse(f"A man was shot {text}.", Context())
    (place,) = read_places(document, Findings()).places
    assert is_literal(document, place.mentions[0]) == literal
