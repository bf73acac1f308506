"""Views in a frame that a hall reads: as large as their room lets them, in a part of a page as ever."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.element import WALK

ZOOM = f"(Number({WALK}.shadowRoot.querySelector('.linked')?.style.zoom) || 1)"
# How large the views are, their smallest letters on the screen, what stands beyond an edge, what they take of the room.
SEEN = f"""() => {{
  const root = {WALK}.shadowRoot;
  const [views, place] = [root.querySelector('.linked'), root.querySelector('.linked-place')];
  const told = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const letters = [...views.querySelectorAll('*')]
    .filter((node) => told(node) && node.getClientRects().length && !node.matches('.hidden'))
    .map((node) => parseFloat(getComputedStyle(node).fontSize));
  const beyond = [...views.querySelectorAll('.view')].filter((view) => view.scrollWidth > view.clientWidth);
  return {{
    zoom: {ZOOM},
    smallest: {ZOOM} * Math.min(...letters),
    beyond: beyond.length + Number(place.scrollHeight > place.clientHeight),
    filled: views.getBoundingClientRect().height / place.clientHeight,
  }};
}}"""


def seen(page: Page, server: str, figure: str, width: int, height: int) -> dict[str, float]:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server}/embed?{urlencode({'scene': f'@{figure}', 'lang': 'ko'})}")
    page.wait_for_function(f"() => {WALK}?.steps > 0 && {WALK}.shadowRoot.querySelector('.linked .view')")
    page.wait_for_load_state("networkidle")
    found: dict[str, float] = page.evaluate(SEEN)
    return found


@pytest.mark.parametrize("figure", ["backward-conv", "im2col-batch", "watch-it-learn", "hierarchy"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_views_alone_fill_the_frame_of_a_hall(page: Page, server: str, figure: str, width: int, height: int) -> None:
    found = seen(page, server, figure, width, height)
    assert found["smallest"] >= 0.022 * height
    assert found["beyond"] == 0
    assert found["filled"] >= 0.75


def test_views_beside_panes_are_lettered_as_they_are(page: Page, server: str) -> None:
    found = seen(page, server, "backward-pool", 1280, 720)
    assert found["smallest"] >= 0.022 * 720
    assert found["beyond"] == 0


def test_a_view_that_needs_somewhat_more_of_a_hall_is_whole(page: Page, server: str) -> None:
    assert seen(page, server, "im2col", 1280, 720)["beyond"] == 0


def test_a_view_that_has_no_room_is_not_larger(page: Page, server: str) -> None:
    assert seen(page, server, "lenet-5", 1280, 720)["zoom"] == 1


def test_a_part_of_a_page_keeps_its_size_and_a_cell_pointed_at_is_the_cell_seen(page: Page, server: str) -> None:
    assert seen(page, server, "backward-conv", 700, 440)["zoom"] == 1
    assert seen(page, server, "backward-conv", 1280, 720)["zoom"] > 1
    page.locator("kernel-walk .gradient-grid td").nth(4).click()
    page.wait_for_function(f"() => {WALK}.step === 4")


def test_what_comes_later_to_a_view_has_its_room_and_the_step_that_stands(page: Page, server: str) -> None:
    before = seen(page, server, "backward-conv", 1280, 720)["zoom"]
    page.evaluate(f"{WALK}.seek(5)")
    told = page.locator("kernel-walk .linked").inner_text()
    page.evaluate(
        f"""() => {{
          const more = document.createElement('div');
          more.style.height = '60px';
          {WALK}.shadowRoot.querySelector('.linked').append(more);
        }}"""
    )
    page.wait_for_function(f"() => {ZOOM} < {before}")
    assert page.evaluate(SEEN)["beyond"] == 0
    assert page.locator("kernel-walk .linked").inner_text() == told
