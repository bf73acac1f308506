"""What a browser has to wait for until the first step of an embed is on the stage: counted in what it transfers."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.element import SOBEL, WALK, embed
from tests.browser.transferred import transfers

FIRST_BYTES = 42_000  # compressed, with headers and the sample picture


def test_the_first_step_of_an_embed_waits_for_little(page: Page, server: str) -> None:
    waited = transfers(page, embed(server, SOBEL))
    assert len(page.evaluate(f"{WALK}.opening.steps")) == 16
    assert {url.rsplit("/", 1)[1].partition("?")[0] for url in waited} == {"embed", "embed.css", "kernel-walk.js"}
    assert sum(waited.values()) <= FIRST_BYTES, waited
