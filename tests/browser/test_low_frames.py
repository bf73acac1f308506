"""In a frame as low as pages paste them, a figure shows its point without anybody scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import WALK, embed, open_walk
from tests.browser.kept import FIGURE

WITHIN = """(selector) => {
  const root = document.querySelector('kernel-walk').shadowRoot;
  const place = root.querySelector('.linked-place').getBoundingClientRect();
  return [...root.querySelectorAll(selector)].map((node) => {
    const box = node.getBoundingClientRect();
    return box.height > 0 && box.top >= place.top - 1 && box.bottom <= place.bottom + 1;
  });
}"""


@pytest.fixture
def low(page: Page) -> Page:
    page.set_viewport_size(FIGURE)  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_row_of_the_step_is_in_sight_wherever_the_walk_is(low: Page, server: str, language: str) -> None:
    open_walk(low, embed(server, "@im2col", lang=language))
    for step in (0, 8, 4, 1):
        low.evaluate(f"{WALK}.seek({step})")
        expect(low.locator(f"kernel-walk .made.lit[data-step='{step}']")).to_be_visible()
        assert low.evaluate(WITHIN, ".made.lit") == [True]


@pytest.mark.parametrize(
    ("figure", "shown", "count"),
    [
        ("im2col-pool", ".matrix.windows tr", 4),
        ("backward-pool", ".gradient-grid.held .lit", 4),
        ("backward-conv", ".gradient-grid.held .lit", 9 + 9),
        ("dense-vs-conv", ".graph circle", 9 + 4),
    ],
)
def test_what_a_figure_is_about_is_in_sight_when_it_opens(
    low: Page, server: str, figure: str, shown: str, count: int
) -> None:
    open_walk(low, embed(server, f"@{figure}"))
    expect(low.locator(f"kernel-walk {shown}").first).to_be_visible()
    assert low.evaluate(WITHIN, shown)[:count] == count * [True]
