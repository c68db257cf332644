"""Reading on Ray: a cluster of two on this machine, whose actors and drivers are killed; the rows are those of adding."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import forked
import pytest
from marked import KILLS, KILLS_ONCE, Marked
from scaled import clock, digest, files_in, line

from readout.record import Added, open_record
from readout.scale import bring

here = pytest.mark.skipif(
    not (shutil.which("ray", path=str(Path(sys.executable).parent)) or os.environ.get("CI")),
    reason="Ray is not installed: pip install 'readout-news[ray]'",
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="how processes die is told by Linux")

_RUNS = """
import sys
from readout.scale import run

if __name__ == "__main__":
    told = lambda outcome: print(type(outcome).__name__, flush=True)
    print(run(sys.argv[1:2], sys.argv[2], engine="ray", workers=2, together=1, told=told))
"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    return Marked(tmp_path_factory.mktemp("marked"))


@pytest.fixture(scope="module")
def environment():
    """What Ray is begun with: it tells nobody of its use, keeps its word to itself, and leaves nothing at home."""
    own = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    return {**{name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}, **own}


@pytest.fixture(scope="module")
def cluster(marked, environment):
    """The environment of a driver on a cluster of two, whose actors die of articles that are marked."""
    own = {**environment, "PYTHONPATH": marked.path}
    folder = tempfile.mkdtemp(prefix="ray")  # short: there are sockets in it
    try:
        with begun(own, folder) as port:
            yield {**own, "RAY_ADDRESS": f"127.0.0.1:{port}"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def begun(environment, folder):
    """The port of a cluster; on a busy machine it may take more than one try, as Ray waits only so long for its own parts."""
    said = []
    for _ in range(4):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        program = [str(Path(sys.executable).parent / "ray"), "start", "--head", "--block"]
        options = ["--node-ip-address=127.0.0.1", f"--port={port}", f"--temp-dir={folder}"]
        head = subprocess.Popen(
            [*program, *options, "--num-cpus=2", "--include-dashboard=false"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            for line_of_head in head.stdout:
                said.append(line_of_head)
                if "Ray runtime started" in line_of_head:
                    yield port
                    return
        finally:
            head.terminate()
            head.wait()
            head.stdout.close()
    pytest.fail("".join(said))


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "runs.py"
    path.write_text(_RUNS, encoding="utf-8")
    return path


def written(folder, lines):
    folder.mkdir()
    for n, some in enumerate(lines):
        (folder / f"{n}.jsonl").write_text("\n".join(some), encoding="utf-8")
    return folder


def rows_of(folder, tmp_path, name):
    """What a record has to which a folder of parts was brought."""
    with open_record(tmp_path / name, clock=clock) as record:
        return bring(record, str(folder)), digest(record)


def added(news, tmp_path, workers=1):
    with open_record(tmp_path / "direct.db", clock=clock) as record:
        return record.add([str(news)], workers=workers), digest(record)


@here
@linux
def test_an_actor_that_is_killed_costs_nothing_and_poison_is_put_aside(cluster, marked, script, tmp_path, monkeypatch):
    lines = [[line(10 * shard + n) for n in range(3)] for shard in range(4)]
    lines[1][1] = line(11, KILLS)
    lines[2][0] = line(20, KILLS_ONCE)
    news = written(tmp_path / "news", lines)
    done = subprocess.run(
        [sys.executable, script, news, tmp_path / "parts"], env=cluster, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Ran(parts=4, read=11, there=0, problems=1)" in done.stdout
    deaths = [how for how, _, _ in marked.deaths()]
    # The poison took an actor down, the process that read with care, and a fork of its successor.
    assert sorted(deaths) == ["killed", "killed", "killed", "killed once"]
    monkeypatch.setenv("PYTHONPATH", marked.path)
    assert rows_of(tmp_path / "parts", tmp_path, "parts.db") == added(news, tmp_path, workers=2)
    assert not [name for name in files_in(tmp_path / "parts") if name.endswith(".tmp")]


@here
@linux
def test_a_run_that_is_killed_goes_on_where_it_was(cluster, script, tmp_path):
    news = written(tmp_path / "news", [[line(10 * shard + n) for n in range(3)] for shard in range(6)])
    parts = tmp_path / "parts"
    command = [sys.executable, script, news, parts]
    first = subprocess.Popen(command, env=cluster, stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout.readline() == "Done\n"
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
        first.stdout.close()
    left = files_in(parts)
    whole = {name: is_now for name, is_now in left.items() if name.endswith((".parquet", ".json"))}
    assert 3 <= len(whole) < 13
    (parts / "parts" / ".begun.tmp").write_bytes(b"PAR1")
    done = subprocess.run(command, env=cluster, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    after = files_in(parts)
    assert {name: after.get(name) for name in whole} == whole
    assert len(after) == 13
    assert {Path(name).suffix for name in after} == {".json", ".parquet"}
    assert rows_of(parts, tmp_path, "parts.db") == added(news, tmp_path)


@here
def test_the_command_line_on_a_cluster_of_its_own(environment, tmp_path):
    news = written(tmp_path / "news", [[line(1)], [line(2), "not JSON"]])
    command = [sys.executable, "-m", "readout.cli", "add"]
    made = subprocess.run(
        [*command, str(news), "--parts", "parts", "--engine", "ray", "--workers", "2"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 3, made.stderr
    assert "2 read into parts, 0 there already, 1 not read" in made.stderr
    brought = forked.text(forked.readout("add", "--from-parquet", "parts", cwd=tmp_path))
    assert "2 added" in brought.stderr
    with open_record(tmp_path / "readout.db") as record:
        assert bring(record, str(tmp_path / "parts")) == Added(skipped=2, problems=1)


def test_without_ray_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    (tmp_path / "news.jsonl").write_text(line(1), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "ray", None)
    done = forked.text(forked.readout("add", "news.jsonl", "--parts", "parts", "--engine", "ray", cwd=tmp_path))
    assert done.returncode == 2
    assert "pip install 'readout-news[ray]'" in done.stderr
    assert not (tmp_path / "parts").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["news.jsonl", "--engine", "ray"],
        ["--parts", "parts"],
        ["-", "--parts", "parts"],
        ["news.jsonl", "--parts", "parts", "--dry-run"],
        ["news.jsonl", "--from-parquet", "parts"],
        ["--from-parquet", "parts"],
        ["news.jsonl", "--days", "2025-03-01..2025-03-02"],
        ["--from-parquet", "parts", "--days", "March"],
        [],
    ],
)
def test_options_that_do_not_go_together(options, tmp_path):
    done = forked.text(forked.readout("add", *options, cwd=tmp_path))
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
