"""What a browser has to wait for until the first step of an embed is on the stage: counted in what it transfers."""

from __future__ import annotations

from playwright.sync_api import Page, Request

from tests.browser.element import SOBEL, embed, open_walk

FIRST_BYTES = 42_000  # compressed, with headers and the sample picture
STANDS = """new MutationObserver((_, watch) => {
  const walk = document.querySelector('kernel-walk');
  if (!walk) return;
  watch.disconnect();
  walk.addEventListener('ready', () => { window.stood = performance.now(); });
}).observe(document, { childList: true, subtree: true });"""
BEFORE = """() => performance.getEntriesByType('resource')
  .filter(({ startTime }) => startTime <= window.stood).map(({ name }) => name)"""


def sum_of(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_the_first_step_of_an_embed_waits_for_little(page: Page, server: str) -> None:
    finished: dict[str, Request] = {}
    page.on("requestfinished", lambda request: finished.update({request.url: request}))
    page.add_init_script(STANDS)
    address = embed(server, SOBEL)
    open_walk(page, address)
    page.wait_for_function("() => window.stood > 0")
    waited = {url: sum_of(finished[url]) for url in (page.url, *page.evaluate(BEFORE))}
    assert {url.rsplit("/", 1)[1].partition("?")[0] for url in waited} == {"embed", "embed.css", "kernel-walk.js"}
    assert sum(waited.values()) <= FIRST_BYTES, waited
