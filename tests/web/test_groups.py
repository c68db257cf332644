"""Stories, incidents and ledgers: lists and pages, the same as files, what is part of what, and what people decide."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from elements import HOSTILE, tags_of
from linked_site import ARTICLES, make_linked
from small_site import Client, make_record, served

from readout.across.linking import decide, decisions, link
from readout.record import Record, groups, open_record, parse_filters
from readout.record.together import count_groups, summary_of
from readout.sources.article import Article
from readout.web.access import Access, User

LISTS = {"stories": "story", "incidents": "incident", "ledgers": "ledger"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("linked") / "news.db"
    make_linked(found)
    return found


@pytest.fixture(scope="module")
def site(file: Path) -> Iterator[Client]:
    """A site for tests that change nothing."""
    with open_record(file, create=False) as record, served(record, Access(User("Mara Lind", "admin"))) as client:
        yield client


@pytest.fixture
def own(file: Path, tmp_path: Path) -> Iterator[Record]:
    """A record of its own for a test that changes it."""
    copy = tmp_path / "news.db"
    copy.write_bytes(file.read_bytes())
    with open_record(copy, create=False) as record:
        yield record


def listed(client: Client, plural: str, question: str = "") -> list[dict]:
    return json.loads(client.get(f"/{plural}.json?{question}").body)["items"]


def key_of(client: Client, plural: str) -> str:
    """The group of most reports."""
    return listed(client, plural)[0]["key"]


def plain(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def every(client: Client) -> list[str]:
    """The pages that are new here."""
    found = [f"/{plural}" for plural in LISTS] + [f"/{plural}?least=1&limit=2" for plural in LISTS]
    found += [f"/{plural}/{item['key']}" for plural in LISTS for item in listed(client, plural, "least=1")]
    incident, ledger, story = (key_of(client, plural) for plural in ("incidents", "ledgers", "stories"))
    found += [f"/incidents/{incident}?rule=median&as_of=2025-03-11", f"/ledgers/{ledger}?as_of=2025-03-11"]
    found += [
        f"/stories/{story}?compare=yes",
        "/decisions",
        "/",
        "/reports/m1",
        "/claims/events/1",
        "/claims/figures/1",
        "/actor?key=NOR",
    ]
    return found


def test_every_page_is_whole_html_without_script_or_style_and_its_links_lead_somewhere(site: Client) -> None:
    asked = set()
    for path in every(site):
        answer = site.get(path)
        assert answer.status == 200, path
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        tags = tags_of(answer.text)
        assert (tags.open, tags.wrong) == ([], []), path
        assert [tag for tag, _ in tags.found].count("h1") == 1, path
        ids = [attributes["id"] for _, attributes in tags.found if attributes.get("id")]
        assert len(ids) == len(set(ids)), path
        for tag, attributes in tags.found:
            assert not [name for name in attributes if name == "style" or name.startswith("on")], (path, tag)
            assert tag != "style"
            to = attributes.get("href") or ""
            if tag == "a" and to.startswith("#"):
                assert to[1:] in ids, (path, to)
            elif tag == "a":
                assert to.startswith("/"), (path, to)
                asked.add(to.partition("#")[0])
    assert len(asked) > 100
    for to in sorted(asked):
        assert site.ask("HEAD", to).status == 200, to


@pytest.mark.parametrize(("plural", "kind"), LISTS.items())
def test_a_list_and_its_files_have_the_same_groups(site: Client, plural: str, kind: str) -> None:
    page = site.get(f"/{plural}?least=1").text
    given = json.loads(site.get(f"/{plural}.json?least=1").body)
    keys = [item["key"] for item in given["items"]]
    assert len(keys) == given["total"] > 1
    assert re.findall(rf'href="/{plural}/([0-9a-f]{{16}})"', page) == keys
    assert [row["key"] for row in csv.DictReader(io.StringIO(site.get(f"/{plural}.csv?least=1").text))] == keys
    assert [json.loads(line)["key"] for line in site.get(f"/{plural}.jsonl?least=1").text.splitlines()] == keys
    table = pq.read_table(io.BytesIO(site.get(f"/{plural}.parquet?least=1").body)).to_pylist()
    assert [(row["key"], row["reports"]) for row in table] == [
        (item["key"], item["reports"]) for item in given["items"]
    ]
    assert site.get(f"/{plural}.csv?least=1&limit=1").text.count("\n") == 2
    # Without `least` those of several reports alone.
    assert {item["key"] for item in listed(site, plural)} == {i["key"] for i in given["items"] if i["reports"] > 1}


@pytest.mark.parametrize("plural", LISTS)
def test_pages_follow_one_another(site: Client, plural: str) -> None:
    seen, path = [], f"/{plural}.json?least=1&limit=1"
    while path:
        page = json.loads(site.get(path).body)
        assert site.get(path.replace(".json", "")).status == 200
        seen += [item["key"] for item in page["items"]]
        path = page["next_url"]
    assert seen == [item["key"] for item in listed(site, plural, "least=1")]


def test_incidents_are_narrowed_as_events_are_and_facets_count_what_their_links_find(site: Client) -> None:
    assert {item["title"].split()[0] for item in listed(site, "incidents", "least=1&q=type:COERCE")} == {"COERCE"}
    assert listed(site, "incidents", "q=type:ASSAULT+date:2025-03-10")[0]["reports"] == 4
    assert listed(site, "incidents", "q=type:ASSAULT+date:2025-04") == []
    for start in ("/incidents?least=1", "/stories?least=1", "/ledgers?least=1", "/incidents?least=1&by=country"):
        page = site.get(start).text
        links = re.findall(r'<li><a href="([^"]+)">[^<]+</a><span class="n">([\d,]+)</span>', page)
        assert links, start
        for found, number in links:
            asked = html.unescape(found).replace("?", ".json?", 1)
            assert json.loads(site.get(asked).body)["total"] == int(number), found


@pytest.mark.parametrize(
    ("kind", "of", "question"),
    [
        ("incident", "events", "type:ASSAULT"),
        ("incident", "events", "-type:ASSAULT"),
        ("incident", "events", "actor:Sorvik"),
        ("incident", "events", "date:2025-03-10..2025-03-11 country:DNK,NOR"),
        ("incident", "reports", "publisher:Kystradio"),
        ("story", "reports", '"fish market"'),
        ("ledger", "figures", "measure:killed -source:police"),
        ("ledger", "figures", "measure:killed place:Atlantis"),
    ],
)
def test_groups_are_the_same_whether_they_are_found_from_claims_or_looked_at_one_by_one(
    own: Record, monkeypatch: pytest.MonkeyPatch, kind: str, of: str, question: str
) -> None:
    asked = own.groups_asked(kind, parse_filters(question), of=of)
    field = {"events": "type", "reports": "publisher", "figures": "measure"}[of]
    found = []
    for few in (3_000, 0):
        monkeypatch.setattr(groups, "_FEW", few)
        monkeypatch.setattr(groups, "_FEW_FOR_ALL", few)
        summary = summary_of(own, asked, 1_000)
        keys = [row.key for row in own.groups(kind, question, of=of)]
        assert sorted(keys) == sorted(summary.keys or ())
        assert sum(summary.days.values()) == summary.total == len(keys)
        assert count_groups(own, asked, field, 9, summary.keys) == count_groups(own, asked, field, 9)
        found.append((keys, summary))
    assert found[0] == found[1]
    assert bool(found[0][0]) == ("Atlantis" not in question)


def test_a_story_says_what_each_report_added_with_copies_and_updates_under_their_origin(site: Client) -> None:
    page = site.get(f"/stories/{key_of(site, 'stories')}").text
    said = plain(page)
    assert "Bomb kills 12 in Osthavn market" in said
    assert "4 reports · 2 independent sources" in said
    assert "2025-03-10 to 2025-03-13" in said
    folded = page.partition('<details class="copies">')[2].partition("</details>")[0]
    assert "update: " in plain(folded)
    assert "/reports/m2" in folded
    assert "killed: raised from 12 to 17" in plain(folded)
    assert "told before" in plain(folded)
    assert page.index("/reports/m1") < page.index("/reports/m2") < page.index("/reports/m4")
    assert f"/incidents/{key_of(site, 'incidents')}" in page
    assert f"/ledgers/{key_of(site, 'ledgers')}" in page
    assert "by Nordpost" in said
    assert "It is one with" in said


def test_the_files_of_a_story_have_its_reports(site: Client) -> None:
    start = f"/stories/{key_of(site, 'stories')}"
    whole = json.loads(site.get(f"{start}.json").body)
    assert [row["report"] for row in whole["reports"]] == ["m1", "m2", "m3", "m4"]
    rows = list(csv.DictReader(io.StringIO(site.get(f"{start}.csv").text)))
    assert [row["report"] for row in rows] == ["m1", "m2", "m3", "m4"]
    assert (rows[1]["made_from"], rows[1]["made_how"], rows[0]["made_how"]) == ("m1", "update", "")
    assert len(site.get(f"{start}.jsonl").text.splitlines()) == 4
    assert pq.read_table(io.BytesIO(site.get(f"{start}.parquet").body)).num_rows == 4


def test_an_incident_shows_each_claim_with_its_words_its_report_and_why_it_is_in_it(site: Client) -> None:
    key = key_of(site, "incidents")
    page = site.get(f"/incidents/{key}").text
    said = plain(page)
    assert "4 reports · 2 independent sources" in said
    whole = json.loads(site.get(f"/incidents/{key}.json").body)
    assert whole["id"] == key
    for member in whole["claims"]:
        entry = plain(page.partition(f'id="c{member["event"]["id"]}"')[2].partition("</li>")[0])
        assert member["event"]["quote"] in re.sub(r" (?=[,.])", "", entry).replace(" <mark> ", "")
        assert f"{member['rule']}" in entry
        assert "; ".join(member["reasons"]) in entry
    assert "<mark>exploded</mark>" in page
    assert "12–18.5" in said
    assert said.count("differs") >= 1
    rows = list(csv.DictReader(io.StringIO(site.get(f"/incidents/{key}.csv").text)))
    assert [int(row["id"]) for row in rows] == [member["event"]["id"] for member in whole["claims"]]
    assert {row["report"] for row in rows} == {"m1", "m2", "m3", "m4"}


def test_an_incident_comes_to_a_value_by_a_rule_that_is_named(site: Client) -> None:
    start = f"/incidents/{key_of(site, 'incidents')}"

    def comes_to(question: str) -> str:
        return plain(site.get(f"{start}?{question}").text.partition("What it comes to")[2].partition("</section>")[0])

    assert "Rule most cited" in comes_to("")
    assert "Rests on killed 12 2 date 2025-03-10" in comes_to("rule=most_conservative")
    assert "killed 18.5 (17–20)" in comes_to("rule=most_recent")
    assert "Rule by source class (police)" in comes_to("prefer=police")
    assert "killed 17 " in comes_to("rule=by_source_class&prefer=police,government")
    given = json.loads(site.get(f"{start}.json?rule=most_recent").body)["aggregated"]
    assert (given["rule"], given["tolls"][0]["best"]) == ("most_recent", 18.5)
    for wrong, says in (
        ("rule=loudest", "there is no rule"),
        ("rule=by_source_class", "needs classes of sources"),
        ("prefer=astrologers", "no class of sources"),
    ):
        answer = site.get(f"{start}?{wrong}")
        assert answer.status == 400
        assert says in html.unescape(answer.text)


def test_a_ledger_has_steps_by_source_and_every_number_with_who_counted(site: Client) -> None:
    key = key_of(site, "ledgers")
    page = site.get(f"/ledgers/{key}").text
    said = plain(page)
    assert "raised from 12 to 17 by the police between 10 and 11 March 2025" in said
    chart = page.partition('<svg class="steps')[2].partition("</figure>")[0]
    assert {"step d0", "step d1"} <= set(re.findall(r'class="(step d\d)"', chart))
    assert chart.count('class="band"') == 1  # from 17 to 20
    assert chart.count('class="open"') == 1  # at least 15
    assert re.search(r"A\s+police .*B\s+health ministry", plain(chart))
    days = re.findall(
        r'<td class="day nobr">([^<]+)</td><td class="num">([^<]+)</td><td class="num"><b>([^<]+)</b></td><td class="num">([^<]+)',
        page,
    )
    assert days == [
        ("2025-03-13", "17", "18.5", "20"),
        ("2025-03-12", "15", "15", "open"),
        ("2025-03-11", "17", "17", "17"),
        ("2025-03-10", "12", "12", "12"),
    ]
    table = page.partition('<table class="claims"')[2].partition("</table>")[0]
    assert [html.unescape(found) for found in re.findall(r'href="/claims/figures/\d+">([^<]+)<', table)] == [
        "12", "17", "at least 15", "17–20",
    ]  # fmt: skip
    assert "<mark>between 17 and 20</mark>" in table
    rows = list(csv.DictReader(io.StringIO(site.get(f"/ledgers/{key}.csv").text)))
    assert [(row["best"], row["low"], row["high"], row["source"]) for row in rows] == [
        ("12", "12", "12", "police"),
        ("17", "17", "17", "police"),
        ("15", "15", "", "health ministry"),
        ("18.5", "17", "20", "health ministry"),
    ]
    assert f"/incidents/{key_of(site, 'incidents')}" in page


def test_one_of_them_is_shown_as_it_was_known(site: Client) -> None:
    ledger, incident, story = (key_of(site, plural) for plural in ("ledgers", "incidents", "stories"))
    page = plain(site.get(f"/ledgers/{ledger}?as_of=2025-03-10").text)
    assert "1 report ·" in page
    assert "12 killed, as known on 2025-03-10" in page
    assert "raised from" not in page
    rows = csv.DictReader(io.StringIO(site.get(f"/ledgers/{ledger}.csv?as_of=2025-03-11").text))
    assert [row["report"] for row in rows] == ["m1", "m2"]
    assert "1 report ·" in plain(site.get(f"/incidents/{incident}?as_of=2025-03-10").text)
    assert "3 reports ·" in plain(site.get(f"/stories/{story}?as_of=2025-03-12").text)
    for path in (f"/ledgers/{ledger}", f"/incidents/{incident}", f"/stories/{story}"):
        early = site.get(f"{path}?as_of=2025-03-09")
        assert early.status == 404
        assert "was known as of 2025-03-09" in early.text
        assert site.get(f"{path}?as_of=soon").status == 400


def test_reports_claims_and_actors_say_what_they_are_part_of(site: Client) -> None:
    ledger, incident, story = (key_of(site, plural) for plural in ("ledgers", "incidents", "stories"))
    whole = json.loads(site.get(f"/incidents/{incident}.json").body)
    event, figure = (
        whole["claims"][0]["event"]["id"],
        next(m["figures"][0]["id"] for m in whole["claims"] if m["figures"]),
    )
    for path, parts in (
        ("/reports/m1", {f"/stories/{story}", f"/incidents/{incident}", f"/ledgers/{ledger}"}),
        (f"/claims/events/{event}", {f"/stories/{story}", f"/incidents/{incident}"}),
        (f"/claims/figures/{figure}", {f"/stories/{story}", f"/ledgers/{ledger}"}),
        ("/", {f"/stories/{story}", f"/incidents/{incident}", f"/ledgers/{ledger}"}),
    ):
        assert parts <= set(re.findall(r'href="([^"#?]+)"', site.get(path).text)), path
    assert "Part of" not in site.get("/reports/f%2F1").text
    (sorvik,) = [row["key"] for row in json.loads(site.get("/actors.json?q=Sorvik").body)["items"]]
    page = plain(site.get(f"/actor?key={quote(sorvik)}").text)
    assert "Incidents in which it acts disapprove: Elin Sorvik" in page
    assert "Stories that name it Bomb kills 12" in page


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/incidents/0123456789abcdef", 404, "there is no incident"),
        ("/stories/nothing", 404, "there is no story"),
        ("/ledgers/0.csv", 404, "there is no ledger"),
        ("/incidents?q=type:NOPE", 400, "it is one of AGREE"),
        ("/incidents?order=size", 400, "are not ordered by"),
        ("/incidents?least=none", 400, "least is how many"),
        ("/incidents?cursor=abc", 400, "cursor"),
        ("/incidents?as_of=2025-03-10", 400, "as they were linked last"),
        ("/stories?q=type:AID", 400, "reports have no"),
        ("/incidents?by=colour", 200, "Incidents"),
    ],
)
def test_what_cannot_be_asked_is_said(site: Client, path: str, status: int, says: str) -> None:
    answer = site.get(path)
    assert answer.status == status
    assert says in html.unescape(answer.text)


def test_empty_lists_say_what_to_do(tmp_path: Path) -> None:
    access = Access(User("Mara Lind", "admin"))
    with make_record(tmp_path / "empty.db", []) as record, served(record, access) as client:
        for plural in LISTS:
            assert "readout add" in client.get(f"/{plural}").text
    with make_record(tmp_path / "new.db", ARTICLES[:1]) as record, served(record, access) as client:
        for plural in LISTS:
            assert "<code>readout link</code> finds" in client.get(f"/{plural}").text
        answer = client.get("/incidents/0123456789abcdef")
        assert answer.status == 404
        assert "1 report is not linked" in answer.text


def test_an_empty_answer_leads_on(site: Client) -> None:
    page = site.get("/incidents?q=type:COERCE").text
    assert "those of one report, too" in page
    assert "The record knows nothing named “Atlantis”" in plain(site.get("/incidents?q=place:Atlantis").text)


def test_a_claim_is_parted_from_its_incident_and_the_parting_is_undone(own: Record) -> None:
    with served(own, Access(User("Mara Lind", "correct"))) as client:
        key = key_of(client, "incidents")
        page = client.get(f"/incidents/{key}").text
        forms = re.findall(
            r'name="one" value="(events/\d+)"><input type="hidden" name="other" value="(events/\d+)"', page
        )
        last = json.loads(client.get(f"/incidents/{key}.json").body)["claims"][-1]
        one, other = next(pair for pair in forms if pair[0] == f"events/{last['event']['id']}")
        sent = {"kind": "incident", "one": one, "other": other, "word": "apart", "reason": "another <b>blast</b>"}
        made = client.send("/decisions", sent)
        assert made.status == 303
        assert re.fullmatch(r"/incidents/[0-9a-f]{16}\?done=1", made.headers["location"])
        parted = client.get(made.headers["location"]).text
        assert key not in made.headers["location"]
        assert "Decision 1 was made" in parted
        assert "another &lt;b&gt;blast&lt;/b&gt;" in parted
        assert client.get("/incidents").text.count('href="/incidents/') >= 1
        assert [(item.by, item.together, item.why) for item in decisions(own)] == [
            ("Mara Lind", False, "another <b>blast</b>")
        ]
        undone = client.send("/decisions/1/undo", {"back": "page"})
        assert undone.headers["location"] == f"/incidents/{key}?done=1"
        assert len(json.loads(client.get(f"/incidents/{key}.json").body)["claims"]) == len(forms)
        assert client.send("/decisions/1/undo", {}).status == 409
        log = client.get("/decisions").text
        assert "undone by Mara Lind" in log
        assert json.loads(client.get("/decisions.json").body)["items"][0]["undone_by"] == "Mara Lind"


def test_incidents_and_stories_are_put_together_by_an_id(own: Record) -> None:
    with served(own, Access(User("Mara Lind", "correct"))) as client:
        arrest = next(item["key"] for item in listed(client, "incidents", "least=1&q=type:COERCE"))
        blast = json.loads(client.get(f"/incidents/{key_of(client, 'incidents')}.json").body)
        event = f"events/{blast['claims'][0]['event']['id']}"
        sent = {"kind": "incident", "one": event, "other": arrest, "word": "together"}
        made = client.send("/decisions", sent)
        assert made.headers["location"] == f"/incidents/{blast['id']}?done=1"
        assert "decided by Mara Lind" in client.get(made.headers["location"]).text
        fish = next(item["key"] for item in listed(client, "stories", "least=1") if item["reports"] == 1)
        story = key_of(client, "stories")
        made = client.send("/decisions", {"kind": "story", "one": "m1", "other": fish, "word": "together"})
        assert made.headers["location"] == f"/stories/{story}?done=2"
        assert "5 reports ·" in plain(client.get(made.headers["location"]).text)


def test_a_report_is_said_to_be_no_copy(own: Record) -> None:
    with served(own, Access(User("Mara Lind", "correct"))) as client:
        start = f"/stories/{key_of(client, 'stories')}"
        assert 'name="kind" value="copy"><input type="hidden" name="one" value="m2">' in client.get(start).text
        made = client.send("/decisions", {"kind": "copy", "one": "m2", "other": "m1", "word": "apart"})
        assert made.headers["location"].startswith("/stories/")
        rows = csv.DictReader(io.StringIO(client.get(start + ".csv").text))
        assert {row["made_from"] for row in rows} == {""}


def test_what_cannot_be_decided_is_refused(own: Record) -> None:
    with served(own, Access(User("Mara Lind", "correct"))) as client:
        for sent, says in (
            ({"kind": "incident", "one": "events/1", "other": "events/2", "word": "burn"}, "together or apart"),
            ({"kind": "incident", "one": "events/1", "other": "", "word": "apart"}, "say with what"),
            ({"kind": "incident", "one": "events/1", "other": "events/1", "word": "apart"}, "are the same"),
            ({"kind": "incident", "one": "events/1", "other": "events/9999", "word": "apart"}, "there is no"),
            ({"kind": "ledger", "one": "m1", "other": "m2", "word": "apart"}, "nothing is decided on"),
            ({}, "together or apart"),
        ):
            answer = client.send("/decisions", sent)
            assert answer.status == 400, sent
            assert says in html.unescape(answer.text)
        assert client.send("/decisions/x/undo", {}).status == 400
        assert client.send("/decisions/9/undo", {}).status == 400
    assert list(decisions(own)) == []


def test_who_may_only_read_decides_nothing_and_sees_no_form(own: Record) -> None:
    sent = {"kind": "incident", "one": "events/1", "other": "events/5", "word": "apart"}
    with served(own, Access(User("Ole", "read"))) as client:
        for plural in ("incidents", "stories"):
            page = client.get(f"/{plural}/{key_of(client, plural)}").text
            assert 'action="/decisions"' not in page
        assert client.send("/decisions", sent).status == 403
        assert client.send("/decisions/1/undo", {}).status == 403
    with served(own, Access(User("Mara", "correct"))) as client:
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": None},
            {"Sec_Fetch_Site": "cross-site"},
        ):
            assert client.send("/decisions", sent, **headers).status == 403
            assert client.send("/decisions/1/undo", {}, **headers).status == 403
    assert list(decisions(own)) == []


def test_what_strangers_wrote_is_text_on_every_page(tmp_path: Path) -> None:
    told = "The Vardal Front bombed the harbour of Osthavn on Monday, killing {} people, said Ole {} Brandt.\n{}"
    articles = [
        Article(told.format(n + 3, bad, bad), id=f"{n}{bad}", title=bad, publisher=bad, published=f"2025-03-1{n}")
        for n, bad in enumerate(HOSTILE)
    ]
    with make_record(tmp_path / "news.db", articles) as record:
        link(record, full=True)
        with served(record, Access(User('<b>"Mara"</b>', "admin"))) as client:
            decide(record, "incident", "events/1", "events/2", together=True, by=HOSTILE[0], why=HOSTILE[1])
            paths = [f"/{plural}/{item['key']}" for plural in LISTS for item in listed(client, plural, "least=1")]
            assert {path.split("/")[1] for path in paths} == set(LISTS)
            for path in (*paths, *(f"/{plural}?least=1" for plural in LISTS), "/decisions", "/"):
                answer = client.get(path)
                assert answer.status == 200, path
                tags = tags_of(answer.text)
                assert (tags.open, tags.wrong) == ([], []), path
                assert not [tag for tag, _ in tags.found if tag in ("img", "iframe", "style")], path
                for tag, attributes in tags.found:
                    assert not [name for name in attributes if name.startswith("on")], (path, tag)
                    assert tag != "script" or (attributes["src"] or "").startswith("/static/page.js"), path
                assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u0007]", answer.text), path


def test_what_is_not_linked_yet_is_said(own: Record) -> None:
    with served(own, Access(User("Mara", "correct"))) as client:
        client.send("/corrections", {"claim": "events/1", "action": "reject", "seen": "0"})
        assert "1 report is not linked yet" in client.get("/incidents").text
