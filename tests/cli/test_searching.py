"""Saved searches from the command line, and what is new sent after a batch, by a real server on the other side."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from readout.cli import app
from readout.errors import UsageError

NEWS = "Rebels shelled the town of Osthavn on Monday, the health ministry said on Tuesday. Dispatch {} of the day."


@pytest.fixture
def taken():
    """What a server on loopback took, and its address; it answers 200."""
    found = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            found.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield found, f"http://127.0.0.1:{server.server_address[1]}/hook"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a verb on a record of one article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READOUT_RECORD", str(tmp_path / "news.db"))

    def started(*arguments, **env):
        return CliRunner().invoke(app, list(arguments), env=env)

    (tmp_path / "1.txt").write_text(NEWS.format(1), encoding="utf-8")
    assert started("add", "1.txt", "--no-link").exit_code == 0
    return started


def test_a_search_is_added_listed_and_removed(run):
    assert "no searches" in run("searches").stderr
    assert (
        run("searches", "add", "attacks", "events", "type:ASSAULT", "-status:planned", "--by", "Mara Lind").exit_code
        == 0
    )
    assert "attacks  events  type:ASSAULT -status:planned  by Mara Lind" in run("searches").stdout
    assert json.loads(run("searches", "--json").stdout)["webhook"] is None
    assert "removed: attacks" in run("searches", "remove", "attacks").stdout
    assert isinstance(run("searches", "remove", "attacks").exception, UsageError)
    assert isinstance(run("searches", "add", "x", "events", "type:NOPE").exception, UsageError)


def test_what_is_new_is_sent_after_a_batch_signed_with_the_secret_that_was_said(run, taken, tmp_path):
    found, url = taken
    added = run("searches", "add", "attacks", "events", "type:ASSAULT", "--webhook", url, READOUT_ALLOW_PRIVATE="yes")
    assert added.exit_code == 0, added.exception
    secret = added.stdout.rpartition("secret: ")[2].strip()
    assert len(secret) == 64
    assert secret not in run("searches", "--json").stdout
    (tmp_path / "2.txt").write_text(NEWS.format(2), encoding="utf-8")
    done = run("add", "2.txt", "--no-link", READOUT_ALLOW_PRIVATE="yes")
    assert "attacks: 1 new sent" in done.stderr
    ((headers, body),) = found
    said = hmac.new(secret.encode(), headers["X-Readout-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Readout-Signature"] == f"sha256={said}"
    assert [item["type"] for item in json.loads(body)["items"]] == ["ASSAULT"]
    assert run("searches", "send", READOUT_ALLOW_PRIVATE="yes").exit_code == 0
    assert len(found) == 1


def test_nothing_is_sent_into_this_network_unless_that_is_allowed(run, taken, tmp_path):
    found, url = taken
    refused = run("searches", "add", "attacks", "events", "--webhook", url)
    assert isinstance(refused.exception, UsageError)
    assert run("searches", "add", "attacks", "events", "--webhook", url, READOUT_ALLOW_PRIVATE="yes").exit_code == 0
    (tmp_path / "2.txt").write_text(NEWS.format(2), encoding="utf-8")
    done = run("add", "2.txt", "--no-link")  # what was allowed once is not for ever
    assert done.exit_code == 0
    assert "attacks: not sent" in done.stderr
    assert run("searches", "send", "attacks").exit_code == 1
    assert found == []
    assert run("searches", "send", "attacks", READOUT_ALLOW_PRIVATE="yes").exit_code == 0
    assert len(found) == 1


def test_a_secret_of_ones_own(run, tmp_path):
    (tmp_path / "secret").write_text("a" * 20 + "\n", encoding="utf-8")
    done = run("searches", "add", "x", "reports", "--webhook", "https://hook.example/x", "--secret-file", "secret")
    assert done.exit_code == 0
    assert "secret" not in done.stdout
    (tmp_path / "short").write_text("abc", encoding="utf-8")
    for arguments in (("--webhook", "https://hook.example/x", "--secret-file", "short"), ("--secret-file", "secret")):
        assert isinstance(run("searches", "add", "y", "reports", *arguments).exception, UsageError)
    assert isinstance(run("searches", "send", "nobody").exception, UsageError)
