"""Kept pictures: what counts as a difference, and where a person finds it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright

from tests.browser import kept
from tests.browser.conftest import launch
from tests.browser.element import FIRST, embed
from tests.browser.kept import FIGURE, stand


def test_another_hand_at_the_letters_is_no_difference_and_another_digit_is(
    playwright: Playwright, still_page: Page, server: str, tmp_path: Path
) -> None:
    stand(still_page, embed(server, FIRST), FIGURE)
    picture = kept.small(still_page.screenshot())
    stand(still_page, embed(server, FIRST.replace("3 0 1 1 0;", "3 0 1 7 0;")), FIGURE)
    assert not kept.alike(picture, kept.small(still_page.screenshot()))
    fonts = kept.fonts_file(tmp_path)
    with closing(launch(playwright, "--font-render-hinting=full", FONTCONFIG_FILE=str(fonts))) as other:
        hinted = other.new_page(locale="en-US", reduced_motion="reduce")
        stand(hinted, embed(server, FIRST), FIGURE)
        assert kept.alike(picture, kept.small(hinted.screenshot()))


def test_what_changed_is_put_where_a_person_can_look(
    still_page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(kept, "CHANGED", tmp_path / "changed")
    monkeypatch.setattr(kept, "RENEWING", True)
    still_page.set_content("<p style='font-size: 90px'>36 weights")
    assert kept.compare("words", still_page.screenshot()) == ""
    monkeypatch.setattr(kept, "RENEWING", False)
    assert kept.compare("words", still_page.screenshot()) == ""
    still_page.set_content("<p style='font-size: 90px'>38 weights")
    assert "make pictures" in kept.compare("words", still_page.screenshot())
    with Image.open(tmp_path / "changed" / "words.png") as sheet:
        assert sheet.width == 3 * kept.WIDTH + 20
