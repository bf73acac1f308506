"""The lab on a telephone: settings as a sheet under the picture, the chain in one row with the maps of its layers."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.lab import expect_line, open_lab

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def test_a_setting_is_changed_while_the_picture_is_in_sight(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(**PHONE)
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    page.get_by_role("button", name="Settings").click()
    stride = page.locator("#setting-stride")
    stride.scroll_into_view_if_needed()
    expect(stride).to_be_in_viewport()
    expect(page.locator("kernel-walk .input canvas, kernel-walk canvas").first).to_be_in_viewport()
    stride.fill("2")
    expect_line(page, "checkerboard | conv2d sobel-x stride=2")
    expect(stride).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".dock button").first).to_be_focused()
    expect(page.locator(".dock button").first).to_have_attribute("aria-expanded", "false")


def test_views_and_gallery_are_under_the_thumb(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(**PHONE)
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    page.locator(".dock").get_by_role("button", name="Views").click()
    expect(page.locator("#views")).to_be_in_viewport()
    page.locator(".dock").get_by_role("link", name="Gallery").click()
    page.wait_for_url("**/gallery*")


def test_a_long_chain_is_one_row_with_the_chosen_layer_in_sight(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | " + " | ".join(["relu"] * 24), layer=20)
    heights = page.locator(".chip-item").evaluate_all("(items) => items.map((item) => Math.round(item.offsetTop))")
    assert len(set(heights)) == 1
    expect(page.locator(".chip[aria-current]")).to_be_in_viewport(ratio=0.9)


def test_what_comes_out_of_several_channels_is_in_the_first_screen(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(**PHONE)
    open_lab(page, server, "cat 64 rgb | conv2d out=2 kernel_size=3 seed=1", step=100)
    result, bar, board = (
        page.locator(f"kernel-walk {part}").bounding_box() for part in (".result", ".timeline", ".board")
    )
    assert result
    assert bar
    assert board
    assert result["y"] + result["height"] <= board["y"] + 1 <= bar["y"]


def test_waiting_pushes_nothing_off_the_screen(new_page: Callable[..., Page], server: str, problems: list[str]) -> None:
    page = new_page(**PHONE)
    open_lab(page, server, "cat 64 | conv2d sobel-x")
    speed = page.locator("kernel-walk .speed input")
    stands = speed.bounding_box()
    page.route("**/api/steps**", lambda route: route.abort())
    page.evaluate("document.querySelector('kernel-walk').seek(2000)")
    waiting = page.locator("kernel-walk .waiting")
    expect(waiting).to_be_visible()
    assert speed.bounding_box() == stands
    box = waiting.bounding_box()
    assert box
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
    problems.clear()
