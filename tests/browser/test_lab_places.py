"""The lab keeps the place of the picture, and the focus, through changes of the scene."""

from playwright.sync_api import Page, expect

from tests.browser.lab import expect_line, expect_step, open_lab, state, walked

STRIDE = "#setting-stride"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"))


def corner(page: Page) -> list[int]:
    page.wait_for_function(
        "document.querySelector('kernel-walk').opening.step === document.querySelector('kernel-walk').step"
    )
    return list(
        walked(page, "opening.steps.find(({ index }) => index === document.querySelector('kernel-walk').step).corner")
    )


def test_another_stride_keeps_the_window_on_its_part_of_the_picture(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x", step=30 * 62 + 40)
    page.fill(STRIDE, "2")
    expect_line(page, "checkerboard | conv2d sobel-x stride=2")
    assert corner(page) == [30, 40]
    page.select_option("#setting-padding", "same")
    expect_line(page, "checkerboard | conv2d sobel-x stride=2 padding=same")
    assert corner(page) == [30, 40]


def test_a_setting_changed_at_the_first_step_or_the_last_leaves_the_walk_there(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    page.fill(STRIDE, "2")
    expect_line(page, "checkerboard | conv2d sobel-x stride=2")
    expect_step(page, 0)
    page.evaluate("document.querySelector('kernel-walk').seek(960)")
    expect_step(page, 960)
    page.fill(STRIDE, "3")
    expect_line(page, "checkerboard | conv2d sobel-x stride=3")
    expect_step(page, 21 * 21 - 1)


def test_an_operation_added_behind_keeps_the_place_and_gets_the_focus(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x", step=30 * 62 + 40)
    page.focus(".chip.add")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.operation')")
    page.keyboard.type("relu")
    expect(page.locator("[data-operation=relu]")).to_be_focused()
    page.keyboard.press("Enter")
    expect_line(page, "checkerboard | conv2d sobel-x | relu")
    expect_step(page, 30 * 62 + 40)
    expect(page.locator("[data-layer='1'] .chip")).to_be_focused()


def test_the_filter_menu_opens_on_its_filter_and_keeps_the_focus(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d gaussian-5")
    page.focus(".filter-button")
    page.keyboard.press("Enter")
    expect(page.locator("[data-filter='gaussian-5']")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".filter-menu .filter").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".filter-menu .filter").last).to_be_focused()
    page.keyboard.type("so")
    expect(page.locator(".filter-menu .filter", has_text="Sobel").first).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("#scene-line")).not_to_have_value("checkerboard | conv2d gaussian-5")
    expect(page.locator(".filter-button")).to_be_focused()


def test_a_kernel_is_one_stop_of_tab(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-5")
    cells = page.locator(".kernel-editor .grid input")
    assert cells.evaluate_all("(cells) => cells.filter(({ tabIndex }) => tabIndex === 0).length") == 1
    cells.nth(12).click()
    assert cells.evaluate_all("(cells) => cells.findIndex(({ tabIndex }) => tabIndex === 0)") == 12


def test_a_step_that_is_not_there_is_said_and_the_walk_stays(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x", step=7)
    field, refusal = page.locator("kernel-walk .field"), page.locator("kernel-walk .refusal")
    for text in ("abc", "-5", "0", "99999", "99:99", "2.5"):
        field.fill(text)
        field.press("Enter")
        expect(refusal).to_contain_text(f"no step {text}:")
        assert walked(page, "step") == 7
    field.fill("3:17")
    field.press("Enter")
    expect_step(page, 2 * 62 + 16)
    expect(refusal).to_be_hidden()
    expect(field).to_be_focused()


def test_groups_that_the_weight_leaves_no_choice_of_are_not_asked_for(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x", step=5)
    page.locator(".more summary").click()
    page.fill("#setting-groups", "2")
    expect(page.locator("[data-name=groups] .complaint")).to_contain_text("the weight says it")
    assert state(page)["scene"] == "checkerboard | conv2d sobel-x"
