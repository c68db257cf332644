"""docs/configuration.md says what the code does."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from readout.cli import GROUPS, VERBS, app
from readout.cli.parts import EXITS
from readout.settings import SETTINGS, load

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "configuration.md").read_text(encoding="utf-8")


def settings_table() -> str:
    rows = [f"| `{s.name}` | {s.kind.name} | {s.default} | `{s.env}` | {s.about} |" for s in SETTINGS]
    return "\n".join(["| name | value | default | environment | what it is |", "|---|---|---|---|---|", *rows])


def exits_table() -> str:
    return "\n".join(["| status | |", "|---|---|", *(f"| {status} | {said} |" for status, said in EXITS.items())])


@pytest.mark.parametrize(("name", "table"), [("settings", settings_table()), ("exits", exits_table())])
def test_a_table_is_that_of_the_code(name: str, table: str) -> None:
    found = re.search(rf"<!-- {name}: [^\n]*-->\n(.*?)<!-- end of {name} -->", PAGE, re.DOTALL)
    assert found is not None
    assert found[1].strip() == table, f"put this into docs/configuration.md:\n{table}"


def test_the_example_of_a_file_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "readout.toml").write_text(example)
    found = load(directory=tmp_path, environ={"HOME": str(tmp_path)})
    assert found.workers == tomllib.loads(example)["workers"]
    assert found.record == os.path.join(tmp_path, "news.db")  # noqa: PTH118 - a record is text
    assert found.actors == (tmp_path / "people.jsonl", tmp_path / "mine.yaml")


def test_every_verb_is_registered_and_has_help() -> None:
    names = [name for name, _ in VERBS] + [name for name, _ in GROUPS]
    assert len(names) == len(set(names))
    for name in names:
        done = CliRunner().invoke(app, [name, "--help"])
        assert done.exit_code == 0, name
        assert len(done.output.splitlines()[2].strip()) > 20, f"{name} does not say what it does"


def test_options_that_are_settings_say_so() -> None:
    names = {setting.name for setting in SETTINGS}
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    found = set()
    for name, command in commands.items():
        for parameter in command.params:
            if parameter.name in names:
                found.add(parameter.name)
                assert f"[setting: {parameter.name}]" in parameter.help, f"{name} {parameter.name}"
                assert not parameter.envvar, "the settings read the environment"
    assert found >= {"actors", "gazetteer", "keep_text"}
