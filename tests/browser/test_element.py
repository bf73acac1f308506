"""The element in a real Chromium: what is drawn, what moves together, how one walks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import core
from tests.browser.element import (
    DRAWN,
    EXPECTED,
    FIRST,
    HEAD,
    SOBEL,
    WALK,
    embed,
    map_of,
    open_walk,
    shadow_text,
    walked,
)

if TYPE_CHECKING:
    from tests.browser.conftest import Origin


@pytest.mark.parametrize("line", [SOBEL, "cat 64 | conv2d box-3", "cat 64 | max_pool2d 2", "cat 64 | sobel", FIRST])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pixel_of_the_drawn_map_is_the_cores_value(page: Page, server: str, line: str, theme: str) -> None:
    open_walk(page, embed(server, line, theme=theme))
    walked(page, "seek(1e9)")
    page.wait_for_function(f"() => {WALK}.featureMap.values.at(-1) !== null && {WALK}.step === {WALK}.steps - 1")
    page.wait_for_timeout(300)
    expected = map_of(line)
    values = expected.reshape(-1).tolist()
    assert np.allclose(walked(page, "featureMap.values"), values)
    look = "table" if line == FIRST else "picture"
    answer = page.evaluate(EXPECTED, [values, [min(values), max(values)], look, theme == "dark"])
    assert page.evaluate(DRAWN) == answer


def test_pending_cells_are_not_drawn(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, step=3))
    pixels = page.evaluate(DRAWN)
    assert [pixel != 0 for pixel in pixels] == [True] * 4 + [False] * 5


def test_the_colour_scale_is_the_same_from_the_first_step_to_the_last(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL, step=100))
    before = page.evaluate(DRAWN)[:101]
    walked(page, "seek(2000)")
    page.wait_for_function(f"() => {WALK}.featureMap.written > 2000")
    page.wait_for_timeout(300)
    assert page.evaluate(DRAWN)[:101] == before


def test_the_written_out_sum_of_the_lecture(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    assert shadow_text(page, ".lines div") == "1·1 + 2·0 + 3·1 + 2·1 + 1·0 + 0·1 + 3·0 + 0·1 + 1·0 = 6"
    sums = []
    for _ in range(4):
        sums.append(shadow_text(page, ".result"))
        walked(page, "stepForward()")
    assert sums == ["Σ = 6", "Σ = 9", "Σ = 11", "Σ = 10"]


# The step, and which one the arithmetic and the timeline tell, in each of 90 frames and once the walk stands.
TOLD = f"""(speed) => new Promise((done) => {{
  const walk = {WALK}; const root = walk.shadowRoot; const told = [];
  const tell = () => {{
    const [row, column] = root.querySelector('.arithmetic .long').textContent.match(/\\d+/g).map(Number);
    told.push([walk.step, (row - 1) * 62 + column - 1, Number(root.querySelector('.field').value) - 1]);
  }};
  walk.speed = speed; walk.play();
  requestAnimationFrame(function look() {{
    tell();
    if (told.length < 90) return requestAnimationFrame(look);
    walk.pause();
    tell();
    done(told);
  }});
}})"""


def test_window_arithmetic_and_map_show_the_same_step_while_playing(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL))
    told = page.evaluate(TOLD, 60)
    assert [places for places in told if len(set(places)) > 1] == []
    assert walked(page, "step") > 50


def test_faster_than_frames_arithmetic_and_timeline_tell_one_step_and_the_walk_rests_on_it(
    page: Page, server: str
) -> None:
    open_walk(page, embed(server, SOBEL))
    page.wait_for_selector("kernel-walk .effects", state="attached")
    told = page.evaluate(TOLD, 960)
    assert [places for places in told if places[1] != places[2] or places[1] > places[0]] == []
    written = {place for _, place, _ in told}
    assert 5 < len(written) < len({step for step, *_ in told}), (
        "numbers are written now and then, window and map always"
    )
    assert len(set(told[-1])) == 1
    assert walked(page, "step") > 500


def test_an_embed_of_700_by_440_shows_input_arithmetic_and_output_at_once(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(viewport={"width": 700, "height": 440})
    for scene in (SOBEL, FIRST, "cat 64 | sobel", "cat 64 rgb | conv2d gaussian-5", "cat 64 | max_pool2d 2"):
        open_walk(page, embed(server, scene))
        assert page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        ), scene
        for part in (".input .cells", ".arithmetic canvas", ".output .cells", ".timeline"):
            box = page.locator(f"kernel-walk {part}").first.bounding_box()
            assert box, (scene, part)
            assert min(box["x"], box["y"]) >= 0, (scene, part)
            assert box["x"] + box["width"] <= 700, (scene, part, box)
            assert box["y"] + box["height"] <= 440, (scene, part, box)
            assert box["width"] >= 60, (scene, part, box)


def test_a_phone_stacks_in_reading_order_and_never_scrolls_sideways(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    open_walk(page, embed(server, SOBEL, lang="ko"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    tops = [
        page.locator(f"kernel-walk .{pane}").first.bounding_box()["y"] for pane in ("input", "arithmetic", "output")
    ]  # type: ignore[index]
    assert tops == sorted(tops)
    play = page.locator("kernel-walk button.play").bounding_box()
    assert play
    assert play["y"] + play["height"] <= 740
    assert play["height"] >= 44


def test_keys_walk(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    page.locator("kernel-walk .frame").focus()
    steps = []
    for key in ("ArrowRight", "PageDown", ".", "ArrowLeft", "Shift+ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        steps.append(walked(page, "step"))
    assert steps == [1, 2, 3, 2, 5, 8, 0]
    page.keyboard.press("Space")
    assert walked(page, "playing") is True


def test_a_focused_button_keeps_its_space(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    page.locator("kernel-walk button.forward").focus()
    page.keyboard.press("Space")
    assert walked(page, "step") == 1
    assert walked(page, "playing") is False


def test_the_wheel_scrolls_the_page(page: Page, server: str, other_origin: Origin) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    (other_origin.folder / "tall.html").write_text(
        f"{HEAD}<body style='height:4000px'><kernel-walk scene='{FIRST}'></kernel-walk>{script}"
    )
    open_walk(page, f"{other_origin.url}/tall.html")
    page.mouse.move(200, 150)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")


def test_hovering_an_output_cell_inspects_it_and_leaving_restores(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    box = page.locator("kernel-walk .output .cells").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 5 / 6, box["y"] + box["height"] / 2)
    expect(page.locator("kernel-walk .arithmetic .long")).to_have_text("row 2, column 3")
    assert walked(page, "step") == 0
    page.mouse.move(1, 1)
    expect(page.locator("kernel-walk .arithmetic .long")).to_have_text("row 1, column 1")
    page.mouse.click(box["x"] + box["width"] * 5 / 6, box["y"] + box["height"] / 2)
    assert walked(page, "step") == 5


def test_a_step_is_found_by_its_number_or_its_place(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    field = page.locator("kernel-walk .field")
    field.fill("4")
    field.press("Enter")
    assert walked(page, "step") == 3
    field.fill("3:2")
    field.press("Enter")
    assert walked(page, "step") == 7
    page.locator("kernel-walk button.strongest").click()
    assert walked(page, "step") == 2


def test_the_step_is_in_the_accessibility_tree_as_one_sentence(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL + " | relu", step=17))
    value, relu = map_of(SOBEL)[0, 0, 17], 0
    said = page.locator("kernel-walk .sentence")
    text = f"Step 18 of 2542, row 1, column 18: sum of products {value}, ReLU gives {max(value, relu)}.".replace(
        "-", "−"
    )
    expect(said).to_have_text(text)
    assert said.get_attribute("aria-live") == "polite"
    walked(page, "play()")
    assert said.get_attribute("aria-live") == "off"


def test_nothing_plays_by_itself_where_less_motion_is_wished(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(reduced_motion="reduce")
    open_walk(page, embed(server, FIRST, play=1))
    page.wait_for_timeout(200)
    assert walked(page, "playing") is False
    assert walked(page, "step") == 0


def test_play_1_plays(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, play=1))
    page.wait_for_function(f"() => {WALK}.step > 0")


KINDS = [
    ("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | max_pool2d 2", 2, "max(7, 2, 1, 0) = 7"),
    ("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | avg_pool2d 2", 0, "(1 + 3 + 4 + 6) / 4 = 14 / 4 = 3.5"),
    ("[1 -3; -4 6] | relu", 1, "ReLU(−3) = max(0, −3) = 0"),
]


@pytest.mark.parametrize(("line", "step", "text"), KINDS)
def test_each_kind_of_step_is_written_out(page: Page, server: str, line: str, step: int, text: str) -> None:
    open_walk(page, embed(server, line, step=step))
    assert shadow_text(page, ".lines div") == text


ENDINGS = [
    "[1 2; 3 4] | flatten",
    "[1 2; 3 4] | pad 1 replicate",
    "[1 2 0; 3 4 1; 2 2 1] | unfold 2",
    "[1 2; 3 4] | conv_transpose2d [1 2 1; 3 1 0; 1 1 2] stride=2",
    "[1 2 3 4; 5 6 7 8; 1 1 1 1; 2 2 2 2] | fold output_size=3 kernel_size=2",
    "[[[1,2,3,4,5,2,0,1]]] | conv1d [[[1,0,1]]] padding=1",
]


@pytest.mark.parametrize("line", ENDINGS)
def test_every_kind_of_walk_ends_in_the_cores_map(page: Page, server: str, line: str) -> None:
    open_walk(page, embed(server, line))
    walked(page, "seek(1e9)")
    page.wait_for_timeout(200)
    assert walked(page, "featureMap.values") == core.trace(line).feature_map().reshape(-1).tolist()
    assert all(pixel for pixel in page.evaluate(DRAWN))


def test_stamps_add_up_step_by_step(page: Page, server: str) -> None:
    line = "[1 2; 3 4] | conv_transpose2d [1 2; 3 4]"
    for step in range(4):
        open_walk(page, embed(server, line, step=step))
        reached = [bool(pixel) for pixel in page.evaluate(DRAWN)]
        stamped = core.trace("[1 1; 1 1] | conv_transpose2d [1 1; 1 1]").so_far(step + 1).reshape(-1)
        assert reached == [value > 0 for value in stamped.tolist()]


def test_a_large_picture_is_walked_from_anywhere(page: Page, server: str) -> None:
    open_walk(page, embed(server, "camera 512 | conv2d sobel-x padding=same", step=200_000))
    assert walked(page, "steps") == 512 * 512
    walked(page, "seek(131072 + 7)")
    expect(page.locator("kernel-walk .arithmetic .long")).to_have_text("row 257, column 8")
