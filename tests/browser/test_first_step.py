"""What a browser has to wait for until the first step of an embed is on the stage: counted in what it transfers."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Page

from tests.browser.element import SOBEL, WALK, embed, open_walk
from tests.browser.transferred import transfers

# What is asked of a server, and what is lettered where, until the first step is told.
WATCHED = """() => {
  window.asked = [];
  window.lettered = [];
  const { fetch } = window;
  window.fetch = (address, ...more) => {
    window.asked.push(String(address));
    return fetch(address, ...more);
  };
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    window.lettered.push([this.canvas.parentElement?.className, text, x, y].join(" "));
    return fillText.call(this, text, x, y, ...more);
  };
  document.addEventListener("ready", () => {
    window.before = { asked: [...window.asked], lettered: [...window.lettered] };
  }, true);
}"""
COMPILES = ("v8", "disabled-by-default-v8.compile")
FIRST_BYTES = 42_000  # compressed, with headers and the sample picture


def test_the_first_step_of_an_embed_waits_for_little(page: Page, server: str) -> None:
    waited = transfers(page, embed(server, SOBEL))
    assert len(page.evaluate(f"{WALK}.opening.steps")) == 16
    assert {url.rsplit("/", 1)[1].partition("?")[0] for url in waited} == {"embed", "embed.css", "kernel-walk.js"}
    assert sum(waited.values()) <= FIRST_BYTES, waited


def test_the_element_is_compiled_while_it_arrives_and_not_function_by_function(
    browser: Browser, page: Page, server: str
) -> None:
    browser.start_tracing(page=page, categories=list(COMPILES))
    open_walk(page, embed(server, SOBEL))
    events = json.loads(browser.stop_tracing())["traceEvents"]
    pages = {(event["pid"], event["tid"]) for event in events if event["args"].get("name") == "CrRendererMain"}
    compiled = [(event["pid"], event["tid"]) in pages for event in events if event["name"] == "V8.CompileIgnition"]
    assert compiled.count(True) < compiled.count(False) / 4


def test_the_first_step_is_drawn_once_and_asks_for_nothing_before_it_stands(page: Page, server: str) -> None:
    page.add_init_script(f"({WATCHED})()")
    open_walk(page, embed(server, SOBEL))
    before = page.evaluate("() => window.before")
    assert before["asked"] == []
    board = [what for what in before["lettered"] if what.startswith("board ")]
    assert len(board) >= 27
    assert len(set(board)) == len(board)
    page.wait_for_function("() => window.asked.some((address) => address.includes('/api/steps?'))")
