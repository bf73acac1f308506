"""A third language is one folder: in a language made for this test, no page shows a text from outside its catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

import core
from app.pictures.samples import SAMPLES
from tests.browser.languages import NAMES, foreign, tour
from tests.pseudo import CODE as PSEUDO
from tests.pseudo import outside, write_pseudo
from tests.running import Server


@pytest.fixture(scope="session")
def pseudo_server(new_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = write_pseudo(tmp_path_factory.mktemp("languages"))
    return new_server(KERNELWALK_LOCALE=str(folder)).url


# In Korean, names of the scene line stand beside what they mean; files, formats and keys keep theirs.
SETTINGS = [parameter for operation in core.OPERATIONS.values() for parameter in operation.parameters]
CODE = {
    *core.OPERATIONS, *core.KERNELS, *core.GALLERY, *SAMPLES, *(setting.name for setting in SETTINGS),
    *(choice for setting in SETTINGS for choice in setting.choices),
    "valid", "same", "same_lower", "full", "cat", "rgb", "gray", "crop", "image", "shape", "filter", "operation",
    "scene", "input", "rows", "id", "cells", "decimal", "thousands", "random", "embed", "compare", "value", "size",
    "winner", "parameters", "kernel", "window", "ones", "output", *core.NETWORKS, "lenet-5.c1", "c1",
    "light", "dark", "last", "corner", "strongest", "arithmetic",
}  # fmt: skip
# Formats, protocols, keys, abbreviations and letters of formulas.
FORMATS = {
    "PowerPoint", "Keynote", "README", "Prometheus", "GIF",
    "API", "JSON", "HTML", "LMS", "NumPy", "PyTorch", "Keras", "Ctrl", "PNG", "JPEG", "MAC", "LoG", "UTF-8",
    "Lp", "Leaky", "GET", "Problem", "json", "npy", "png", "sRGB", "null", "base64", "oEmbed", "iframe", "Lines",
    "server-sent", "events", "Accept-Language", "FN", "OH", "OW", "C_out", "C_in", "kH", "kW", "im2col", "col2im",
    "RGB", "ID", "CSV", "FH", "FW", "None", "exp", "C_i", "C_o", "LeNet-5", "C1", "C3", "C5", "xml", "epochs", "F", "C",
    "CNN", "S2", "APNG", "PyAV", "H", "numbers", "S4", "F6", "CSS", "summary", "w", "rate", "dL", "dw", "dL/dw",
}  # fmt: skip
QUOTED = re.compile(r"`[^`]*`|'[^']*'|/api/\S+|\w+=\w+")


def test_a_korean_page_has_no_latin_word_but_names_of_code(page: Page, problems: list[str], server: str) -> None:
    said = {QUOTED.sub("", text) for texts in tour(page, server, "ko") for text in texts}
    problems[:] = [problem for problem in problems if "Failed to load resource" not in problem]
    assert "\n".join(foreign(said, NAMES | CODE | FORMATS)) == ""
    assert any("합성곱" in text for text in said)


def test_a_language_is_one_catalogue_and_nothing_is_said_outside_of_it(
    page: Page, problems: list[str], pseudo_server: str
) -> None:
    said = {outside(text) for texts in tour(page, pseudo_server, PSEUDO) for text in texts}
    problems[:] = [problem for problem in problems if "Failed to load resource" not in problem]  # refusals, on purpose
    assert foreign(said, NAMES) == []
