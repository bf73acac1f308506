"""Sliders of the lab: the map follows them, a drag is one step of the history, and they offer what is possible."""

from playwright.sync_api import Page, expect

from tests.browser.lab import WALK, expect_line, open_lab

STRIDE = "[data-name=stride] .slider"
DRAW = """([selector, values]) => {
  const slider = document.querySelector(selector);
  slider.focus();
  for (const value of values) {
    slider.value = String(value);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
RELEASE = "(selector) => document.querySelector(selector).dispatchEvent(new Event('change', { bubbles: true }))"


def draw(page: Page, selector: str, *values: float) -> None:
    """As a hand draws: one input after another, and not yet let go."""
    page.evaluate(DRAW, [selector, list(values)])


def test_a_drag_shows_each_map_and_is_one_step_of_the_history(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    before = page.evaluate("history.length")
    for stride in (2, 3, 4):
        draw(page, STRIDE, stride)
        expect_line(page, f"checkerboard | conv2d sobel-x stride={stride}")
    page.evaluate(RELEASE, STRIDE)
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect_line(page, "checkerboard | conv2d sobel-x")


def test_two_drags_are_two_steps_of_the_history(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    before = page.evaluate("history.length")
    for stride in (2, 5):
        draw(page, STRIDE, stride)
        expect_line(page, f"checkerboard | conv2d sobel-x stride={stride}")
        page.evaluate(RELEASE, STRIDE)
    assert page.evaluate("history.length") == before + 2


def test_a_fast_drag_ends_at_its_last_place(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    draw(page, STRIDE, *range(2, 17), 7)
    page.evaluate(RELEASE, STRIDE)
    expect_line(page, "checkerboard | conv2d sobel-x stride=7")


def test_a_slider_goes_as_far_as_the_setting_may(page: Page, server: str) -> None:
    open_lab(page, server, "[1 2 3 4 5; 6 7 8 9 1; 2 3 4 5 6; 7 8 9 1 2; 3 4 5 6 7] | conv2d box-3")
    expect(page.locator("[data-name=stride] .slider")).to_have_attribute("max", "2")
    expect(page.locator("[data-name=padding] .slider")).to_have_attribute("max", "2")
    draw(page, "[data-name=padding] .slider", 2)
    expect(page.locator("#scene-line")).to_have_value(
        "[1 2 3 4 5; 6 7 8 9 1; 2 3 4 5 6; 7 8 9 1 2; 3 4 5 6 7] | conv2d box-3 padding=2"
    )


def test_the_slider_of_a_kernel_keeps_its_numbers(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d [1 2 3; 4 5 6; 7 8 9]")
    for size, line in ((1, "[1]"), (3, "[1 2 3; 4 5 6; 7 8 9]")):
        draw(page, ".kernel-editor .slider", size)
        page.wait_for_function(
            "(size) => document.querySelectorAll('.kernel-editor .grid input').length === size * size", arg=size
        )
        page.evaluate(RELEASE, ".kernel-editor .slider")
        if size == 3:
            expect_line(page, f"checkerboard | conv2d {line}")


def test_a_threshold_slides_over_the_values_that_come_in(page: Page, server: str) -> None:
    open_lab(page, server, "[0 50 100; 150 200 250; 10 20 30] | clip 0")
    slider = page.locator("[data-name=min] .slider")
    expect(slider).to_have_attribute("max", "250")
    draw(page, "[data-name=min] .slider", 120)
    expect_line(page, "[0 50 100; 150 200 250; 10 20 30] | clip 120")


def test_noise_slides_and_its_map_follows(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard 16 | noise")
    slider = page.locator("[data-name=amount] .slider")
    expect(slider).to_have_attribute("max", "100")
    seen = set()
    for amount in (0, 40, 80):
        draw(page, "[data-name=amount] .slider", amount)
        expect_line(page, f"checkerboard 16 | noise {amount}")
        seen.add(str(page.evaluate(f"{WALK}.opening.steps.map(({{ output }}) => output)")))
    assert len(seen) == 3
    page.locator("#setting-mode").select_option("salt_and_pepper")
    expect_line(page, "checkerboard 16 | noise 80 salt_and_pepper")


def test_a_threshold_of_its_own_slides_over_the_values_that_come_in(page: Page, server: str) -> None:
    open_lab(page, server, "[0 50 100; 150 200 250; 10 20 30] | threshold 5")
    expect(page.locator("[data-name=threshold] .slider")).to_have_attribute("max", "250")
    draw(page, "[data-name=threshold] .slider", 120)
    expect_line(page, "[0 50 100; 150 200 250; 10 20 30] | threshold 120")
    assert page.evaluate(f"{WALK}.opening.steps.map(({{ output }}) => output)") == [0, 0, 0, 150, 200, 250, 0, 0, 0]


def test_a_picture_slides_both_ways_in_its_frame(page: Page, server: str) -> None:
    open_lab(page, server, "[1 2 3; 4 5 6] | shift")
    slider = page.locator("[data-name=cols] .slider")
    expect(slider).to_have_attribute("min", "-3")
    for columns, row in ((-2, [3, 0, 0]), (1, [0, 1, 2])):
        draw(page, "[data-name=cols] .slider", columns)
        expect_line(page, f"[1 2 3; 4 5 6] | shift 0 {columns}")
        assert page.evaluate(f"{WALK}.opening.steps.slice(0, 3).map(({{ output }}) => output)") == row


def test_a_layer_by_its_sizes_takes_the_place_of_a_weight_and_back(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    expect(page.locator("[data-name=kernel_size]")).to_be_hidden()
    page.fill("#setting-out", "2")
    expect_line(page, "checkerboard | conv2d out=2 kernel_size=3")
    expect(page.locator("[data-name=kernel_size]")).to_be_visible()


def test_rare_settings_stand_behind_more_and_come_forth_when_they_say_something(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    expect(page.locator("#setting-flip")).to_be_hidden()
    page.locator(".more summary").click()
    page.locator("#setting-flip").check()
    expect_line(page, "checkerboard | conv2d sobel-x flip=true")
    open_lab(page, server, "checkerboard | conv2d sobel-x flip=true")
    expect(page.locator("#setting-flip")).to_be_visible()


def test_a_region_is_shifted_over_the_picture_and_the_map_follows(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard crop=(4,8,32,32) | conv2d sobel-x")
    page.locator(".chip.input").click()
    before = page.evaluate("history.length")
    slider = page.get_by_role("slider", name="Shift right")
    expect(slider).to_have_attribute("max", "32")
    for place in (9, 10, 11):
        draw(page, "[aria-label='Shift right']", place)
        expect_line(page, f"checkerboard crop=(4,{place},32,32) | conv2d sobel-x")
    page.evaluate(RELEASE, "[aria-label='Shift right']")
    assert page.evaluate("history.length") == before + 1
