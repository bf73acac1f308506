"""No page breaks a rule that axe-core knows, of any impact, in any theme, language, view or size."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

import core
from tests.browser.lab import ready
from tests.running import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 720}
WALKS = "() => document.querySelector('kernel-walk')?.steps > 0"
FRAMES = {
    "cat 64 | conv2d sobel-x": {},
    "[1 2 3; 4 5 6; 7 8 9] | max_pool2d 2 stride=1 | flatten": {"layer": "1"},
    "cat 16 | conv2d box-3": {"view": "connections+im2col+network+backward"},
    "cat 24 | sobel": {"theme": "dark", "lang": "ko"},
    "[1 2; 3 4] | conv_transpose2d [1 2; 3 4]": {"controls": "none"},
    "cat 16 rgb | conv2d out=4 kernel_size=3 seed=1 | relu": {"view": "output", "lang": "ko"},
}
LINE = "cat 64 | conv2d sobel-x"
ROOMS = (("light", "en", DESK), ("dark", "ko", DESK), ("light", "ko", PHONE), ("dark", "en", PHONE))
in_each_room = pytest.mark.parametrize(("theme", "lang", "room"), ROOMS, ids=lambda word: str(word)[:16])


def broken_rules(page: Page) -> list[str]:
    """What axe-core finds wrong: the rule, its impact, and where."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']} ({one['impact']}): {', '.join(str(node['target']) for node in one['nodes'][:3])}" for one in found
    ]


@in_each_room
def test_the_lab_in_every_tab(
    new_page: Callable[..., Page], server: str, theme: str, lang: str, room: dict[str, int]
) -> None:
    page = new_page(viewport=room)
    page.goto(f"{server}/?{urlencode({'scene': LINE, 'step': 3, 'theme': theme, 'lang': lang})}")
    ready(page)
    wrong = {}
    for tab in page.locator("#views [role=tab]:not([hidden])").all():
        tab.click()
        wrong[tab.inner_text()] = broken_rules(page)
    assert {name: rules for name, rules in wrong.items() if rules} == {}


@pytest.mark.parametrize("open_by", ["#share", "#keys", ".chip.add", "#settings [aria-haspopup]", ".chip.input"])
def test_the_lab_with_something_open(new_page: Callable[..., Page], server: str, open_by: str) -> None:
    page = new_page(viewport=DESK)
    page.goto(f"{server}/?{urlencode({'scene': LINE, 'step': 0})}")
    ready(page)
    page.locator(open_by).first.click()
    if open_by == "#share":
        page.wait_for_selector("dialog.share[open]")
    assert broken_rules(page) == []


def test_a_lab_that_was_refused(page: Page, server: str, problems: list[str]) -> None:
    page.goto(f"{server}/?{urlencode({'scene': 'cat 64 | nothing', 'lang': 'ko'})}")
    page.wait_for_function(WALKS)
    page.wait_for_load_state("networkidle")  # nothing is made anew while the rules look
    assert broken_rules(page) == []
    problems.clear()  # the browser notes the refusal


@pytest.mark.parametrize(("line", "words"), FRAMES.items())
def test_embeds(page: Page, server: str, line: str, words: dict[str, str]) -> None:
    page.set_viewport_size({"width": 700, "height": 440})
    page.goto(f"{server}/embed?{urlencode({'scene': line, **words})}")
    page.wait_for_function(WALKS)
    assert broken_rules(page) == []


@pytest.mark.parametrize("address", ["/embed?scene=cat+%7C+nothing", "/gallery/nothing", "/nothing", "/docs"])
def test_pages_that_say_no_and_the_reference(page: Page, server: str, problems: list[str], address: str) -> None:
    page.goto(f"{server}{address}")
    assert broken_rules(page) == []
    problems.clear()


@in_each_room
def test_the_gallery(new_page: Callable[..., Page], server: str, theme: str, lang: str, room: dict[str, int]) -> None:
    page = new_page(viewport=room)
    page.goto(f"{server}/gallery?{urlencode({'theme': theme, 'lang': lang})}")
    assert broken_rules(page) == []


@pytest.mark.parametrize("name", list(core.GALLERY)[::8])
def test_figures(page: Page, server: str, name: str) -> None:
    page.goto(f"{server}/gallery/{name}?lang=ko")
    page.wait_for_function(WALKS)
    assert broken_rules(page) == []
