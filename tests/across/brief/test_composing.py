"""What a brief says, and that it says it in the words of the reports."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from readout.across.brief import Beside, Brief, compose
from readout.across.whole import Across
from readout.exports.brief import to_markdown

SINCE, UNTIL = "2025-05-05", "2025-05-09"
SECTIONS = ("disputes", "tolls", "said", "talks", "ahead", "came", "open", "corrections")


@pytest.fixture(scope="module")
def brief(across):
    return compose(across, SINCE, UNTIL, beside=Beside(problems=("a.txt: empty",), withdrawn=("Army kills 40",)))


def lines_of(brief: Brief):
    return [line for development in brief.developments for line in development.lines] + [
        line for name in SECTIONS for line in getattr(brief, name)
    ]


def words_of(lines) -> str:
    return "\n".join(line.words for line in lines)


def test_every_line_is_verbatim_at_its_span(across, brief):
    assert len(lines_of(brief)) > 8
    for line in lines_of(brief):
        report = across.reports[line.report]
        assert line.report_id == report.report_id
        assert line.span is not None
        assert line.words == " ".join(report.text[line.span[0] : line.span[1]].split())
    for line in brief.short:
        assert line.words in (across.reports[line.report].title or "")


def test_every_line_leads_to_reports_and_claims_of_them(across, brief):
    cited = {item.report_id for item in brief.cited}
    known = {f"events/{event.id}" for report in across.reports.values() for event in report.events}
    known |= {f"statements/{said.id}" for report in across.reports.values() for said in report.statements}
    for line in lines_of(brief):
        assert line.reports[0] == line.report_id
        assert set(line.reports) <= cited
        assert set(line.claims) <= known
        assert 1 <= line.sources <= len(line.reports)


def test_what_weighs_most_is_first_and_trifles_are_left_out(brief):
    titles = [development.title for development in brief.developments]
    weights = [development.weight for development in brief.developments]
    assert weights == sorted(weights, reverse=True)
    assert "bomb" in titles[0]
    assert "Lindgren sworn in as president of Sundmark" in titles
    text = words_of(lines_of(brief))
    assert not any(word in text for word in ("shares", "football", "road crash", "test file", "also said"))


def test_of_two_that_tell_the_same_the_later_stands(brief):
    text = words_of(line for development in brief.developments for line in development.lines)
    assert "At least 14 people were killed" in text
    assert "killing 12 people" not in text


def test_tolls_have_their_spread_and_who_counted(brief):
    (toll,) = [line for line in brief.tolls if "fish market" in line.words]
    assert toll.head == "killed: 12 to 14 or more"
    assert "12 by police" in toll.labels
    assert "14 or more by health ministry" in toll.labels
    assert (len(toll.reports), toll.sources) == (2, 2)


def test_a_denial_is_told_as_one(brief):
    assert [line.labels[0].split(" by ")[0] for line in brief.disputes if "Red Dawn Front denied" in line.words] == [
        "denied"
    ]


def test_a_quotation_has_its_speaker_and_role(brief):
    (quote,) = brief.said
    assert quote.words == "Vestrand will never bow to the men who planted bombs"
    assert quote.head == "Nils Berg, Interior Minister"


def test_negotiations_stand_as_their_last_report_says(brief):
    (line,) = [line for line in brief.talks if "Norvik" in line.words]
    assert line.head.endswith("stalled")
    assert line.day == "2025-05-07"


def test_what_is_planned_comes_with_its_day(brief):
    (line,) = brief.ahead
    assert line.head == "2025-05-12 to 2025-05-18"
    assert line.words.startswith("Egyptian Foreign Minister")


def test_gaps_are_named(brief):
    gaps = {gap.words: gap.names for gap in brief.gaps}
    assert gaps["1 day without a report"] == ("2025-05-09",)
    assert gaps["1 report withdrawn by the publisher"] == ("Army kills 40",)
    assert gaps["1 input not read, or only in part"] == ("a.txt: empty",)


def test_less_is_named_and_not_lost(across):
    short = compose(across, SINCE, UNTIL, length=1)
    assert len(short.developments) == 1
    (left,) = [gap for gap in short.gaps if "less weight" in gap.words]
    assert "Lindgren sworn in as president of Sundmark" in left.names


def test_what_went_before_is_not_new(brief):
    assert {d.title: d.new for d in brief.developments}["Lindgren sworn in as president of Sundmark"]


def test_only_what_it_is_about(across):
    only = frozenset(report.id for report in across.reports.values() if "Sundmark" in (report.title or ""))
    brief = compose(across, SINCE, UNTIL, only=only, about="Sundmark")
    assert brief.head.reports == 1
    assert [development.title for development in brief.developments] == ["Lindgren sworn in as president of Sundmark"]


def test_the_example_of_the_documentation(example):
    page = (Path(__file__).resolve().parents[3] / "docs" / "brief.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```markdown\n(.*?)```", page, re.DOTALL)
    made = to_markdown(compose(example, SINCE, UNTIL))
    assert shown == made[: made.index("\n## Reports")], f"put this into docs/brief.md:\n{made}"


def test_an_empty_period(across):
    brief = compose(across, "2030-01-01", "2030-01-02")
    assert brief.head.reports == 0
    assert lines_of(brief) == []
    assert [gap.words for gap in brief.gaps] == ["2 days without a report"]


def test_nothing_at_all():
    assert compose(Across(()), SINCE, SINCE).developments == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_reports_does_not_matter(reports, brief, seed):
    mixed = list(reports)
    random.Random(seed).shuffle(mixed)
    again = compose(Across(mixed), SINCE, UNTIL)
    assert replace(again, gaps=brief.gaps) == brief


def test_plans_and_talks_can_come_from_elsewhere(across):
    brief = compose(across, SINCE, UNTIL, find_plans=lambda ground: [], find_talks=lambda ground, plans: [])
    assert (brief.ahead, brief.talks) == ((), ())
