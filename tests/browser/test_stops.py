"""A walk with stops in a real browser: it pauses, says the note, goes on, and keeps to its range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, HEAD, SOBEL, WALK, embed, open_walk, shadow_text, walked

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

STOPS = "0:the corner,4:in the middle, where all nine meet,last:nine sums"
STANDS = "() => !{walk}.playing && {walk}.step === {step}"


def stands_at(page: Page, step: int) -> None:
    page.wait_for_function(STANDS.format(walk=WALK, step=step))


def note(page: Page) -> str:
    return shadow_text(page, ".notes .now")


def test_playing_goes_from_stop_to_stop_and_says_the_note_of_each(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, stops=STOPS, speed=30))
    expect(page.locator("kernel-walk .notes .now")).to_have_text("the corner")
    for step, said in ((4, "in the middle, where all nine meet"), (8, "nine sums")):
        page.locator("kernel-walk .play").click()
        stands_at(page, step)
        expect(page.locator("kernel-walk .notes .now")).to_have_text(said)
        expect(page.locator("kernel-walk .sentence")).to_have_text(re.compile(f"Step {step + 1} of 9.*{said}"))
    assert walked(page, "featureMap.values").count(None) == 0


def test_a_stop_is_said_as_text_whatever_is_written_in_it(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, stops="0:<img src=x onerror=alert(1)>"))
    assert note(page) == "<img src=x onerror=alert(1)>"


def test_nothing_moves_when_a_note_comes_and_goes(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, stops=STOPS))
    box = page.locator("kernel-walk .panes").bounding_box()
    page.evaluate(f"{WALK}.seek(2)")
    expect(page.locator("kernel-walk .notes .now")).to_have_count(0)
    assert page.locator("kernel-walk .panes").bounding_box() == box


def test_the_strongest_answer_is_a_stop_once_the_map_is_there(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL, stops="strongest:here"))
    tick = page.locator("kernel-walk .ticks i")
    expect(tick).to_have_count(1)
    place = int(tick.get_attribute("data-index") or -1)
    values = page.evaluate(
        "fetch('/api/feature-map?format=json&scene=' + encodeURIComponent('" + SOBEL + "'))"
        ".then((answer) => answer.json()).then(({ values }) => values.flat(2).map(Math.abs))"
    )
    assert values[place] == max(values)


def test_a_long_walk_with_stops_is_short(page: Page, server: str) -> None:
    open_walk(page, embed(server, "cat 256 | sobel-x", stops="30000:half"))
    page.locator("kernel-walk .play").click()
    page.wait_for_function(f"() => {WALK}.step > 0")
    assert 30000 / walked(page, "speed") <= 45 / 2


def test_start_and_stop_bound_the_walk_its_keys_and_its_scrubber(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, start=3, stop=6))
    assert walked(page, "step") == 3
    page.locator("kernel-walk .frame").focus()
    for key, step in (("End", 5), ("ArrowRight", 5), ("Home", 3), ("ArrowLeft", 3)):
        page.keyboard.press(key)
        assert walked(page, "step") == step
    scrubber = page.locator("kernel-walk .scrubber")
    assert [scrubber.get_attribute(name) for name in ("min", "max")] == ["3", "5"]


def test_a_cell_that_is_looked_at_is_marked_where_the_scrubber_of_the_range_has_it(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, start=3, stop=8))
    box = page.locator("kernel-walk .output .cells").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 5 / 6)  # the eighth of nine
    expect(page.locator("kernel-walk .looked")).to_have_text("8")
    ghost, scrubber = (page.locator(f"kernel-walk .{part}").bounding_box() for part in ("ghost", "scrubber"))
    assert ghost
    assert scrubber
    assert abs(ghost["x"] + ghost["width"] - scrubber["x"] - scrubber["width"]) < 2


def test_stops_of_one_layer_are_not_those_of_the_next(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST + " | relu", stops="2:edge", start=1))
    expect(page.locator("kernel-walk .ticks i")).to_have_count(1)
    page.evaluate(f"{WALK}.layer = 1")
    page.wait_for_function(f"() => {WALK}.layer === 1")
    expect(page.locator("kernel-walk .ticks i")).to_have_count(0)


def test_a_clicker_walks_from_stop_to_stop_and_out_of_the_last(page: Page, server: str, other_origin: Origin) -> None:
    address = embed(server, FIRST, stops="4:middle", speed=30).replace("&", "&amp;")
    heard = "<script>heard = []; onmessage = (message) => heard.push(message.data)</script>"
    (other_origin.folder / "deck.html").write_text(f'{HEAD}{heard}<iframe width="700" height="440" src="{address}">')
    page.goto(f"{other_origin.url}/deck.html")
    page.wait_for_function("() => heard.some(({ event }) => event === 'ready')")
    page.frame_locator("iframe").locator("kernel-walk .frame").focus()
    for step in (4, 8):
        page.keyboard.press("PageDown")
        page.wait_for_function(f"() => heard.at(-1).event === 'pause' || heard.at(-1).event === 'end' || {step} < 0")
        page.wait_for_function(f"() => heard.findLast(({{ event }}) => event === 'step')?.detail.index === {step}")
        page.wait_for_function("() => ['pause', 'end'].includes(heard.findLast((m) => m.event !== 'step').event)")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => heard.some(({ event }) => event === 'leave')")


@pytest.mark.parametrize("stops", ["zebra", "999:far", ",,,", "-99"])
def test_words_that_say_nothing_leave_a_plain_walk(page: Page, server: str, stops: str) -> None:
    open_walk(page, embed(server, FIRST, stops=stops, start="x", stop="-99"))
    expect(page.locator("kernel-walk .ticks i")).to_have_count(0)
    expect(page.locator("kernel-walk .notes")).to_be_hidden()
    assert page.locator("kernel-walk .scrubber").get_attribute("max") == "8"


def test_an_element_takes_its_stops_whenever_they_are_set(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    page.evaluate(f"{WALK}.setAttribute('stops', '0:now')")
    expect(page.locator("kernel-walk .notes .now")).to_have_text("now")
    page.evaluate(f"{WALK}.removeAttribute('stops')")
    expect(page.locator("kernel-walk .notes")).to_be_hidden()
