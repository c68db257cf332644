"""Columns are those of each format to the letter: the lists below are facts of the formats."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from readout.exports.describing import about_lines, schema
from readout.exports.formats import EXPORTS
from readout.exports.formats.fields import NOTHING

POLECAT = """Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW,
Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW,
Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District,
Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, Publication Date, Story People,
Story Organizations, Story Locations, Language, Version"""
ICEWS = """Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name,
Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude"""
_ACTOR = (
    "Code, Name, CountryCode, KnownGroupCode, EthnicCode, Religion1Code, Religion2Code, Type1Code, Type2Code, Type3Code"
)
_GEO = "Type, Fullname, CountryCode, ADM1Code, ADM2Code, Lat, Long, FeatureID"


def _each(before, names):
    return [f"{before}{name}" for name in names.split(", ")]


def _list(text):
    return [name.strip() for name in text.replace("\n", " ").split(",")]


GDELT_EVENTS = [
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate", *_each("Actor1", _ACTOR), *_each("Actor2", _ACTOR), "IsRootEvent",
    "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *_each("Actor1Geo_", _GEO), *_each("Actor2Geo_", _GEO), *_each("ActionGeo_", _GEO), "DATEADDED", "SOURCEURL",
]  # fmt: skip
GDELT_MENTIONS = """GlobalEventID, EventTimeDate, MentionTimeDate, MentionType, MentionSourceName, MentionIdentifier, SentenceID,
Actor1CharOffset, Actor2CharOffset, ActionCharOffset, InRawText, Confidence, MentionDocLen, MentionDocTone, MentionDocTranslationInfo,
Extras"""
UCDP = """id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id, conflict_name, dyad_dset_id,
dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id, side_a, side_b_dset_id, side_b_new_id, side_b, number_of_sources, source_article,
source_office, source_date, source_headline, source_original, where_prec, where_coordinates, where_description, adm_1, adm_2, latitude,
longitude, geom_wkt, priogrid_gid, country, country_id, region, event_clarity, date_prec, date_start, date_end, deaths_a, deaths_b,
deaths_civilians, deaths_unknown, best, high, low, gwnoa, gwnob"""
ACLED = """event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, inter1,
actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, admin1, admin2, admin3, location, latitude,
longitude, geo_precision, source, source_scale, notes, fatalities, tags, timestamp"""
GKG = """GKGRECORDID, V2.1DATE, V2SOURCECOLLECTIONIDENTIFIER, V2SOURCECOMMONNAME, V2DOCUMENTIDENTIFIER, V1COUNTS, V2.1COUNTS,
V1THEMES, V2ENHANCEDTHEMES, V1LOCATIONS, V2ENHANCEDLOCATIONS, V1PERSONS, V2ENHANCEDPERSONS, V1ORGANIZATIONS, V2ENHANCEDORGANIZATIONS,
V1.5TONE, V2.1ENHANCEDDATES, V2GCAM, V2.1SHARINGIMAGE, V2.1RELATEDIMAGES, V2.1SOCIALIMAGEEMBEDS, V2.1SOCIALVIDEOEMBEDS,
V2.1QUOTATIONS, V2.1ALLNAMES, V2.1AMOUNTS, V2.1TRANSLATIONINFO, V2EXTRASXML"""
#: Keys of PLOVER's JSON, by the names of its manual, and beside them those that are Readout's own.
PLOVER = {
    "event": """id, date, actor, event, recipient, has_event, time, enddate, endtime, event_loc, event_text, quad_code, event_scale,
    mode, context, link, text, text_info, cite_info, coder, coded_date, coded_time, comment""",
    "entity": "code, sector, entity_text, identifier_id, identifier_text, religion, ethnicity, office, gender, age",
    "text": "sequence, start, end, text_story",
    "citation": "corpus, citation, url, title, language, publication, license, copyright, coder, codebook, version",
    "location": """extracted_place, resolved_place, geonameid, lat, lon, city, district, province, country, country_code, feature_class,
    feature_code, resolution""",
}
OWN = {"event": {"status"}, "entity": set(), "text": {"size", "attribution"}, "citation": set(), "location": set()}
KNOWN = {
    "polecat": (40, _list(POLECAT)), "icews": (20, _list(ICEWS)), "gdelt-events": (61, GDELT_EVENTS),
    "gdelt-mentions": (16, _list(GDELT_MENTIONS)), "ucdp": (49, _list(UCDP)), "acled": (31, _list(ACLED)),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_the_header_is_that_of_the_format(name, written):
    number, names = KNOWN[name]
    assert len(names) == number
    assert list(EXPORTS[name].names) == names
    data, _ = written(name, layout="csv")
    assert next(csv.reader(io.StringIO(data.decode(), newline=""))) == names


def test_quotations_have_the_columns_of_gkg_that_are_of_them_and_the_parts_of_its_quotations_in_their_order():
    known, names = _list(GKG), list(EXPORTS["gkg-quotations"].names)
    assert len(known) == 27
    taken = [name for name in names if name in known]
    assert taken == names[:4] == [name for name in known if name in taken]
    assert names[4:9] == ["Offset", "Length", "Verb", "Quote", "Speaker"]


def test_keys_are_those_of_plovers_manual_and_of_readout(written):
    known = {name: set(_list(keys)) | OWN[name] for name, keys in PLOVER.items()}
    assert set(EXPORTS["plover"].names) <= known["event"]
    assert {"id", "date", "actor", "event"} <= set(EXPORTS["plover"].names)
    found = {name: set() for name in known}
    for line in written("plover", everything=True)[0].decode().splitlines():
        event = json.loads(line)
        found["event"] |= set(event)
        found["text"] |= set(event["text_info"])
        found["citation"] |= set(event["cite_info"])
        for entity in (*event["actor"], *event["recipient"]):
            found["entity"] |= set(entity)
        for location in event["event_loc"]:
            found["location"] |= set(location)
    for name, keys in found.items():
        assert keys <= known[name], name
        assert len(keys) > 2, name


def test_a_feature_has_the_members_of_rfc_7946(written):
    made = json.loads(written("geojson", everything=True)[0])
    assert set(made) == {"type", "features"}
    assert made["type"] == "FeatureCollection"
    for feature in made["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties"]
        assert feature["type"] == "Feature"
        geometry = feature["geometry"]
        assert geometry is None or (set(geometry) == {"type", "coordinates"} and geometry["type"] == "Point")
        assert list(feature["properties"]) == list(EXPORTS["geojson"].names[2:])


@pytest.mark.parametrize("name", EXPORTS)
def test_every_header_is_held_to_its_format(name):
    elsewhere = {"gkg-quotations", "plover", "geojson", "followthemoney"}  # the tests above, and test_followthemoney
    own = {"claims", "events", "statements", "figures", "reports", "incidents"}  # docs/exports.md says what they have
    assert name in {*KNOWN, *elsewhere, *own}


def test_claims_have_what_comparing_reports_needs_and_incidents_their_rule():
    assert {"event_id", "source", "deaths_low", "deaths_best", "deaths_high"} <= set(EXPORTS["claims"].names)
    assert "rule" in EXPORTS["incidents"].names


@pytest.mark.parametrize("name", EXPORTS)
def test_every_layout_has_all_columns_and_all_rows(name, written):
    export = EXPORTS[name]
    assert len(set(export.names)) == len(export.names)
    counts = set()
    for layout in export.layouts:
        data, done = written(name, layout=layout)
        counts.add(done.rows)
        if layout in ("csv", "tab"):
            found = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter="," if layout == "csv" else "\t"))
            assert found.pop(0) == list(export.names)
        elif layout == "bare":
            found = [line.split("\t") for line in data.decode().removesuffix("\n").split("\n")]
        elif layout == "jsonl":
            found = [json.loads(line) for line in data.decode().splitlines()]
            assert all(tuple(row) == export.names for row in found)
        elif layout == "parquet":
            table = pq.read_table(io.BytesIO(data))
            assert table.column_names == list(export.names)
            found = table.to_pylist()
        else:
            found = json.loads(data)["features"]
        assert len(found) == done.rows
        if layout in ("csv", "tab", "bare"):
            assert {len(row) for row in found} == {len(export.fields)}
    assert len(counts) == 1
    assert counts.pop() > 0, "the news of these tests has something for every format"


@pytest.mark.parametrize("name", EXPORTS)
def test_a_schema_says_what_every_column_is_made_from(name):
    made = schema(EXPORTS[name])
    assert [field["name"] for field in made["fields"]] == list(EXPORTS[name].names)
    assert all(field["description"] and field["from"] for field in made["fields"])
    assert made["loses"]
    assert all(sentence.endswith(".") for sentence in made["loses"])
    assert name in next(iter(about_lines(EXPORTS[name])))
    json.dumps(made)


@pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if "csv" in export.layouts])
def test_columns_hold_what_their_type_says(name, news, written):
    checks = {
        "text": str,
        "whole": int,
        "number": (int, float),
        "yes": bool,
        "words": (list, tuple),
        "wholes": (list, tuple),
    }
    from readout.exports.asked import Asked
    from readout.record.filters import Filters

    export = EXPORTS[name]
    for row in export.rows(Asked(news, Filters(), everything=export.kind == "events", merged=export.merged)):
        for field in export.fields:
            value = field.value(row)
            assert value is None or isinstance(value, checks[field.type]), (field.name, value)
            assert field.type not in ("whole", "number") or not isinstance(value, bool)
            if field.source == NOTHING:
                assert value is None
