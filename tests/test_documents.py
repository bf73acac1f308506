"""What the documents say is so: their lines read, their refusals are the ones given, their tables are the program's."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

import core
from app.models.oembed import HEIGHT, WIDTH
from app.routes.oembed import frame
from core import SceneError
from tests.test_korean import WRONG
from tools import reference
from tools import types as shapes

DOCS = Path(__file__).resolve().parents[1] / "docs"
GUIDES = [
    folder / f"{name}{language}.md"
    for folder, name in ((DOCS, "embedding"), (DOCS.parent, "README"))
    for language in ("", ".ko")
]
LANGUAGE = (DOCS / "scene-language.md").read_text(encoding="utf-8")


def fenced(kind: str) -> list[str]:
    """The lines of every block of that kind in the page about the scene language."""
    return [
        line for block in re.findall(rf"```{kind}\n(.*?)```", LANGUAGE, re.S) for line in block.strip().splitlines()
    ]


@pytest.mark.parametrize("line", fenced("scene"))
def test_every_scene_in_the_documents_reads(line: str) -> None:
    scene = core.parse(line)
    assert core.describe(scene, (3 if " rgb" in line else 1, 64, 64)) if scene.source.matrix is None else scene.layers


def test_the_json_scene_in_the_documents_is_the_first_line() -> None:
    scene = core.scene_from_json(json.loads("\n".join(fenced("json"))))
    assert scene.line == fenced("scene")[0]


@pytest.mark.parametrize("row", fenced("text"))
def test_every_refusal_and_every_offer_in_the_documents_is_given(row: str) -> None:
    line, refusal = re.split(r"\s{4,}", row)
    with pytest.raises(SceneError) as given:
        core.trace(line, None if line.startswith("[") else core.trace("[1 2 3; 4 5 6; 7 8 9] | relu").input)
    assert str(given.value).startswith(refusal.removesuffix("...")) or given.value.fix == refusal


def test_the_reference_of_operations_is_the_tables_of_the_core() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run python -m tools.reference"


def test_the_settings_in_the_documents_are_those_of_the_server() -> None:
    assert reference.OPERATING.read_text(encoding="utf-8") == reference.operating(), "run python -m tools.reference"


def test_every_iframe_in_the_documents_is_the_one_the_product_writes() -> None:
    for page in GUIDES:
        text = page.read_text(encoding="utf-8")
        assert frames(page)
        for address, title in frames(page):
            assert frame(html.unescape(address), title, WIDTH, HEIGHT) in text


@pytest.mark.parametrize("page", [page for page in GUIDES if page.stem.endswith(".ko")], ids=lambda page: page.name)
def test_a_page_in_korean_has_the_names_code_and_headings_of_the_english_one(page: Path) -> None:
    korean, english = page.read_text(encoding="utf-8"), page.with_name(page.name.replace(".ko", "")).read_text("utf-8")
    assert f"]({page.name})" in english
    assert f"]({page.name.replace('.ko', '')})" in korean
    for pattern in (r"(?m)^\| (`[^|]*`) \|", r"(?m)^(#+) ", r"(?ms)^```(?:js|python|text)\n(.*?)^```"):
        assert re.findall(pattern, korean) == re.findall(pattern, english)


def test_the_filter_that_the_guides_add_is_a_row_of_the_table() -> None:
    table = (DOCS.parent / "core/kernels.py").read_text(encoding="utf-8")
    for page in (DOCS.parent / "README.md", DOCS.parent / "README.ko.md"):
        [row] = re.findall(r'(?m)^Kernel\("sobel-x".*$', page.read_text(encoding="utf-8"))
        assert row in table


@pytest.mark.parametrize("wrong", WRONG)
def test_a_page_in_korean_keeps_to_the_glossary(wrong: str) -> None:
    pages = [page.read_text(encoding="utf-8") for page in GUIDES if page.stem.endswith(".ko")]
    assert [found[0] for text in pages for found in re.finditer(wrong, text)] == [], WRONG[wrong]


def frames(page: Path) -> list[tuple[str, str]]:
    return re.findall(r'<iframe src="([^"]*)"[^>]* title="([^"]*)"></iframe>', page.read_text(encoding="utf-8"))


def test_the_browser_has_the_words_of_the_models() -> None:
    assert shapes.FILE.read_text(encoding="utf-8") == shapes.declarations(), "run python -m tools.types"


def test_a_misspelt_field_passes_no_type_of_the_browser() -> None:
    written, own = (shapes.FILE.with_name(name).read_text(encoding="utf-8") for name in ("types.d.ts", "browser.d.ts"))
    open_ended = re.findall(r"interface (\w+) \{[^}]*\[other: string\]", written)
    assert open_ended == ["JsonLayer"], "only the settings of an operation have names of their own"
    assert "]: unknown" not in own
