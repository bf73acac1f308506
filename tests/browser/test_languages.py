"""A third language is one folder: in a language made for this test, no page shows a text from outside its catalogue."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.languages import NAMES, foreign, tour
from tests.pseudo import CODE, outside, write_pseudo
from tests.running import Server


@pytest.fixture(scope="session")
def pseudo_server(new_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = write_pseudo(tmp_path_factory.mktemp("languages"))
    return new_server(KERNELWALK_LOCALE=str(folder)).url


def test_a_language_is_one_catalogue_and_nothing_is_said_outside_of_it(
    page: Page, problems: list[str], pseudo_server: str
) -> None:
    said = {outside(text) for texts in tour(page, pseudo_server, CODE) for text in texts}
    problems[:] = [problem for problem in problems if "Failed to load resource" not in problem]  # refusals, on purpose
    assert foreign(said, NAMES) == []
