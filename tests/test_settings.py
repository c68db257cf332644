"""Settings: the order of the places, what each kind takes, and what is said of what cannot be."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.errors import UsageError
from readout.settings import SETTINGS, Settings, config_paths, load
from readout.settings.secrets import masked

BESIDE = {"READOUT_TEST_DATABASE": "not one of ours", "PATH": "/bin", "_READOUT_COMPLETE": "bash_source"}


class Place:
    """A working directory and a home of its own."""

    def __init__(self, root: Path) -> None:
        self.work, self.home = root / "work", root / "home"
        self.work.mkdir()
        self.near, self.far = self.work / "readout.toml", self.home / ".config" / "readout" / "config.toml"
        self.far.parent.mkdir(parents=True)

    def load(self, env: dict[str, str] | None = None, **flags: object) -> Settings:
        environ = {"HOME": str(self.home), **BESIDE, **(env or {})}
        return load(flags, directory=self.work, environ=environ)

    def refused(self, env: dict[str, str] | None = None, **flags: object) -> str:
        """The one line that is said."""
        with pytest.raises(UsageError) as caught:
            self.load(env, **flags)
        assert "\n" not in str(caught.value)
        return str(caught.value)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_without_anything_the_defaults_hold(place: Place) -> None:
    found = place.load()
    assert (found.record, found.actors, found.gazetteer, found.workers) == ("readout.db", (), None, 1)
    assert (found.keep_text, found.log_format, found.log_level) == (False, "text", "info")
    assert (found.allow_private, found.allow, found.batch, found.busy_timeout) == (False, (), 32, 30.0)
    assert found.user
    assert {str(found.origin(setting.name)) for setting in SETTINGS} == {"default"}


def test_the_nearest_place_wins_and_is_named(place: Place) -> None:
    names: list[tuple[int, str]] = [(place.load().workers, str(place.load().origin("workers")))]
    place.far.write_text("# mine\nbatch = 5\nworkers = 2\n")
    names.append((place.load().workers, str(place.load().origin("workers"))))
    place.near.write_text("workers = 3\n")
    names.append((place.load().workers, str(place.load().origin("workers"))))
    env = {"READOUT_WORKERS": "4"}
    names.append((place.load(env).workers, str(place.load(env).origin("workers"))))
    names.append((place.load(env, workers=5).workers, str(place.load(env, workers=5).origin("workers"))))
    assert names == [
        (1, "default"),
        (2, f"{place.far} line 3"),
        (3, f"{place.near} line 1"),
        (4, "READOUT_WORKERS"),
        (5, "--workers"),
    ]
    assert place.load(env).batch == 5, "a nearer file says nothing of the other keys"


def test_a_flag_that_was_not_given_and_an_empty_variable_are_nothing(place: Place) -> None:
    place.near.write_text("workers = 3\n")
    assert place.load({"READOUT_WORKERS": ""}, workers=None).workers == 3


def test_false_in_the_environment_is_a_value(place: Place) -> None:
    place.near.write_text("keep_text = true\n")
    assert place.load().keep_text
    assert not place.load({"READOUT_KEEP_TEXT": "no"}).keep_text
    assert not place.load(keep_text=False).keep_text


def test_lists_replace_each_other(place: Place) -> None:
    place.far.write_text('allow = ["a.example"]')
    place.near.write_text('allow = ["b.example"]')
    assert place.load().allow == ("b.example",)


@pytest.mark.parametrize(
    ("toml", "name", "value"),
    [
        ('record = "sub/my.db"', "record", "WORK/sub/my.db"),
        ('record = "/var/my.db"', "record", "/var/my.db"),
        ('record = "~/my.db"', "record", f"{Path.home()}/my.db"),
        ('record = "sqlite:///my.db"', "record", "sqlite:///WORK/my.db"),
        ('record = "sqlite+pysqlite:///my.db?timeout=5"', "record", "sqlite+pysqlite:///WORK/my.db?timeout=5"),
        ('record = "sqlite:////var/my.db"', "record", "sqlite:////var/my.db"),
        ('record = "sqlite:///:memory:"', "record", "sqlite:///:memory:"),
        ('record = "sqlite://"', "record", "sqlite://"),
        ('record = "postgresql://u:p@h/db"', "record", "postgresql://u:p@h/db"),
        ('actors = ["a.jsonl", "/b.yaml", "../c"]', "actors", (Path("WORK/a.jsonl"), Path("/b.yaml"), Path("WORK/../c"))),
        ("actors = []", "actors", ()),
        ('gazetteer = "NO.gaz"', "gazetteer", Path("WORK/NO.gaz")),
        ('"workers" = 8', "workers", 8),
        ("workers = 0x10", "workers", 16),
        ("keep_text = true", "keep_text", True),
        ('log_format = "json"', "log_format", "json"),
        ('log_level = "debug"', "log_level", "debug"),
        ("allow_private = true", "allow_private", True),
        ('allow = ["10.0.0.0/8", "fd00::/8", "::1", "feeds.example"]', "allow", ("10.0.0.0/8", "fd00::/8", "::1", "feeds.example")),
        ('user = "Åse Holm"', "user", "Åse Holm"),
        ("batch = 1", "batch", 1),
        ("busy_timeout = 5", "busy_timeout", 5.0),
        ("busy_timeout = 0.25", "busy_timeout", 0.25),
        ("\ufeffbatch = 7", "batch", 7),
    ],
)  # fmt: skip
def test_what_a_file_may_say(place: Place, toml: str, name: str, value: object) -> None:
    place.near.write_text(toml, encoding="utf-8")

    def here(expected: object) -> object:
        if isinstance(expected, tuple):
            return tuple(here(item) for item in expected)
        if isinstance(expected, str | Path):
            return type(expected)(str(expected).replace("WORK", str(place.work)))
        return expected

    found = getattr(place.load(), name)
    assert found == here(value)
    assert type(found) is type(value)
    assert place.load().origin(name).kind == "file"


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("READOUT_RECORD", "my.db", "my.db"),
        ("READOUT_ACTORS", os.pathsep.join(["a.jsonl", "", "b c.yaml"]), (Path("a.jsonl"), Path("b c.yaml"))),
        ("READOUT_GAZETTEER", "NO.gaz", Path("NO.gaz")),
        ("READOUT_WORKERS", "4", 4),
        *[("READOUT_KEEP_TEXT", word, True) for word in ("1", "true", "Yes", "ON")],
        *[("READOUT_ALLOW_PRIVATE", word, False) for word in ("0", "False", "no", "off")],
        ("READOUT_LOG_FORMAT", "json", "json"),
        ("READOUT_LOG_LEVEL", "error", "error"),
        ("READOUT_ALLOW", "127.0.0.1, feeds.example,,fd00::/8", ("127.0.0.1", "feeds.example", "fd00::/8")),
        ("READOUT_USER", "Åse", "Åse"),
        ("READOUT_BATCH", "64", 64),
        ("READOUT_BUSY_TIMEOUT", "2.5", 2.5),
    ],
)
def test_what_the_environment_may_say(place: Place, variable: str, text: str, value: object) -> None:
    found = place.load({variable: text})
    name = variable.removeprefix("READOUT_").lower()
    assert getattr(found, name) == value
    assert str(found.origin(name)) == variable


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("workers = 0", "line 1: workers: '0' is not a whole number from 1 to 100000"),
        ("\nworkers = 2.0", "line 2: workers: '2.0' is not a whole number"),
        ('workers = "two"', "workers: 'two' is not a whole number"),
        ("workers = true", "workers: 'True' is not a whole number"),
        ("batch = -5", "batch: '-5' is not a whole number"),
        ("batch = 100001", "batch: '100001' is not a whole number"),
        ("busy_timeout = nan", "busy_timeout: 'nan' is not a number of seconds from 0 to 86400"),
        ("busy_timeout = inf", "busy_timeout: 'inf' is not"),
        (f"busy_timeout = 1{'0' * 400}", "busy_timeout: '1000"),
        ("busy_timeout = 2024-09-16", "busy_timeout: '2024-09-16' is not"),
        ("keep_text = 1", "keep_text: '1' is not true or false"),
        ('keep_text = "yes"', "keep_text: 'yes' is not true or false"),
        ('log_format = "xml"', "log_format: 'xml' is not one of text, json"),
        ('log_format = ["json"]', "is not one of text, json"),
        ('log_level = "INFO"', "is not one of debug, info, warning, error"),
        ("record = 5", "record: '5' is not a file or the URL of a database"),
        ('record = ""', "record: '' is not a file"),
        ('gazetteer = "a\\u0000b"', "gazetteer: 'a\\x00b' is not the name of a file"),
        ('gazetteer = ["a.gaz"]', "is not the name of a file"),
        ('gazetteer = "~nobody-of-this-name/a"', "is not the name of a file"),
        ('actors = "mine.jsonl"', "actors: 'mine.jsonl' is not a list of files, as ["),
        ("actors = [5]", "actors: '[5]' is not a list of files"),
        ('allow = ["http://a.example/"]', "is not a list of hosts and networks"),
        ('allow = ["10.0.0.0/33"]', "is not a list of hosts and networks"),
        ('allow = "a.example"', "is not a list of hosts and networks"),
        ('user = " "', "user: '' is not a text of one line"),
        ('user = "a\\nb"', "user: 'a b' is not a text of one line"),
        ("[workers]\nmost = 5", "line 1: workers: "),
        ("worker = 5", "line 1: 'worker' is no key that is known; did you mean workers?"),
        ('"log-format" = "json"', "'log-format' is no key that is known; did you mean log_format?"),
        ("[readout]\nworkers = 2", "line 1: 'readout' is no key that is known; there are record, actors,"),
        ("zzz = 1", "there are record, actors, gazetteer, workers"),
        ("\nworkers =\n", "is not TOML: Invalid value (at line 2, column 10)"),
        ("workers = 1\nworkers = 2\n", "is not TOML: Cannot overwrite a value (at line 2"),
        (f"workers = {'9' * 5000}", "is not TOML: "),
        (f"workers = {'[' * 5000}", "is not TOML: "),
    ],
)  # fmt: skip
def test_what_is_said_of_a_file_that_cannot_be(place: Place, toml: str, said: str) -> None:
    for file in (place.near, place.far):
        file.write_text(toml)
        message = place.refused()
        assert message.startswith(f"{file}"), "the file is named"
        assert said in message
        assert len(message) < 400 + len(str(file))
        file.unlink()


def test_a_file_is_checked_though_a_nearer_place_wins(place: Place) -> None:
    place.far.write_text("workers = 0")
    assert str(place.far) in place.refused({"READOUT_WORKERS": "2"}, workers=3)


def test_files_that_cannot_be_read(place: Place) -> None:
    place.near.mkdir()
    assert place.refused() == f"{place.near}: cannot be read: Is a directory"
    place.near.rmdir()
    place.near.write_bytes(b'user = "\xe5se"')
    assert place.refused() == f"{place.near}: is not UTF-8, as TOML has to be (byte 8)"


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("READOUT_WORKERS", "two", "READOUT_WORKERS: 'two' is not a whole number from 1 to 100000"),
        ("READOUT_WORKERS", "0", "READOUT_WORKERS: '0' is not"),
        ("READOUT_KEEP_TEXT", "maybe", "READOUT_KEEP_TEXT: 'maybe' is not true or false"),
        ("READOUT_BUSY_TIMEOUT", "nan", "READOUT_BUSY_TIMEOUT: 'nan' is not a number of seconds"),
        ("READOUT_LOG_LEVEL", "loud", "READOUT_LOG_LEVEL: 'loud' is not one of debug, info, warning, error"),
        ("READOUT_ALLOW", "a b", "READOUT_ALLOW: 'a b' is not a list of hosts and networks"),
        ("READOUT_USER", "a\tb", "READOUT_USER: 'a b' is not a text of one line"),
        ("READOUT_ACTOR", "x", "'READOUT_ACTOR' is no variable that is known; did you mean READOUT_ACTORS?"),
        ("READOUT_", "x", "'READOUT_' is no variable that is known; "),
        ("READOUT_WORKERS", "1" * 500, "…' is not a whole number"),
    ],
)
def test_what_is_said_of_a_variable_that_cannot_be(place: Place, variable: str, text: str, said: str) -> None:
    assert said in place.refused({variable: text})


def test_what_is_said_of_a_flag_that_cannot_be(place: Place) -> None:
    assert place.refused(busy_timeout=-1.0) == "--busy-timeout: '-1.0' is not a number of seconds from 0 to 86400"


@pytest.mark.parametrize(
    ("environ", "far"),
    [
        ({"HOME": "/h"}, "/h/.config/readout/config.toml"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": ""}, "/h/.config/readout/config.toml"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": "conf"}, "/h/.config/readout/config.toml"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": "/conf"}, "/conf/readout/config.toml"),
    ],
)
def test_where_files_are_looked_for(environ: dict[str, str], far: str) -> None:
    assert config_paths(Path("/w"), environ) == (Path("/w/readout.toml"), Path(far))


PASSWORDS = (
    "hunter2",
    "sl/ash",
    "a@t",
    "co:lon",
    "sp ace",
    "per%40cent",
    "12345/6",
    "q?uestion",
    "ha#sh",
    "!$'()*+,;=",
)


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://reader:{}@db.example:5432/news",
        "postgresql+psycopg://reader:{}@[::1]/news?sslmode=require",
        "postgresql://me@corp:{}@db.example/news",
        "POSTGRES://:{}@/news",
    ],
)
def test_a_password_is_never_shown(place: Place, url: str, password: str) -> None:
    record = url.format(password)
    found = place.load({"READOUT_RECORD": record})
    assert found.record == record
    for shown in (
        str(found.shown("record")),
        repr(found),
        masked(f"cannot open {record}"),
        masked(f"{record} is locked"),
    ):
        assert password not in shown
    assert found.shown("record") == url.format("***")
    assert password not in place.refused({"READOUT_ALLOW": record}), "under a wrong name"
    assert password not in place.refused({"READOUT_RECORD": f"{record}\n"}), "with what may not be in it"
    quoted = record.replace("\\", "\\\\").replace('"', '\\"')
    place.near.write_text(f'record = "{quoted}"\nworkers = "{quoted}"\n')
    assert password not in place.refused()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://h/db?user=u&password=secret&sslmode=require", "postgresql://h/db?user=u&password=***&sslmode=require"),
        ("host=h password='se cret' dbname=d", "host=h password=*** dbname=d"),
        ("https://u:p@feeds.example/a@b", "https://u:***@feeds.example/a@b"),
        ("https://feeds.example:8080/@desk/feed", "https://feeds.example:8080/@desk/feed"),
        ("postgresql://u@h:5432/db", "postgresql://u@h:5432/db"),
        ("sqlite:////srv/news.db", "sqlite:////srv/news.db"),
        ("no postgresql://a:b@h\nnor mysql://c:d@i", "no postgresql://a:***@h\nnor mysql://c:***@i"),
        ("mail desk@paper.example at 10:30", "mail desk@paper.example at 10:30"),
    ],
)  # fmt: skip
def test_what_is_masked_and_what_is_not(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert masked(shown) == shown


@pytest.mark.parametrize(
    "piece", ["a.", "x://a:", "https://a:", "://", ":", "password=", "password ", "password='", "@", "a://", "+"]
)
@pytest.mark.parametrize("end", ["", "@", "://u:p@"])
def test_masking_takes_no_longer_than_its_text_asks(piece: str, end: str) -> None:
    text = piece * (200_000 // len(piece)) + end
    started = time.perf_counter()
    masked(text)
    masked("@" + text)
    assert time.perf_counter() - started < 2, "a quadratic one takes minutes"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=3).filter(lambda p: p.strip() == p))
def test_no_password_whatsoever_is_shown(password: str) -> None:
    around = "postgresql://reader@news"
    if password not in around and password not in "postgresql://reader:***@h/news":
        assert password not in masked(f"postgresql://reader:{password}@h/news")


def test_every_setting_has_what_is_told_of_it() -> None:
    for setting in SETTINGS:
        assert setting.about
        assert setting.default
        assert setting.env == f"READOUT_{setting.name.upper()}"
        tomllib.loads(f"{setting.name} = 1")  # a name that is a bare key
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS) == 18
