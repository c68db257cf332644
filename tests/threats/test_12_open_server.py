"""A server without users or a token is open to others than this machine.

Promised: `readout serve` listens on 127.0.0.1 unless told otherwise. An address that others can reach is refused, with exit status 2, where
neither users nor a token are given; a token has 16 letters or more. Without a login nothing is shown but the form to log in.
Not promised: TLS. A server that others reach stands behind one that speaks it (docs/web.md).
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import forked
import pytest
from small_site import Client

from readout.errors import UsageError
from readout.record import Record
from readout.web.access import Access, access_for

TOKEN = "t" * 32
OPEN = (
    "0.0.0.0",
    "::",
    "192.168.1.5",
    "news.example",
    "",
    "10.0.0.1",
    "fe80::1",
    "::ffff:0.0.0.0",
    "0",
    "127.0.0.1.news.example",
    "[::]",
)


@pytest.mark.parametrize("host", OPEN)
def test_an_open_address_needs_users_or_a_token(host: str, figure) -> None:
    with pytest.raises(UsageError, match="--token or --users"):
        access_for(host, users=None, token=None, names=(), local_name="x")
    assert access_for(host, users=None, token=TOKEN, names=("news.example",), local_name="x").local is None
    figure(1, "open addresses refused")


@pytest.mark.parametrize("token", ["", "short", "t" * 15, "t" * 20 + "\n", "\u00e9" * 20])
def test_a_token_that_is_none(token: str) -> None:
    with pytest.raises(UsageError, match="16"):
        access_for("127.0.0.1", users=None, token=token, names=(), local_name="x")


#: Wrong flags, and what of them is said.
WRONG = {
    ("--host", "0.0.0.0"): "--token or --users", ("--host", "::"): "--token or --users", ("--host", "0"): "--token or --users",
    ("--host", "0.0.0.0", "--token", "short"): "16", ("--host", "0.0.0.0", "--users", "none.txt"): "cannot be read",
    ("--host", "0.0.0.0", "--names", "news.example"): "--token or --users", ("--port", "99999"): "port", ("--users",
    "empty.txt"): "nobody in it",
}  # fmt: skip


def test_wrong_flags_are_refused_before_anything_listens(record: Record, tmp_path, figure) -> None:
    (tmp_path / "empty.txt").write_text("")
    for flags, said in WRONG.items():
        done = forked.text(
            forked.readout("serve", "--record", str(record.where), "--port", "0", *flags, cwd=tmp_path, seconds=20)
        )
        assert done.returncode == 2, (flags, done.stderr)
        assert said in done.stderr, flags
        assert "http://" not in done.stderr
        assert "Traceback" not in done.stderr
        figure(1, "wrong flags: exit status 2")


@pytest.mark.parametrize("name", ["READOUT_HOST", "readout.toml"])
def test_a_setting_opens_no_more_than_a_flag(record: Record, tmp_path, name: str) -> None:
    if name.endswith("toml"):
        (tmp_path / name).write_text('host = "0.0.0.0"\n')
    env = {**os.environ, "READOUT_HOST": "0.0.0.0"} if name == "READOUT_HOST" else None
    done = forked.text(
        forked.readout("serve", "--record", str(record.where), "--port", "0", cwd=tmp_path, env=env, seconds=20)
    )
    assert done.returncode == 2
    assert "--token or --users" in done.stderr


def test_it_listens_on_this_machine_alone(record: Record, figure) -> None:
    """A server as it is started without flags: which addresses of the system have its port, as the kernel tells."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("READOUT_")}
    command = [sys.executable, "-m", "readout.cli", "serve", "--record", str(record.where), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as serving:
        assert serving.stderr is not None
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", serving.stderr.readline())[1])
        listening = []
        for table in ("tcp", "tcp6"):
            with Path(f"/proc/net/{table}").open(encoding="ascii") as lines:
                fields = [line.split() for line in lines.readlines()[1:]]
            listening += [field[1].split(":") for field in fields if field[3] == "0A"]
        assert [address for address, number in listening if int(number, 16) == port] == ["0100007F"]
        assert Client(port).get("/").status == 200
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=60)
    figure(1, "address listened on: 127.0.0.1")


def test_nothing_is_shown_before_a_login(behind, figure) -> None:
    with behind(Access(None, token=TOKEN)) as client:
        for path in (
            "/",
            "/events",
            "/reports/a1",
            "/events.csv",
            "/api/events",
            "/api/openapi.json",
            "/help",
            "/brief",
            "/map/land.svg",
            "/nothing",
        ):
            answer = client.get(path)
            assert answer.status in (303, 401), path
            assert "Osthavn" not in answer.text
            figure(1, "pages closed before a login")
        for wrong in (f"Bearer {TOKEN}x", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", "Bearer " + "x" * 9000):
            assert client.get("/api/events", Authorization=wrong).status in (401, 431, 400)
        assert json.loads(client.get("/api/events", Authorization=f"Bearer {TOKEN}").body)["items"]
