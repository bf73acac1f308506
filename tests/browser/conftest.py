"""A real Chromium for tests: pages that may not complain, and a second origin that embeds us."""

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

from tests.browser import kept
from tests.browser.drivers import DRIVERS
from tests.running import FAILED, ROOT
from tools.browser import find_browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = {"127.0.0.1", "localhost", None}  # None: data:, blob:, about: and file: addresses have no host
PICTURES = ROOT / ".cache" / "screenshots"

# What is not here is tested by nobody: without other browsers, or the fonts of the pictures that are kept, there is no
# test of them, rather than one that is passed over.
collect_ignore = [] if DRIVERS else ["test_other_browsers.py"]
if not kept.can_be_compared():
    collect_ignore += ["test_kept.py", "test_looks.py"]
elif not kept.any_kept():
    collect_ignore.append("test_looks.py")
if "EXAMPLES" not in os.environ:  # `make examples` brings the hosts that these need
    collect_ignore += ["test_examples_hosts.py", "test_notebook_hosts.py"]


@dataclass(frozen=True)
class Origin:
    """A plain file server: what is written into `folder` is served below `url`."""

    url: str
    folder: Path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launch(playwright) as browser:
        yield browser


def launch(playwright: Playwright, *flags: str, **environment: str) -> Browser:
    found = find_browser()
    assert found, "no Chromium here: run `make test`, which brings one"
    return playwright.chromium.launch(executable_path=found, args=[*FLAGS, *flags], env={**os.environ, **environment})


@pytest.fixture
def problems() -> list[str]:
    """What the test's pages complained about. Empty at the end, unless the test took out what it provoked."""
    return []


@pytest.fixture
def new_page(browser: Browser, problems: list[str], request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own: new_page(locale="ko-KR", viewport={"width": 360, "height": 640})."""
    pages: list[Page] = []

    def open_page(**context: object) -> Page:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **context}
        opened = browser.new_context(**options)  # type: ignore[arg-type]
        listen(opened, problems)
        pages.append(opened.new_page())
        return pages[-1]

    yield open_page
    for number, page in enumerate(pages):
        if problems or request.node.stash.get(FAILED, False):
            page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png")
        page.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture(scope="session")
def kept_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium that writes in the fonts of the kept pictures, whatever fonts the machine has."""
    fonts = kept.fonts_file(tmp_path_factory.mktemp("fonts"))
    with closing(launch(playwright, *kept.FLAGS, FONTCONFIG_FILE=str(fonts))) as browser:
        yield browser


@pytest.fixture
def still_page(kept_browser: Browser, problems: list[str]) -> Iterator[Page]:
    context = kept_browser.new_context(locale="en-US", reduced_motion="reduce")
    listen(context, problems)
    yield context.new_page()
    context.close()
    assert not problems


@pytest.fixture
def other_origin(tmp_path: Path) -> Iterator[Origin]:
    files = functools.partial(QuietFiles, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), files) as listener:
        serving = threading.Thread(target=listener.serve_forever, args=(0.05,))
        serving.start()
        yield Origin(f"http://127.0.0.1:{listener.server_port}", tmp_path)
        listener.shutdown()
        serving.join()


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


def listen(context: BrowserContext, problems: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in HERE:
            problems.append(f"request to another host: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda uncaught: problems.append(f"uncaught: {uncaught.error}"))
    context.on("request", on_request)
