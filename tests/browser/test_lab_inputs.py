"""Inputs in the lab: random numbers from a seed, uploads that stay in reach, pictures too thin for a kernel."""

from base64 import b64encode
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.lab import DROP, expect_line, line, open_lab

FORM = ".input-form"


def picture(width: int, height: int, shade: int = 90) -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize((width, height)).point(lambda value: (value + shade) % 256).save(file, "PNG")
    return file.getvalue()


def drop(page: Page, content: bytes, name: str = "picture.png") -> None:
    page.evaluate(DROP, [name, "image/png", b64encode(content).decode()])


def show_input(page: Page) -> None:
    page.locator(".chip.input").click()
    expect(page.locator(FORM)).to_be_visible()


def test_random_numbers_are_chosen_changed_and_written_out(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3 padding=1")
    show_input(page)
    page.get_by_role("button", name="Random", exact=True).click()
    expect_line(page, "random 6x6 seed=1 | conv2d box-3 padding=1")
    page.get_by_role("button", name="Other numbers").click()
    expect_line(page, "random 6x6 seed=2 | conv2d box-3 padding=1")
    page.fill("#input-most", "3")
    page.press("#input-most", "Enter")
    expect_line(page, "random 6x6 seed=2 max=3 | conv2d box-3 padding=1")
    page.get_by_label("Random numbers: columns").fill("4")
    page.get_by_label("Random numbers: columns").press("Enter")
    expect_line(page, "random 6x4 seed=2 max=3 | conv2d box-3 padding=1")
    page.get_by_role("button", name="Write them out as a matrix").click()
    page.wait_for_function("() => document.querySelector('#scene-line').value.startsWith('[')")
    assert len(line(page).split("]")[0].split(";")) == 6


def test_random_numbers_that_cannot_be_are_refused_in_the_form(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "random 6x6 seed=1 | relu")
    show_input(page)
    page.fill("#input-least", "12")
    page.press("#input-least", "Enter")
    expect(page.locator(f"{FORM} .complaint:visible")).to_contain_text("must be at least 12")
    assert line(page) == "random 6x6 seed=1 | relu"
    problems.clear()


def test_a_digit_is_chosen_from_the_sheet_that_shows_all(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    show_input(page)
    four = page.get_by_role("button", name="Handwritten 4, no. 4")
    expect(four).to_be_hidden()
    page.get_by_role("button", name="Handwritten digits").click()
    expect_line(page, "digits 64 | conv2d box-3")
    four.click()
    expect_line(page, "digit-4-d 64 | conv2d box-3")
    expect(four).to_have_attribute("aria-pressed", "true")


def test_uploads_stay_beside_the_samples(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    drop(page, picture(40, 30))
    page.wait_for_function("() => document.querySelector('#scene-line').value.startsWith('image:')")
    first = line(page)
    drop(page, picture(40, 30, 30))
    page.wait_for_function("(before) => document.querySelector('#scene-line').value !== before", arg=first)
    show_input(page)
    page.get_by_role("button", name="Checkerboard").click()
    expect_line(page, "checkerboard | conv2d box-3")
    page.get_by_role("button", name="Your picture 1").click()
    expect(page.locator("#scene-line")).to_have_value(f"{first.split()[0]} 64 | conv2d box-3")
    page.reload()
    expect(page.locator(".chip.add")).to_be_visible()
    show_input(page)
    expect(page.get_by_role("button", name="Your picture 2")).to_be_visible()


def test_a_picture_too_thin_for_the_kernel_is_shown_with_padding(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    drop(page, picture(40, 1))
    page.wait_for_function("() => document.querySelector('#scene-line').value.startsWith('image:')")
    assert line(page).endswith("| conv2d box-3 padding=same")
    expect(page.locator(f"{FORM} .understood:visible")).to_contain_text("The picture is here: 1 × 40")
    problems.clear()


def test_a_file_that_is_no_picture_is_refused_at_the_button(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    drop(page, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    expect(page.locator(f"{FORM} .complaint:visible")).to_be_visible()
    expect(page.locator("#scene-error")).to_be_hidden()
    problems.clear()


def test_what_is_sent_is_then_being_read(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    page.evaluate(
        """() => {
          const state = document.querySelector(".uploading");
          const look = () => (window.told ??= new Set()).add(`${state.textContent} ${state.lastChild.position >= 0}`);
          new MutationObserver(look).observe(state, { subtree: true, childList: true, attributes: true });
        }"""
    )
    drop(page, picture(40, 30))
    page.wait_for_function("() => document.querySelector('#scene-line').value.startsWith('image:')")
    expect(page.locator(".uploading")).to_be_hidden()
    assert page.evaluate("window.told.has('Uploading true') && window.told.has('Reading the picture false')")
