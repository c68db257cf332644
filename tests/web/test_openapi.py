"""What the API answers is what its description says, whatever it is asked: schemathesis makes up the questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from linked_site import ARTICLES
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from small_site import Client, make_record, served
from test_negotiations import TALKS

import readout
from readout.sources.article import Article
from readout.web import failing
from readout.web.access import Access, User

#: Whether a made-up query can be asked is not for a schema to say, so that an answer of 400 is as good as one of 200.
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12  # of each operation, of questions that fit the description and of such that do not


GROUPS = ("stories", "incidents", "ledgers", "negotiations")


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A site of an attack that several reports tell of, and of talks."""
    talks = [
        Article(text, id=f"r{n}", title=f"Report {n}", published=day, publisher=publisher)
        for n, (day, publisher, text) in enumerate(TALKS)
    ]
    with make_record(tmp_path_factory.mktemp("described") / "news.db", [*ARTICLES, *talks]) as record:
        readout.link(record)
        with served(record, Access(User("Mara Lind", "admin"))) as client:
            yield client


def test_every_answer_is_as_described(client: Client) -> None:
    described = schemathesis.openapi.from_url(f"{client.origin}/api/openapi.json")
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()
        for mode in schemathesis.GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            )
            def ask(case: schemathesis.Case) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(base_url=client.origin, headers={"Origin": client.origin}, checks=CHECKS)

            with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
                ask()
    assert asked > 20 * EXAMPLES


@pytest.mark.parametrize("plural", GROUPS)
def test_groups_are_listed_in_pages_and_each_is_as_described_and_as_its_page_has_it(
    linked: Client, plural: str
) -> None:
    described = schemathesis.openapi.from_url(f"{linked.origin}/api/openapi.json")
    one = described[f"/api/{plural}/{{key}}"]["GET"]
    listed = described[f"/api/{plural}"]["GET"]
    whole = json.loads(linked.get(f"/api/{plural}?least=1&total=yes").body)
    assert len(whole["items"]) == whole["total"] > 1
    assert whole["items"] == json.loads(linked.get(f"/{plural}.json?least=1").body)["items"]
    assert json.loads(linked.get(f"/api/{plural}?least=1").body)["total"] is None
    path, seen = f"/api/{plural}?least=1&limit=1", []
    while path:
        page = json.loads(linked.get(path).body)
        seen += page["items"]
        path = page["next_url"]
        assert path is None or path.startswith(f"/api/{plural}?")
    assert seen == whole["items"]
    listed.Case(query={"least": 1, "limit": 1}).call_and_validate(base_url=linked.origin, checks=CHECKS)
    for item in whole["items"]:
        answer = one.Case(path_parameters={"key": item["key"]}).call_and_validate(base_url=linked.origin, checks=CHECKS)
        assert answer.status_code == 200
        found = json.loads(linked.get(f"/{plural}/{item['key']}.json").body)
        assert answer.json() == found
        assert (found["id"], found["as_of"]) == (item["key"], None)
    then = one.Case(path_parameters={"key": whole["items"][0]["key"]}, query={"as_of": "2025-03-11"})
    assert then.call_and_validate(base_url=linked.origin, checks=CHECKS).json()["as_of"] == "2025-03-11"


@pytest.mark.parametrize("plural", GROUPS)
@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [("/nothing", 404, "not_found"), ("?order=size", 400, "bad_request"), ("?least=0", 400, "bad_request"),
     ("?cursor=x", 400, "bad_request"), ("?as_of=2025-03-11", 400, "bad_request"), ("?q=type:NOPE", 400, "bad_request"),
     ("?limit=501", 400, "bad_request")],
)  # fmt: skip
def test_what_cannot_be_asked_of_groups_is_said_in_the_one_shape(
    linked: Client, plural: str, asked: str, status: int, code: str
) -> None:
    answer = linked.get(f"/api/{plural}{asked}")
    assert answer.status == status
    error = json.loads(answer.body)["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == code


def test_groups_are_chosen_by_what_is_in_them(linked: Client) -> None:
    def keys(path: str) -> list[str]:
        return [item["key"] for item in json.loads(linked.get(path).body)["items"]]

    assert (
        keys("/api/incidents?q=type:ASSAULT") == keys("/api/incidents?type=ASSAULT") != keys("/api/incidents?least=1")
    )
    assert keys("/api/ledgers?measure=killed")
    assert not keys("/api/ledgers?measure=displaced&least=1")
    assert keys("/api/negotiations?q=publisher:Kystradio")
    assert keys("/api/stories?publisher=Kystradio")
    assert {f"/api/{plural}" for plural in GROUPS} <= set(json.loads(linked.get("/api").body)["lists"])


def test_the_next_page_of_a_list_is_where_it_says(linked: Client) -> None:
    page = json.loads(linked.get("/api/events?limit=2&q=type:ASSAULT").body)
    assert page["next_url"].startswith("/api/events?")
    after = json.loads(linked.get(page["next_url"]).body)
    assert after["items"]
    assert not {item["id"] for item in page["items"]} & {item["id"] for item in after["items"]}


def test_every_code_of_an_error_is_among_those_that_are_told() -> None:
    folder = Path(failing.__file__).parent
    said = {
        (code, int(status))
        for path in folder.glob("*.py")
        for status, code in re.findall(r'failure\(\s*request,\s*(\d{3}),\s*"(\w+)"', path.read_text(encoding="utf-8"))
    } | {(code, status) for status, code in failing._CODES.items()}
    assert said <= {(code, status) for code, (status, _) in failing.ERRORS.items()}
    assert set(failing.ERRORS) == {code for code, _ in said} | {"failed"}
