"""Errors form one tree, so that one `except` catches all that Readout raises on purpose."""

from __future__ import annotations

import datetime as dt
import inspect

import pytest

from readout import errors, reading
from readout.knowledge import load
from readout.types import Report

ALL = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__]


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.__name__)
def test_one_tree(cls: type[Exception]) -> None:
    assert issubclass(cls, errors.ReadoutError)
    assert cls.__doc__
    assert str(cls("the file is empty")) == "the file is empty"


def test_sources_have_their_branch() -> None:
    below = {cls for cls in ALL if issubclass(cls, errors.SourceError)}
    assert below == {errors.SourceError, errors.EmptyArticle, errors.NotText, errors.TooLarge, errors.UnknownLanguage}


def test_the_tree_in_the_documentation_is_whole() -> None:
    assert all(cls.__name__ in (errors.__doc__ or "") for cls in ALL)


@pytest.mark.parametrize("day", ["yesterday", "2024-13-01", "2024-02-30", "16/09/2024"])
def test_a_date_that_is_none_is_a_usage_error(day: str) -> None:
    with pytest.raises(errors.UsageError, match="not a date"):
        reading.read("The army left.", published=day)


@pytest.mark.parametrize("day", ["2024-09-16", "2024-09-16T23:30:00+02:00", dt.date(2024, 9, 16)])
def test_dates_that_are_taken(day: str | dt.date) -> None:
    report = reading.read("The army left.", published=day)
    assert (report.published or "")[:10] == "2024-09-16"
    assert report.published_from == "argument"


def test_what_is_no_knowledge_and_no_report() -> None:
    with pytest.raises(errors.KnowledgeError, match="no knowledge file"):
        load("nothing/here.yaml")
    with pytest.raises(errors.ReportError):
        Report.from_json({"schema": "readout/0"})
