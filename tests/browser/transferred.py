"""What a browser transfers until the first step of a page is on the stage."""

from __future__ import annotations

from playwright.sync_api import Page, Request

from tests.browser.element import open_walk

STANDS = """new MutationObserver((_, watch) => {
  const walk = document.querySelector('kernel-walk');
  if (!walk) return;
  watch.disconnect();
  walk.addEventListener('ready', () => { window.stood = performance.now(); });
}).observe(document, { childList: true, subtree: true });"""
# The task that draws the first step, which the page carries, goes on to ask for those that follow.
BEFORE = """() => performance.getEntriesByType('resource')
  .filter(({ name, responseEnd }) => responseEnd <= window.stood && !name.includes('/api/steps?'))
  .map(({ name }) => name)"""


def sum_of(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def transfers(page: Page, address: str) -> dict[str, int]:
    """What the browser has got when the first step of this page stands, and how many bytes that took."""
    finished: dict[str, Request] = {}
    page.on("requestfinished", lambda request: finished.update({request.url: request}))
    page.add_init_script(STANDS)
    open_walk(page, address)
    page.wait_for_function("() => window.stood > 0")
    waited = [page.url, *page.evaluate(BEFORE)]
    while not finished.keys() >= set(waited):
        page.wait_for_timeout(20)
    return {url: sum_of(finished[url]) for url in waited}


def waited_for(page: Page, address: str) -> int:
    return sum(transfers(page, address).values())
