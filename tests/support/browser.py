"""A headless Chromium for tests of pages, and a server of our own program on a free port of this machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["AXE", "axe_findings", "serve", "start_chromium", "sticks_out"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """The Chromium of the system. Raises RuntimeError when there is none."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("no Chromium: run `make test`, which installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def serve() -> Iterator[str]:
    """Serves the program under the settings in force; gives its address."""
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def axe_findings(page: Page) -> list[str]:
    """What axe finds on a page, one line for each rule and element; [] is good."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.html.slice(0, 160))))"
    )
    return found


def sticks_out(page: Page) -> list[str]:
    """Elements that make the page scroll sideways; [] is good. Waits for the page: a click returns before it is read."""
    found: list[str] = page.evaluate(
        """async () => {
            while (document.readyState !== "complete") await new Promise(done => setTimeout(done, 10));
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const over = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1);
            return over.map(e => e.outerHTML.slice(0, 120));
        }"""
    )
    return found


def sound(page: Page) -> Page:
    """The page, after nothing sticks out of it and axe finds nothing."""
    assert sticks_out(page) == [] and axe_findings(page) == [], page.url
    return page
