"""Every sentence has its Korean, with the same facts in it; nothing is said that the tables cannot say in both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

import core
from app.messages import Messages
from app.pictures.samples import catalogue
from app.sentences import catalogue as catalogue_of
from app.settings import LOCALE
from core.texts import PLACE
from tests.running import ROOT

SPEECH = Messages().languages["ko"]
KOREAN = catalogue_of(LOCALE / "ko" / "LC_MESSAGES" / "messages.po", "ko")
WHOLE = {"field", "value"}  # a refusal may be one sentence with them
UNCHANGED = {"ELU", "ReLU", "ltr", "{name} {number}", "{title} ({name})"}
HANGUL = re.compile("[가-힣]")


def said() -> list[str]:
    """Whatever pages, scripts and refusals say, found anew."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = []
    for folder in ("app", "core", "kernelwalk", "static", "templates"):
        rules = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        found += [message[2] for message in extract_from_dir(str(ROOT / folder), rules, options, DEFAULT_KEYWORDS)]
    return sorted({text for text in found if isinstance(text, str)})


SAID = said()


def facts(text: str) -> set[str]:
    return {place[1] for place in PLACE.finditer(text) if place[3] is None}


def test_sentences_are_found_in_python_scripts_and_pages() -> None:
    for text in (
        "must be at least {minimum}",
        "the file is empty: choose a picture",
        "What was copied",
        "Skip to the walk",
    ):
        assert text in SAID
    assert len(SAID) > 250


def test_every_sentence_has_its_korean() -> None:
    untold = [text for text in SAID if not (KOREAN.get(text) and KOREAN[text].string)]
    assert untold == []


def test_korean_sentences_are_korean() -> None:
    plain = [text for text in SAID if not HANGUL.search(str(KOREAN[text].string)) and text not in UNCHANGED]
    assert plain == []


def test_translations_carry_the_same_facts() -> None:
    korean = {text: facts(str(KOREAN[text].string)) for text in SAID}
    assert [text for text, told in korean.items() if facts(text) - told or told - facts(text) - WHOLE] == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    assert [str(message.id) for message in KOREAN if message.id and message.id not in SAID] == []


@pytest.mark.parametrize("row", core.known_operations(), ids=lambda row: row["name"])
def test_groups_settings_and_choices_of_operations_have_a_name_on_the_page(row: dict[str, object]) -> None:
    words = Path(ROOT / "static/page/words.js").read_text(encoding="utf-8")
    assert f"{row['group']}: _(" in words
    for parameter in row["parameters"]:  # type: ignore[attr-defined]
        assert HANGUL.search(SPEECH(parameter["title"]))
        assert all(f"{choice}: _(" in words for choice in parameter["choices"])


@pytest.mark.parametrize("kernel", core.KERNELS.values(), ids=lambda kernel: kernel.name)
def test_groups_of_kernels_have_a_heading(kernel: core.Kernel) -> None:
    assert f"{kernel.group}: _(" in (ROOT / "static/page/words.js").read_text(encoding="utf-8")


def test_tables_tell_their_texts_in_every_language() -> None:
    told = SPEECH.told(
        [*core.known_operations(), *(kernel.as_json() for kernel in core.KERNELS.values()), *catalogue()]
    )
    assert {tuple(row["title"]) for row in told} == {("en", "ko")}
    assert told[0]["title"] == {"en": "Convolution", "ko": "합성곱"}
    assert told[0]["parameters"][0]["help"]["ko"] == SPEECH(core.OPERATIONS["conv2d"].parameters[0].help)


def test_a_refusal_is_whole_in_both_languages() -> None:
    with pytest.raises(core.SceneError) as refused:
        core.parse("cat 64 | conv2d sobel-x stride=0")
    assert refused.value.detail() == "stride is 0: must be at least 1"
    assert refused.value.detail(SPEECH) == "스트라이드(stride) 값이 0입니다: 1 이상이어야 합니다"
