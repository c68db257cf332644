"""Who may ask and who may correct; forged forms, foreign hosts, open redirects."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import Client

from readout.errors import UsageError
from readout.record import Record
from readout.web.access import Access, Account, User, add_user, hash_password, matches, read_users

PASSWORD = "a long enough password"
HASHED = hash_password(PASSWORD)
TOKEN = "t" * 32
ACCOUNTS = {name: Account(name, name, HASHED) for name in ("read", "correct", "admin")}  # type: ignore[arg-type]
FORM = {"claim": "events/1", "action": "reject", "reason": "another town"}


def log_in(client: Client, name: str, password: str = PASSWORD, to: str = "/events?q=type:ASSAULT") -> int:
    answer = client.send("/login", {"name": name, "password": password, "next": to})
    if answer.status == 303:
        client.kept["Cookie"] = answer.headers["set-cookie"].partition(";")[0]
        assert answer.headers["location"] == to
        flags = answer.headers["set-cookie"].casefold()
        assert "httponly" in flags
        assert "samesite=strict" in flags
    return answer.status


def test_nobody_sees_anything_before_the_login(behind) -> None:
    with behind(Access(None, ACCOUNTS)) as client:
        page = client.get("/events?q=type:ASSAULT")
        assert (page.status, page.headers["location"]) == (
            303,
            "/login?next=" + quote("/events?q=type:ASSAULT", safe=""),
        )
        for path in ("/api/events", "/events.json", "/events.csv", "/api"):
            assert client.get(path).status == 401
            assert json.loads(client.get(path).body)["error"]["code"] == "not_logged_in"
        assert client.send("/corrections", FORM).status == 401
        assert client.get("/login").status == 200
        assert client.get("/static/style.css").status == 200
        assert log_in(client, "read", "wrong password") == 403
        assert log_in(client, "nobody") == 403
        assert log_in(client, "read") == 303
        assert client.get("/events").status == 200
        client.send("/logout", {})
        client.kept.clear()
        assert client.get("/events").status == 303


def test_each_role_may_what_it_may(behind, record: Record) -> None:
    with behind(Access(None, ACCOUNTS)) as client:
        for name, corrects, looks in (("read", 403, 403), ("correct", 303, 403), ("admin", 409, 200)):
            assert log_in(client, name) == 303
            assert client.send("/corrections", FORM | {"seen": "0"}).status == corrects
            assert ("Correct</summary>" in client.get("/reports/a1").text) == (name != "read")
            assert client.get("/doctor").status == looks
    assert [item.correction.by for item in record.corrections()] == ["correct"]


def test_a_token_opens_the_api_and_the_pages(behind, record: Record) -> None:
    with behind(Access(None, token=TOKEN)) as client:
        assert client.get("/api/events", Authorization=f"Bearer {TOKEN}").status == 200
        assert client.get("/api/events", Authorization=f"Bearer {TOKEN}x").status == 401
        assert client.get("/api/events", Authorization="Bearer").status == 401
        sent = json.dumps({"claim": "events/1", "action": "confirm"}).encode()
        own = {"Content_Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
        assert client.ask("POST", "/api/corrections", sent, **own).status == 201
        assert log_in(client, "Ada Brekke", TOKEN) == 303
        assert client.send("/corrections", FORM | {"claim": "events/2"}).status == 303
    assert [item.correction.by for item in record.corrections()] == ["token", "Ada Brekke"]


def test_a_cookie_is_ours_or_nothing() -> None:
    now = [1_000_000.0]
    access = Access(None, ACCOUNTS, clock=lambda: now[0])
    cookie = access.session(User("correct", "correct"))
    assert access.whose(cookie) == User("correct", "correct")
    assert Access(None, ACCOUNTS).whose(cookie) is None, "another start, another secret"
    assert access.whose(access.session(User("correct", "admin"))) is None, "the role in the file holds"
    for bad in ("", ".", "x", cookie + "0", "x" + cookie, cookie.replace(".", ""), cookie.partition(".")[0]):
        assert access.whose(bad) is None
    now[0] += 13 * 3600
    assert access.whose(cookie) is None


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_text_is_a_cookie(text: str) -> None:
    assert Access(None, ACCOUNTS).whose(text) is None


def test_users_are_kept_hashed_and_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "users"
    add_user(path, "Mara Lind", "correct", PASSWORD)
    add_user(path, "Ada Brekke", "read", PASSWORD)
    add_user(path, "Mara Lind", "admin", PASSWORD + "!")
    users = read_users(path)
    assert {name: user.role for name, user in users.items()} == {"Mara Lind": "admin", "Ada Brekke": "read"}
    assert PASSWORD not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert matches(PASSWORD + "!", users["Mara Lind"].hashed)
    assert not matches(PASSWORD, users["Mara Lind"].hashed)
    assert users["Mara Lind"].hashed not in repr(users)
    with pytest.raises(UsageError, match="12"):
        add_user(path, "Ole", "read", "short")
    with pytest.raises(UsageError, match="colon"):
        add_user(path, "O:le", "read", PASSWORD)


@pytest.mark.parametrize(
    "line",
    [
        "mara",
        "mara:read",
        f"mara:king:{HASHED}",
        "mara:read:plain",
        "mara:read:scrypt$2$8$1$00$00",
        f":read:{HASHED}",
        "mara:read:scrypt$16384$8$1$zz$00",
        "mara:read:scrypt$1048576$32$4$00$00",
        f"mara:read:{HASHED}\nmara:read:{HASHED}",
        "",
    ],
)
def test_a_file_of_users_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "users"
    path.write_text(line)
    with pytest.raises(UsageError) as error:
        read_users(path)
    assert "scrypt$" not in str(error.value)


def run_serve(record: Record, *arguments: str, **more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "readout.cli", "serve", "--record", str(record.where), *arguments]
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("READOUT_")}, **more}
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)


def test_serve_says_where_it_is_and_stops_cleanly(record: Record) -> None:
    with run_serve(record, "--port", "0", "--token", TOKEN, READOUT_PORT="1") as serving:
        assert serving.stderr is not None
        line = serving.stderr.readline()
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", line)[1])
        client = Client(port)
        assert client.get("/api").status == 401
        assert client.get("/api", Authorization=f"Bearer {TOKEN}").status == 200
        with run_serve(record, "--port", str(port)) as second:
            _, err = second.communicate(timeout=60)
        assert second.returncode == 1
        assert "cannot be listened on" in err
        serving.send_signal(signal.SIGINT)
        _, err = serving.communicate(timeout=30)
    assert serving.returncode == 0
    assert "stopped" in err
    assert "Traceback" not in err


def test_a_form_that_is_too_large_is_refused(client: Client) -> None:
    assert client.send("/corrections", {"reason": "x" * 300_000}).status == 413
    with socket.create_connection(("127.0.0.1", client.port), timeout=20) as bare:
        lines = (
            "POST /corrections HTTP/1.1",
            "Host: 127.0.0.1",
            "Origin: http://127.0.0.1",
            "Transfer-Encoding: chunked",
        )
        kind = "Content-Type: application/x-www-form-urlencoded"
        head = "\r\n".join((*lines, kind, "", ""))
        bare.sendall(head.encode())
        try:
            for _ in range(12):
                bare.sendall(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
            bare.sendall(b"0\r\n\r\n")
            answer = bare.recv(100)
        except OSError:
            answer = b""
    assert b"200" not in answer[:15]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from readout.cli import app; "
        "assert CliRunner().invoke(app, ['serve', '--help']).exit_code == 0; "
        "print([m for m in ('fastapi', 'starlette', 'uvicorn', 'jinja2', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_token_is_shown_to_nobody(record: Record) -> None:
    command = [sys.executable, "-m", "readout.cli", "config", "show", "--json"]
    env = {**os.environ, "READOUT_TOKEN": TOKEN}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
    assert TOKEN not in done.stdout + done.stderr
    assert "***" in done.stdout
    env["READOUT_TOKEN"] = TOKEN + "\n" + TOKEN
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 2
    assert TOKEN not in done.stdout + done.stderr
