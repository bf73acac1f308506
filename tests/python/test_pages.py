"""The pages about Python say what is so: their code runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.running import ROOT

PAGES = [ROOT / "docs" / "python.md", ROOT / "docs" / "python.ko.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_the_page_runs(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    assert len(blocks) > 2
    exec("\n".join(blocks), {})


def test_both_pages_hold_the_same_code_beside_its_comments() -> None:
    english, korean = (
        re.findall(r"(?m)^[^#\n]+", "\n".join(re.findall(r"```python.*?\n(.*?)```", page.read_text("utf-8"), re.S)))
        for page in PAGES
    )
    assert [line.replace("모서리", "the corner") for line in korean] == english
