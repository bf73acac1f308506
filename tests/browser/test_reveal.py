"""A deck of reveal.js, as its package has it: slides that are scaled, hidden, left, and shown again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Frame, Page, expect

from app.routes.oembed import frame
from tests.browser.element import FIRST, HEAD, SOBEL, WALK, clicked, embed
from tests.running import ROOT

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

REVEAL = ROOT / "node_modules" / "reveal.js" / "dist"
DECK = """<script>heard = []; addEventListener("message", ({{ data }}) => heard.push(data));</script>
<link rel="stylesheet" href="reveal/reveal.css"><link rel="stylesheet" href="reveal/theme/white.css">
<div class="reveal"><div class="slides">{slides}</div></div>
<script src="reveal/reveal.js"></script>
<script>
Reveal.initialize({{ transition: "{transition}", transitionSpeed: "fast", width: 960, height: 700 }});</script>"""
STEPS = "heard.filter((said) => said.event === 'step').map((said) => said.detail.index)"
AT = "[Reveal.getIndices().h, Reveal.getIndices().v]"
UNSEEN = 700  # milliseconds that a walk of 200 steps a second would not stand still in


def deck(
    page: Page, other_origin: Origin, *slides: str, transition: str = "fade", height: int = 800, script: str = ""
) -> None:
    (other_origin.folder / "reveal").symlink_to(REVEAL)
    body = DECK.format(slides="".join(f"<section>{slide}</section>" for slide in slides), transition=transition)
    (other_origin.folder / "deck.html").write_text(HEAD + body + script)
    page.set_viewport_size({"width": 1280, "height": height})
    page.goto(f"{other_origin.url}/deck.html")
    page.wait_for_function("() => window.Reveal?.isReady()")


def framed(page: Page) -> Frame:
    """The frame of the deck, with its scene."""
    page.wait_for_function("() => heard.length > 0")
    return next(found for found in page.frames if "/embed" in found.url)


def element(server: str, words: str = "autoplay speed=200 loop") -> str:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    return f'<kernel-walk lang="en" scene="{FIRST}" {words}></kernel-walk>{script}'


def line(server: str, **words: Any) -> str:
    return frame(embed(server, FIRST, **words), "A figure", 700, 440)


@pytest.mark.parametrize("transition", ["slide", "fade", "none"])
def test_a_frame_begins_when_its_slide_is_shown_and_stands_still_when_it_is_left(
    page: Page, server: str, other_origin: Origin, transition: str
) -> None:
    """Whatever it did while nobody saw it: a frame cannot know that its slide is laid out and invisible."""
    walking = frame(embed(server, SOBEL, step=9, play=1, speed=50), "A figure", 700, 440)
    deck(page, other_origin, "<h2>Before</h2>", walking, transition=transition)
    page.evaluate("heard.length = 0; Reveal.next()")
    page.wait_for_function(f"() => {STEPS}.lastIndexOf(9) >= 0 && {STEPS}.at(-1) > 12")
    steps = page.evaluate(STEPS)
    assert all(before < step for before, step in pairwise(steps[steps.index(9) :]))
    page.evaluate("heard.length = 0; Reveal.prev()")
    page.wait_for_function("() => heard.some((said) => said.event === 'pause')")
    left = framed(page).evaluate(f"{WALK}.step")
    page.wait_for_timeout(UNSEEN)
    assert framed(page).evaluate(f"{WALK}.step") == left


@pytest.mark.parametrize("transition", ["slide", "fade", "none"])
def test_an_element_walks_on_its_own_slide_only(page: Page, server: str, other_origin: Origin, transition: str) -> None:
    deck(page, other_origin, "<h2>Before</h2>", element(server), transition=transition)
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    page.wait_for_timeout(UNSEEN)
    assert page.evaluate(f"{WALK}.step") == 0
    page.evaluate(f"seen = []; {WALK}.addEventListener('step', ({{ detail }}) => seen.push(detail.index))")
    page.evaluate("Reveal.next()")
    page.wait_for_function("() => seen.length > 12")
    page.evaluate("Reveal.prev()")
    page.wait_for_function(f"() => !{WALK}.checkVisibility({{ visibilityProperty: true, opacityProperty: true }})")
    page.wait_for_timeout(UNSEEN)
    after = page.evaluate("seen.length")
    page.wait_for_timeout(UNSEEN)
    assert page.evaluate("seen.length") == after


@pytest.mark.parametrize("height", [560, 800, 1080])
def test_on_a_scaled_slide_the_timeline_lies_below_the_numbers_and_a_click_lands_where_it_is_seen(
    page: Page, server: str, other_origin: Origin, height: int
) -> None:
    deck(page, other_origin, element(server, "style='width: 940px; font-size: 16px'"), height=height)
    expect(page.locator("kernel-walk .output .cells")).to_be_visible()
    boxes = [
        page.locator(f"kernel-walk {part}").bounding_box() for part in (".timeline", ".pane.arithmetic", ".pane.output")
    ]
    timeline, *numbers = [box for box in boxes if box]
    assert len(numbers) == 2
    assert all(box["y"] + box["height"] <= timeline["y"] + 1 for box in numbers)
    assert [clicked(page, ".output .cells", cell) for cell in (0, 4, 8, 2)] == [0, 4, 8, 2]


def test_the_clicker_leaves_a_frame_at_its_end_and_at_its_beginning(
    page: Page, server: str, other_origin: Origin
) -> None:
    deck(page, other_origin, "<h2>Before</h2>", line(server, step=7), "<h2>After</h2>")
    page.evaluate("Reveal.next()")
    figure = framed(page)
    box = page.locator("iframe").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 12)
    page.keyboard.press("PageDown")
    figure.wait_for_function(f"() => {WALK}.step === 8")
    assert page.evaluate(AT) == [1, 0]
    page.keyboard.press("PageDown")
    page.wait_for_function(f"() => {AT}[0] === 2")
    page.evaluate("Reveal.prev()")
    figure.evaluate(f"{WALK}.seek(0)")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 12)
    page.keyboard.press("PageUp")
    page.wait_for_function(f"() => {AT}[0] === 0")


def test_a_frame_that_was_first_laid_out_without_a_size_fits_its_slide(
    page: Page, server: str, other_origin: Origin
) -> None:
    hidden = line(server).replace(' loading="lazy"', "").replace(" src=", " data-preload src=")
    deck(page, other_origin, "<h2>1</h2>", "<h2>2</h2>", "<h2>3</h2>", "<h2>4</h2>", "<h2>5</h2>", hidden)
    figure = framed(page)
    figure.wait_for_function("() => innerWidth === 0", polling=50)  # as soon as the deck has hidden what is far
    page.evaluate("Reveal.slide(5)")
    expect(figure.locator("kernel-walk .output .cells")).to_be_visible()
    figure.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.output .cells').clientWidth > 100")
    assert figure.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_fragments_lead_a_frame_as_the_documentation_says(page: Page, server: str, other_origin: Origin) -> None:
    told = (ROOT / "docs" / "embedding.md").read_text().replace("HOST", server)
    found = re.search(r"<section>(.*?)</section>\s*(<script>.*?</script>)", told, re.DOTALL)
    assert found
    deck(page, other_origin, found[1], script=found[2])
    figure = framed(page)
    for turn, step in (("next", 17), ("next", 900), ("prev", 17), ("prev", 0)):
        page.evaluate(f"Reveal.{turn}()")
        figure.wait_for_function(f"(step) => {WALK}.step === step", arg=step)
