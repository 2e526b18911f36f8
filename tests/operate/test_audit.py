"""What OSV knows of the lock is told; where it cannot be asked, that is told and never 'none'."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tools.audit import KNOWN, LOCK, NONE_KNOWN, NOT_ASKED, main, pinned

WEAK = "linli-weak"


@contextmanager
def answering(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[object]]]:
    """Stand in for OSV: the same answer to every question, and what was asked."""
    asked: list[object] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "a.lock"
    path.write_text(f"aiohttp[speedups]==3.1 \\\n    --hash=sha256:00\n{WEAK}==1.0 ; x\n")
    return path


def test_every_line_of_our_lock_is_asked_about() -> None:
    text = LOCK.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pinned(text)) == len(lines) > 20


def test_what_is_known_is_named(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = {"results": [{}, {"vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-2"}]}]}
    with answering(json.dumps(answer).encode()) as (url, asked):
        assert main([str(lock)], url) == KNOWN
    assert f"{WEAK} 1.0: PYSEC-1, GHSA-2" in capsys.readouterr().out
    assert [query["package"]["name"] for query in asked[0]["queries"]] == ["aiohttp", WEAK]  # type: ignore[index]


def test_where_none_is_known_it_is_said_of_how_many(
    lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(b'{"results": [{}, {}]}') as (url, _asked):
        assert main([str(lock)], url) == NONE_KNOWN
    assert "2 packages of a.lock: 0 with" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b'{"results": [{}]}', 200),
        (b'{"results": [{}, 5]}', 200),
        (b'{"results": [{}, {"vulns": [{}]}]}', 200),
        (b"<html>", 200),
        (b"[]", 200),
        (b"", 503),
    ],
)
def test_what_is_no_answer_is_never_none_known(
    lock: Path, answer: bytes, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(answer, status) as (url, _asked):
        assert main([str(lock)], url) == NOT_ASKED
    assert capsys.readouterr().out.startswith("NOT AUDITED")


def test_nobody_there_is_said(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with answering(b"") as (url, _asked):
        pass
    assert main([str(lock)], url) == NOT_ASKED
    assert capsys.readouterr().out.startswith("NOT AUDITED")
