"""What a browser has to wait for until the first step of an embed is on the stage: counted in what it transfers."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Page

from tests.browser.element import SOBEL, WALK, embed, open_walk
from tests.browser.transferred import transfers

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
