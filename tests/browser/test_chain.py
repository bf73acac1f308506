"""The chain of a scene as a picture: its maps on the chips of the lab and in the strip of the Network view."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import WALK, expect_step, open_lab
from tests.browser.test_views import open_embed, view

SCENE = "checkerboard 32 | conv2d sobel-x | relu | max_pool2d 2"
NETWORK = (
    "digit-7 | conv2d out=6 kernel_size=5 seed=1 | relu | max_pool2d 2 | conv2d out=16 kernel_size=5 seed=2"
    " | max_pool2d 2 | flatten | linear out=10 seed=4 | softmax"
)
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}

COLOURS = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def seen(place: Locator) -> Locator:
    return place.locator(".seen")


def test_chips_carry_the_maps_of_their_layers_and_the_chosen_one_shows_all_its_channels(
    page: Page, server: str
) -> None:
    open_lab(page, server, NETWORK, layer=3)
    pictures = page.locator(".chip-picture canvas")
    expect(pictures).to_have_count(9)
    page.wait_for_function("() => document.querySelectorAll('.chip-picture canvas')[8].width === 1")
    sizes = pictures.evaluate_all("(pictures) => pictures.map(({ width, height }) => [height, width])")
    assert sizes[:5] == [[28, 28], [24, 24], [24, 24], [12, 12], [2 * 8 + 1, 8 * 8 + 7]]
    assert sizes[6:] == [[32, 4], [10, 1], [10, 1]]
    assert all(count > 2 for count in pictures.evaluate_all(f"(all) => all.slice(0, 6).map({COLOURS})"))


def test_the_maps_of_a_chain_come_in_one_answer(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_lab(page, server, NETWORK, view="network")
    page.wait_for_function("() => document.querySelectorAll('.network-chain canvas')[6].width === 4")
    assert len([url for url in asked if "/api/maps" in url]) == 1
    assert not [url for url in asked if "format=png" in url]


def test_pointing_at_the_walked_map_of_the_network_shows_that_step_and_a_click_goes_there(
    page: Page, server: str
) -> None:
    open_lab(page, server, SCENE, layer=2, view="network")
    walked = page.locator("#view-network .map-box[aria-current] .map")
    box = walked.bounding_box()
    assert box
    walked.scroll_into_view_if_needed()
    walked.hover(position={"x": box["width"] * 0.75, "y": box["height"] * 0.35})
    expect(page.locator("kernel-walk .arithmetic .title")).to_contain_text("row 6, column 12")
    expect_step(page, 0)
    walked.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.35})
    expect_step(page, 5 * 15 + 11)


def test_the_field_of_a_cell_grows_down_to_the_picture(page: Page, server: str) -> None:
    open_lab(page, server, SCENE, layer=2, step=20, view="network")
    expect(page.locator("#view-network .seen")).to_have_text(["4×4", "2×2", "2×2", "1×1"])


def test_a_cell_of_any_map_lights_what_it_sees_in_every_map_below_it(page: Page, server: str) -> None:
    open_lab(page, server, NETWORK, layer=0, view="network")
    strip = page.locator("#view-network .network-chain")
    fourth = strip.locator("li").nth(4)
    fourth.locator(".map").hover(position={"x": 20, "y": 20})
    expect(seen(strip)).to_have_text(["14×14", "10×10", "10×10", "5×5", "1×1", "", "", "", ""])
    page.mouse.move(0, 0)
    expect(seen(strip)).to_have_text(["5×5", "1×1", "", "", "", "", "", "", ""])


def test_a_box_of_the_network_walks_its_layer_and_arrows_go_along(page: Page, server: str) -> None:
    open_embed(page, server, view="network")
    boxes = view(page, "network").locator(".map-box")
    boxes.nth(1).focus()
    page.keyboard.press("ArrowRight")
    expect(boxes.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {WALK}.layer === 1")
    expect(view(page, "network").locator(".map-box[aria-current]")).to_contain_text("ReLU")
    expect(view(page, "network").locator(".map-box").nth(2)).to_be_focused()


def test_a_tap_on_a_map_walks_its_layer_from_that_cell(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(**PHONE)
    open_embed(page, server, NETWORK, view="network", layer=0)
    strip = view(page, "network").locator(".network-chain")
    second = strip.locator("li").nth(3).locator(".map")
    second.scroll_into_view_if_needed()
    box = second.bounding_box()
    assert box
    second.tap(position={"x": box["width"] * 0.99, "y": box["height"] * 0.01})
    third = 2 * 12 * 12 + 11  # six channels of 12 x 12 lie in two rows of three: the right upper corner is the third's
    page.wait_for_function(f"() => {WALK}.layer === 2 && {WALK}.step === {third}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_ten_outputs_are_bars_with_their_classes(page: Page, server: str) -> None:
    open_embed(page, server, NETWORK, view="network", layer=7)
    bars = view(page, "network").locator("[aria-current] .value-bar")
    expect(bars).to_have_count(10)
    expect(bars.locator(".number").nth(9)).not_to_be_empty()
    numbers = [float(text.replace("−", "-")) for text in bars.locator(".number").all_inner_texts()]
    assert abs(sum(numbers) - 1) < 0.01
    most = view(page, "network").locator("[aria-current] .value-bar.most b")
    expect(most).to_have_text(str(numbers.index(max(numbers))))


@pytest.mark.parametrize("size", [(700, 440), (480, 360)])
def test_in_a_low_frame_names_take_one_line_and_nothing_is_cut_through(
    new_page: Callable[..., Page], server: str, size: tuple[int, int]
) -> None:
    page = new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{server}/embed?scene=@lenet-5&views=network&step=0")
    names = page.locator(".network-chain .map-name")
    expect(names).to_have_count(16)
    page.wait_for_function(
        "() => document.querySelector('kernel-walk').shadowRoot.querySelector('.map canvas')?.width > 1"
    )
    expect(names.nth(4)).to_have_attribute("title", "Scaled hyperbolic tangent")
    assert names.nth(4).inner_text() == "Scaled hyperbolic tangent"
    within = """(parts) => {
      const room = parts[0].closest('.linked-place').getBoundingClientRect();
      const boxes = parts.map((part) => part.getBoundingClientRect());
      return boxes.map(({ height, bottom }) => [height, room.bottom - bottom]);
    }"""
    for height, left in page.locator(".network-chain :is(.map-name, .map-shape)").evaluate_all(within):
        assert height < 26
        assert left >= 0
