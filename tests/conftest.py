"""A web site on 127.0.0.1 that does what a test tells it to, and places for records."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from databases import server as server
from databases import where as where


class Site:
    """`pages` maps paths to (status, headers, body) or to a function that is given the handler; `log` holds what was asked."""

    def __init__(self):
        self.pages = {}
        self.log = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.log.append((self.path, dict(self.headers)))
                page = site.pages.get(self.path, (404, {}, b"none"))
                if callable(page):
                    page = page(self)
                    if page is None:
                        self.close_connection = True
                        return
                status, headers, body = page
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_):
                pass  # clients of these tests hang up

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.log]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def pytest_make_parametrize_id(val, argname):
    """Long bytes are named by their length: gzip writes the hour into its own, and each process that runs tests finds the same names."""
    return f"{argname} of {len(val)} bytes" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def other_site():
    site = Site()
    yield site
    site.close()
