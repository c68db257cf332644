"""Correcting on pages and through the API: there and back again."""

from __future__ import annotations

import json
import re

from small_site import Client

from readout.record import Record


def test_a_correction_is_made_shown_and_undone(client: Client, record: Record) -> None:
    before = json.loads(client.get("/events.json").body)
    made = client.send(
        "/corrections",
        {"claim": "events/1", "action": "reject", "reason": "another town", "seen": "0", "back": "report"},
    )
    assert made.status == 303
    assert re.fullmatch(r"/reports/a1\?done=1#e1", made.headers["location"])
    page = client.get(made.headers["location"].partition("#")[0]).text
    assert "Correction 1 was made" in page
    assert "Rejected by people" in page
    assert json.loads(client.get("/events.json").body)["total"] == before["total"] - 1
    assert "another town" in client.get("/corrections").text
    undone = client.send("/corrections/1/undo", {"back": "report"})
    assert undone.headers["location"] == "/reports/a1?done=2#e1"
    assert json.loads(client.get("/events.json").body) == before
    log = json.loads(client.get("/corrections.json").body)["items"]
    assert [(item["action"], item["by"], item["undone_by"]) for item in log] == [
        ("reject", "Mara Lind", 2),
        ("undo", "Mara Lind", None),
    ]
    assert client.get("/corrections.csv").text.count("\n") == 3


def form_of(page: str) -> dict[str, str]:
    """The values of the form for editing, as a browser would send them."""
    form = page.partition('class="edit"')[2].partition("</form>")[0]
    found = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen is not None, name
        found[name] = chosen[1]
    return found


def test_a_form_that_is_sent_as_it_came_says_so_already(client: Client, record: Record) -> None:
    for kind in ("events", "statements", "figures"):
        form = form_of(client.get(f"/claims/{kind}/1").text)
        assert {name.removeprefix("set.") for name in form if name.startswith("set.")} == {
            name.removeprefix("was.") for name in form if name.startswith("was.")
        }
        answer = client.send("/corrections", {**form, "action": "edit"})
        assert answer.status == 400
        assert "needs a value" in answer.text
    assert record.last_correction() == 0


def test_values_are_edited_one_by_one(client: Client, record: Record) -> None:
    form = form_of(client.get("/claims/events/1").text)
    answer = client.send(
        "/corrections", {**form, "set.status": "denied", "set.actors": "Norway", "action": "edit", "back": "claim"}
    )
    assert answer.status == 303
    place = answer.headers["location"]
    page = client.get(place).text
    assert 'value="denied" selected' in page
    (made,) = [item.correction for item in record.corrections()]
    assert set(made.made[0].set) == {"status", "actors"}
    assert client.get("/claims/events/1").status == 200
    assert "does not answer any more" in client.get("/claims/events/1").text
    assert client.send("/corrections/1/undo", {"back": "claim"}).headers["location"] == "/claims/events/1?done=2"


def test_who_comes_late_is_told(client: Client, record: Record) -> None:
    form = {"claim": "events/1", "action": "confirm", "seen": "0"}
    assert client.send("/corrections", form).status == 303
    late = client.send("/corrections", form)
    assert late.status == 409
    assert "Somebody was faster" in late.text
    assert client.send("/corrections/1/undo", {}).status == 303
    assert client.send("/corrections/1/undo", {}).status == 409


def test_what_cannot_be_is_refused_and_says_what_may(client: Client, record: Record) -> None:
    for form, says in (
        ({"claim": "events/1", "action": "burn"}, "there are confirm, reject and edit"),
        ({"claim": "events/x", "action": "confirm"}, "names no claim"),
        ({"claim": "events/99999", "action": "confirm"}, "no events/99999"),
        ({"claim": "events/1", "action": "edit", "set.status": "maybe"}, "one of occurred"),
        ({"claim": "events/1", "action": "edit", "set.actors": "Nobody Whatever"}, "Nobody Whatever"),
        ({"claim": "events/1", "action": "confirm", "seen": "soon"}, "number of a correction"),
        ({}, "names no claim"),
    ):
        answer = client.send("/corrections", form)
        assert answer.status == 400, form
        assert says in answer.text
    assert client.send("/corrections/x/undo", {}).status == 400
    assert client.send("/corrections", {"claim": "events/1"}, Content_Type="text/plain").status == 400
    assert record.last_correction() == 0


def test_the_api_corrects_too(client: Client, record: Record) -> None:
    def post(path: str, value: object, kind: str = "application/json") -> tuple[int, dict]:
        answer = client.ask("POST", path, json.dumps(value).encode(), Origin=client.origin, Content_Type=kind)
        return answer.status, json.loads(answer.body)

    status, made = post(
        "/api/corrections", {"claim": "events/1", "action": "edit", "set": {"actors": ["Norway"]}, "why": "as it says"}
    )
    assert (status, made["corrections"][0]["by"]) == (201, "Mara Lind")
    assert post("/api/corrections/1/undo", {})[0] == 201
    for value, kind in (
        ([], "application/json"),
        ({}, "application/json"),
        ({"claim": "events/1", "action": "edit", "set": 3}, "application/json"),
        ({"claim": "events/1", "action": "confirm"}, "text/plain"),
        ({"claim": "events/1", "action": "confirm", "seen": True}, "application/json"),
    ):
        status, said = post("/api/corrections", value, kind)
        assert status == 400
        assert set(said["error"]) == {"code", "message", "hint"}
    assert record.last_correction() == 2
