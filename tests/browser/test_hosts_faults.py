"""What other pages do to an embed: a browser's zoom, paper, full screen out of a frame, a toolkit's own theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from app.routes.oembed import frame
from tests.browser.element import FIRST, HEAD, SOBEL, WALK, clicked, embed, open_walk
from tests.browser.hosts import framed, python

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Origin

SCRIPT = '<script type="module" src="{server}/static/kernel-walk.js"></script>'
PAPER = {"light": "rgb(253, 252, 249)", "dark": "rgb(20, 23, 28)"}


@pytest.mark.parametrize("zoom", [1.5, 2])
def test_a_click_lands_on_its_cell_at_zoom(new_page: Callable[..., Page], server: str, zoom: float) -> None:
    """As a browser zooms: fewer pixels of the page, each of them larger on the screen."""
    page = new_page(viewport={"width": int(1280 / zoom), "height": int(800 / zoom)}, device_scale_factor=zoom)
    open_walk(page, embed(server, FIRST))
    expect(page.locator("kernel-walk .output .cells")).to_be_visible()
    page.locator("kernel-walk .output .cells").scroll_into_view_if_needed()
    assert [clicked(page, ".output .cells", cell) for cell in (0, 4, 8, 2)] == [0, 4, 8, 2]
    sharp = page.evaluate(f"""() => {{ const canvas = {WALK}.shadowRoot.querySelector('.arithmetic canvas');
      return canvas.width / canvas.getBoundingClientRect().width; }}""")
    assert sharp == pytest.approx(zoom, abs=0.02)


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_an_element_is_printed_whole(page: Page, server: str, other_origin: Origin, tmp_path: Path, paper: str) -> None:
    element = f'<kernel-walk lang="en" scene="{SOBEL}" step="700"></kernel-walk>{SCRIPT.format(server=server)}'
    (other_origin.folder / "sheet.html").write_text(HEAD + element)
    open_walk(page, f"{other_origin.url}/sheet.html")
    expect(page.locator("kernel-walk .output .cells")).to_be_visible()
    page.pdf(path=tmp_path / "sheet.pdf", format=paper, margin={"left": "0.5in", "right": "0.5in"})
    sheet = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0]
    width = sheet.get_width()
    text = sheet.get_textpage()
    found = text.search("feature map", match_case=False).get_next()
    assert found
    left, _, right, _ = text.get_charbox(found[0])
    assert left < right < width - 36
    seen = sheet.render(scale=2, grayscale=True).to_numpy().squeeze()
    margin = 66  # pixels; 36 points are 72, and a sheet is no whole number of them
    assert (seen[:, -margin:] > 250).all()
    assert (seen[:, :-margin] < 200).any()


def test_the_key_f_fills_the_screen_out_of_a_frame(page: Page, server: str, other_origin: Origin) -> None:
    (other_origin.folder / "page.html").write_text(HEAD + frame(embed(server, FIRST), "A figure", 700, 440))
    page.goto(f"{other_origin.url}/page.html")
    [figure] = framed(page)
    figure.locator("kernel-walk .frame").click(position={"x": 4, "y": 4})
    page.keyboard.press("f")
    figure.wait_for_function("() => document.fullscreenElement !== null")
    page.wait_for_function("() => document.fullscreenElement?.localName === 'iframe'")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_an_element_in_a_page_of_sphinx_is_as_light_as_its_theme(
    page: Page, server: str, tmp_path: Path, system: str
) -> None:
    """alabaster says nothing of themes and is white, whatever the system is."""
    (tmp_path / "conf.py").write_text("project = 'Theme'\nhtml_theme = 'alabaster'\n")
    raw = f"{SCRIPT.format(server=server)}\n   <kernel-walk scene='{FIRST}'></kernel-walk>"
    (tmp_path / "index.rst").write_text(f"Theme\n=====\n\n.. raw:: html\n\n   {raw}\n")
    python(tmp_path, "-m", "sphinx", "-W", "-q", ".", "_build")
    page.emulate_media(color_scheme="dark" if system == "dark" else "light")
    open_walk(page, (tmp_path / "_build" / "index.html").as_uri())
    assert page.evaluate(f"getComputedStyle({WALK}).backgroundColor") == PAPER["light"]
    page.evaluate("document.documentElement.style.colorScheme = 'dark'")
    page.wait_for_function(f"(dark) => getComputedStyle({WALK}).backgroundColor === dark", arg=PAPER["dark"])
