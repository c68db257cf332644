"""What is new and what became of plans, as a user asks for it."""

from __future__ import annotations

import json

import forked
import pytest

BOATS = "The harbour office of Osthavn sent all herring boats of the northern quay out to sea while firemen searched the ruins of the hall."
GUARDS = "Guards at the gate had seen two men with a handcart who walked away towards the tram depot before the blast."
BLAST = "A bomb exploded in the fish market of Osthavn on Monday morning, killing {} people and wrecking the customs house, police said."
MAYOR = 'Mayor Tove Brandt told the council in the evening: "We will open the market again within a week, whatever the bombers want."'
VISIT = "Norwegian Foreign Minister Elin Sorvik will fly to Cairo on Thursday for talks with Egypt."
CAME = "Norwegian Foreign Minister Elin Sorvik arrived in Cairo on Thursday for talks with Egypt."
NEWS = [
    ("a", "2025-03-10", "Bomb in Osthavn", [BLAST.format(12), BOATS, GUARDS]),
    ("b", "2025-03-11", "Bomb in Osthavn (updated)", [BLAST.format(17), BOATS, MAYOR]),
    ("c", "2025-03-11", "Sorvik to Cairo", [VISIT]),
    ("d", "2025-03-14", "Sorvik in Cairo", [CAME]),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("novelty")
    lines = [
        json.dumps({"id": id_, "published": day, "publisher": "Nordpost", "title": title, "text": " ".join(text)})
        for id_, day, title, text in NEWS
    ]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(folder, "add", "news.jsonl").returncode == 0
    return folder


def run(folder, *arguments):
    return forked.text(forked.readout(*arguments, cwd=folder))


def test_what_an_update_adds(folder):
    done = run(folder, "new", "2")
    assert done.returncode == 0, done.stderr
    assert "update of reports/1, Bomb in Osthavn" in done.stdout
    _, _, rest = done.stdout.partition("What it adds")
    adds, _, rest = rest.partition("Told before")
    assert "killed: raised from 12 to 17 since report 1 of 10 March 2025" in adds
    assert "said by Tove Brandt" in adds
    told, _, dropped = rest.partition("Dropped from the version before")
    assert "The harbour office" in told
    assert "Guards at the gate" in dropped


def test_what_a_report_adds_as_json(folder):
    found = json.loads(run(folder, "new", "reports/2", "--json").stdout)
    assert (found["report"], found["before"]) == (2, 1)
    assert {item["kind"] for item in found["items"] if item["mark"] == "changed"} >= {"event", "figure"}


def test_the_reports_since_a_day(folder):
    done = run(folder, "new", "--since", "2025-03-11", "--as-of", "2025-03-12")
    assert done.returncode == 0, done.stderr
    assert "reports/2" in done.stdout
    assert "Sorvik to Cairo" in done.stdout
    assert "reports/1" not in done.stdout
    assert "Sorvik in Cairo" not in done.stdout


def test_plans(folder):
    done = run(folder, "plans", "--state", "confirmed", "--as-of", "2025-03-20")
    assert done.returncode == 0, done.stderr
    assert "reported as happened on 14 March 2025" in done.stdout
    assert "→ 2025-03-14  Nordpost" in done.stdout
    plans = [json.loads(line) for line in run(folder, "plans", "--as-of", "2025-03-12", "--json").stdout.splitlines()]
    assert "pending" in {plan["state"] for plan in plans}
    assert "confirmed" not in {plan["state"] for plan in plans}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new"], "name one report"),
        (["new", "99"], "no report 99"),
        (["new", "3", "--as-of", "2025-03-10"], "was not known"),
        (["new", "--since", "yesterday"], "is no day"),
        (["plans", "--state", "lost"], "no plan is lost"),
    ],
)
def test_bad_usage(folder, arguments, said):
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
