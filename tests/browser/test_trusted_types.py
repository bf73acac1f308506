"""Trusted Types in Chromium: pages run under them, and what they are there to stop is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.element import SOBEL, embed, open_walk

# What each sink says to a text: the name of the error, or nothing where the text went in.
SINKS = {
    "innerHTML": "document.createElement('div').innerHTML = '<img>'",
    "srcdoc": "document.createElement('iframe').srcdoc = 'x'",
    "script": "document.createElement('script').text = '1'",
    "src": "document.createElement('script').src = '/static/x.js'",
    "parse": "new DOMParser().parseFromString('<p>', 'text/html')",
}
TRIED = """() => Object.fromEntries(Object.entries(SINKS).map(([name, run]) => {
  try { run(); return [name, '']; } catch (error) { return [name, error.name]; }
}))""".replace("SINKS", "{" + ", ".join(f"'{name}': () => {{ {text} }}" for name, text in SINKS.items()) + "}")
POLICY = "() => { try { trustedTypes.createPolicy('x', {}); return ''; } catch (error) { return error.name; } }"


@pytest.fixture
def trying(browser: Browser) -> Iterator[Page]:
    """A page whose console nobody reads: it tells of each sink that was tried."""
    with closing(browser.new_context()) as context:
        yield context.new_page()


@pytest.mark.parametrize(
    "path", ["/", "/gallery", "/gallery/sobel", "/embed?scene=@sobel", "/lesson?ids=sobel", "/docs"]
)
def test_no_text_becomes_markup_on_our_pages(trying: Page, server: str, path: str) -> None:
    trying.goto(server + path)
    assert trying.evaluate(TRIED) == dict.fromkeys(SINKS, "TypeError")


def test_no_script_of_a_page_makes_a_policy_of_its_own(trying: Page, server: str) -> None:
    trying.goto(f"{server}/gallery")
    assert trying.evaluate(POLICY) == "TypeError"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_lab_comes_whole_under_them(page: Page, server: str, lang: str) -> None:
    open_walk(page, f"{server}/?scene=cat 16 | sobel&lang={lang}")
    page.wait_for_selector(".chip.add")


def test_views_and_keys_come_late_under_them(page: Page, server: str) -> None:
    open_walk(page, f"{embed(server, SOBEL)}&view=numbers code formula")
    page.wait_for_function(
        "() => document.querySelector('kernel-walk').shadowRoot.querySelector('.view pre, .view code')"
    )
    page.keyboard.press("ArrowRight")


def test_a_file_of_a_figure_runs_what_it_carries_and_nothing_else(trying: Page, server: str, tmp_path: Path) -> None:
    file = tmp_path / "figure.html"
    file.write_bytes(httpx.get(f"{server}/render.html", params={"scene": "[1 2; 3 4] | relu"}, timeout=60).content)
    open_walk(trying, file.as_uri())
    assert trying.evaluate(TRIED) == dict.fromkeys(SINKS, "TypeError")
