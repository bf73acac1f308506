"""The lab in a real Chromium: the main job end to end, and every view of the scene saying the same."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import core
from app.pictures.colours import to_grey
from app.pictures.normalise import normalise
from app.pictures.resize import area_average
from app.pictures.samples import FOLDER, sample_pixels
from app.settings import Settings
from tests.browser.lab import (
    DROP,
    PASTE,
    TEXT_PASTE,
    WALK,
    expect_line,
    expect_step,
    line,
    open_lab,
    ready,
    state,
    type_line,
    walked,
)

PHOTOGRAPH = FOLDER / "rocket.jpg"
DRAWN = """async ([values, range]) => {
  const { scaleOf } = await import('/static/drawing/scale.js');
  const scale = scaleOf(range, "picture", false);
  const canvas = document.querySelector('kernel-walk').shadowRoot.querySelector('.output .cells');
  const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const drawn = new Uint32Array(image.data.buffer);
  return [drawn.length, values.filter((value, place) => drawn[place] !== scale.pixel(value)).length];
}"""


def photograph() -> list[str]:
    return [PHOTOGRAPH.name, "image/jpeg", base64.b64encode(PHOTOGRAPH.read_bytes()).decode()]


def expected_map(chain: str) -> np.ndarray[Any, Any]:
    """What the core makes of the photograph, 64 cells long."""
    pixels = area_average(to_grey(normalise(PHOTOGRAPH.read_bytes(), Settings()).pixels), 64)
    return core.trace(core.parse(f"picture | {chain}"), pixels).feature_map()


# --- the main job


def test_an_uploaded_photograph_is_filtered_to_the_last_pixel(page: Page, server: str) -> None:
    open_lab(page, server)
    page.click(".chip.input")
    page.set_input_files("input[type=file]", PHOTOGRAPH)
    page.wait_for_function(f"() => {WALK}.opening.line.startsWith('image:')")
    page.click("[data-layer='0'] .chip")
    page.click(".filter-button")
    page.click("[data-filter=prewitt-x]")
    page.wait_for_function(f"() => {WALK}.opening.line.endsWith('conv2d prewitt-x')")
    play_to_the_end(page)
    expected = expected_map("prewitt-x").reshape(-1).tolist()
    assert walked(page, "featureMap.values") == expected
    assert page.evaluate(DRAWN, [expected, [min(expected), max(expected)]]) == [len(expected), 0]


def play_to_the_end(page: Page) -> None:
    page.evaluate(f"{WALK}.addEventListener('end', () => document.body.classList.add('ended'), {{ once: true }})")
    walked(page, "speed = 1e9")
    walked(page, "play()")
    page.wait_for_selector("body.ended")
    page.wait_for_function(f"() => {WALK}.step === {WALK}.steps - 1")
    page.wait_for_timeout(200)  # the last frame is drawn


@pytest.mark.parametrize("arrival", [DROP, PASTE], ids=["dropped", "pasted"])
def test_a_picture_may_be_dropped_or_pasted_anywhere(page: Page, server: str, arrival: str) -> None:
    open_lab(page, server)
    page.evaluate(arrival, photograph())
    page.wait_for_function(f"() => /^image:\\w+ 64 \\| conv2d sobel-x$/.test({WALK}.opening.line)")
    assert re.fullmatch(r"image:\w+ 64 \| conv2d sobel-x", line(page))


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_walk_goes_on(
    page: Page, server: str, problems: list[str]
) -> None:
    open_lab(page, server)
    page.evaluate(DROP, ["notes.txt", "text/plain", base64.b64encode(b"not a picture").decode()])
    expect(page.locator(".input-form .complaint:visible")).to_contain_text("not a picture")
    expect_line(page, "cat 64 | conv2d sobel-x")
    problems.clear()


def test_the_lab_opens_walking_a_sample(page: Page, server: str) -> None:
    page.goto(server)
    ready(page)
    page.wait_for_function(f"() => {WALK}.playing && {WALK}.step > 3")
    expect_line(page, "cat 64 | conv2d sobel-x")


def test_nothing_moves_by_itself_for_those_who_ask_for_calm(new_page: Any, server: str) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(server)
    ready(page)
    page.wait_for_timeout(400)
    assert (walked(page, "playing"), walked(page, "step")) == (False, 0)


# --- one state, many places


def test_the_address_brings_back_the_same_scene_layer_step_and_view(page: Page, server: str) -> None:
    open_lab(page, server, "cat 32 | sobel-x stride=2 | relu")
    page.click("[data-layer='1'] .chip")
    page.wait_for_function(f"() => {WALK}.layer === 1")
    page.keyboard.press("End")
    page.click("#tab-code")
    last = walked(page, "steps") - 1
    page.wait_for_function(f"() => location.search.includes('step={last}')")
    before = state(page)
    page.reload()
    ready(page)
    expect_step(page, last)
    page.wait_for_timeout(300)
    assert state(page) == before
    assert before == {
        "scene": "cat 32 | conv2d sobel-x stride=2 | relu",
        "layer": "1",
        "step": str(last),
        "view": "code",
    }
    assert page.get_attribute("#tab-code", "aria-selected") == "true"


def test_keys_step_both_ways_and_jump_wherever_the_focus_is_free(page: Page, server: str) -> None:
    open_lab(page, server)
    for key, step in [
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("PageDown", 2),
        ("Shift+ArrowRight", 64),
    ]:
        page.keyboard.press(key)
        expect_step(page, step)
    page.keyboard.press("Home")
    expect_step(page, 0)
    page.keyboard.press("4")
    expect(page.locator("#tab-formula")).to_have_attribute("aria-selected", "true")


def test_scrubbing_moves_every_view_to_the_same_step(page: Page, server: str) -> None:
    open_lab(page, server)
    page.locator("kernel-walk .scrubber").fill("700")
    expect_step(page, 700)
    output = core.trace(core.parse("cat 64 | sobel-x"), cat())[700]["output"]
    shown = str(output).replace("-", "−")
    expect(page.locator("#view-numbers .place")).to_contain_text("step 701 of 2542")
    expect(page.locator("#view-numbers .number-table tr").last.locator("td").last).to_have_text(shown)
    page.click("#tab-formula")
    expect(page.locator("#view-formula .rule-numbers .role-output").last).to_have_text(shown)
    page.click("#tab-code")
    expect(page.locator("#view-code .code-line")).to_contain_text("y[0, 11, 18] = (x[:, 11:14, 18:21] * w[0]).sum()")


def cat() -> np.ndarray[Any, Any]:
    return area_average(to_grey(sample_pixels("cat")), 64)


def test_back_brings_the_scene_before(page: Page, server: str) -> None:
    open_lab(page, server)
    type_line(page, "edge | box-3")
    expect_line(page, "edge | conv2d box-3")
    page.go_back()
    expect_line(page, "cat 64 | conv2d sobel-x")
    page.go_forward()
    expect_line(page, "edge | conv2d box-3")


def test_a_wrong_line_is_told_with_the_nearest_name_and_escape_takes_it_back(
    page: Page, server: str, problems: list[str]
) -> None:
    open_lab(page, server, step=9)
    type_line(page, "cat 64 | sobell")
    expect(page.locator("#scene-error")).to_contain_text("operation is 'sobell': did you mean sobel?")
    assert (walked(page, "step"), walked(page, "opening.line")) == (9, "cat 64 | conv2d sobel-x")
    page.press("#scene-line", "Escape")
    expect_line(page, "cat 64 | conv2d sobel-x")
    expect(page.locator("#scene-error")).to_be_hidden()
    problems.clear()


def test_an_address_that_is_refused_says_why_above_a_walking_sample(
    page: Page, server: str, problems: list[str]
) -> None:
    open_lab(page, server, "cat 64 | sobell")
    expect(page.locator("#scene-error")).to_contain_text("did you mean sobel?")
    expect_line(page, "cat 64 | sobell")
    problems.clear()


# --- chips


def test_chips_add_reorder_and_remove_operations(page: Page, server: str) -> None:
    open_lab(page, server, "cat 32 | sobel-x")
    page.click(".chip.add")
    page.click("[data-operation=relu]")
    expect_line(page, "cat 32 | conv2d sobel-x | relu")
    assert walked(page, "layer") == 1
    page.focus("[data-layer='1'] .chip")
    page.keyboard.press("Alt+ArrowLeft")
    expect_line(page, "cat 32 | relu | conv2d sobel-x")
    expect(page.locator("[data-layer='0'] .chip")).to_be_focused()
    page.locator("[data-layer='0']").drag_to(page.locator("[data-layer='1']"))
    expect_line(page, "cat 32 | conv2d sobel-x | relu")
    page.focus("[data-layer='1'] .chip")
    page.keyboard.press("Delete")
    expect_line(page, "cat 32 | conv2d sobel-x")
    page.keyboard.press("Delete")
    expect(page.locator("#scene-error")).to_contain_text("at least one operation")


# --- the kernel editor


def test_a_written_cell_makes_the_kernel_ones_own_and_the_line_says_so(
    page: Page, server: str, problems: list[str]
) -> None:
    open_lab(page, server, step=5)
    page.fill(".kernel-editor .grid input >> nth=0", "-7")
    expect_line(page, "cat 64 | conv2d [-7 0 1; -2 0 2; -1 0 1]")
    expect(page.locator(".filter-title")).to_have_text("Custom kernel")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".kernel-editor .grid input >> nth=3")).to_be_focused()
    page.fill(".kernel-editor .grid input >> nth=3", "x")
    expect(page.locator(".kernel-editor .grid input >> nth=3")).to_have_attribute("aria-invalid", "true")
    assert (line(page), walked(page, "step")) == ("cat 64 | conv2d [-7 0 1; -2 0 2; -1 0 1]", 5)
    problems.clear()


def test_a_kernel_is_pasted_from_a_spreadsheet_turned_resized_and_divided(page: Page, server: str) -> None:
    open_lab(page, server)
    page.focus(".kernel-editor .grid input >> nth=0")
    page.evaluate(TEXT_PASTE, "1\t2\n3\t4")
    expect_line(page, "cat 64 | conv2d [1 2; 3 4]")
    page.get_by_role("button", name="Rotate by 90 degrees").click()
    expect_line(page, "cat 64 | conv2d [3 1; 4 2]")
    page.get_by_role("button", name="Change every sign").click()
    expect_line(page, "cat 64 | conv2d [-3 -1; -4 -2]")
    page.get_by_role("button", name="Divide by the sum of the kernel").click()
    expect_line(page, "cat 64 | conv2d [-3 -1; -4 -2] divisor=-10")
    page.get_by_label("Kernel columns").fill("3")
    page.keyboard.press("Tab")
    expect_line(page, "cat 64 | conv2d [-3 -1 0; -4 -2 0] divisor=-10")


# --- code that gives the same numbers


@pytest.mark.parametrize(
    "chain",
    [
        "conv2d [1 2 0; 0 -1 1] stride=2 padding=((1,0),(2,1)) bias=3 divisor=4",
        "conv2d box-3 padding=same padding_mode=reflect dilation=2",
        "conv2d [[[[1,2],[3,4]]],[[[0,1],[1,0]]]] flip=true bias=[1 2]",
        "sobel stride=2 padding=1",
        "max_pool2d 3 stride=2 padding=1 ceil_mode=true",
        "avg_pool2d 3 stride=2 padding=1 ceil_mode=true count_include_pad=false",
        "lp_pool2d 2 2",
        "elu 0.5",
        "softmax dim=1",
        "pad 1 mode=replicate",
        "flatten",
        "global_avg_pool2d",
        "fold 6 2 stride=2",
    ],
)
def test_the_code_shown_gives_the_cores_numbers(page: Page, server: str, chain: str) -> None:
    matrix = "[3 1 4 1 5; 9 2 6 5 3; 5 8 9 7 9; 3 2 3 8 4]"
    if chain.startswith("fold"):
        matrix = json.dumps([[[row * 9 + col for col in range(9)] for row in range(4)]])
    open_lab(page, server, f"{matrix} | {chain}", view="code")
    code = page.locator("#view-code pre code")
    expect(code).not_to_be_empty()  # it comes with an answer of its own
    names: dict[str, Any] = {}
    exec(code.inner_text(), names)
    expected = core.trace(core.parse(f"{matrix} | {chain}")).feature_map()
    assert np.allclose(names["y"], expected)
    assert names["y"].shape == expected.shape
