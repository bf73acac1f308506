"""Plural forms and Korean particles: the table that Python and JavaScript share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.grammar import rule_of
from app.messages import Messages
from core.texts import Text, filled, in_english
from tests.running import ROOT

CASES = json.loads((ROOT / "tests/grammar.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "forms"), [(language, forms) for language, tables in CASES.items() for forms in tables]
)
def test_a_language_chooses_the_form_that_fits_a_fact(language: str, forms: str) -> None:
    choose = rule_of(language)
    chosen = {fact: choose(fact, forms.split("/")) for facts in CASES[language][forms].values() for fact in facts}
    assert chosen == {fact: form for form, facts in CASES[language][forms].items() for fact in facts}


def test_a_template_takes_its_facts_and_leaves_other_braces_alone() -> None:
    facts = {"what": "커널", "size": 5}
    assert filled("{what}{what|이/가} {size}칸", facts, rule_of("ko")) == "커널이 5칸"
    assert in_english('{size:,} {size|cell/cells} of {nothing}, {"scene": 1}', size=1) == (
        '1 cell of {nothing}, {"scene": 1}'
    )


def test_a_text_is_english_and_knows_its_template() -> None:
    text = Text("at most {most} {most|cell/cells}", most=3)
    assert text == "at most 3 cells"
    assert (text.template, text.facts) == ("at most {most} {most|cell/cells}", {"most": 3})


def test_a_language_is_a_folder_with_a_catalogue(tmp_path: Path) -> None:
    for code in ("ko", "qps", "Not-A-Code"):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text('msgid "English"\nmsgstr "Aloud"\n\nmsgid "ltr"\nmsgstr "rtl"\n')
    languages = Messages(tmp_path).languages
    assert list(languages) == ["en", "ko", "qps"]
    assert [(speech.name, speech.direction) for speech in languages.values()] == [
        ("English", "ltr"), ("Aloud", "rtl"), ("Aloud", "rtl"),
    ]  # fmt: skip


def test_a_request_speaks_a_language_there_is() -> None:
    messages = Messages()
    for query, header, language in (
        ({"lang": "ko-KR"}, "en", "ko"),
        ({"lang": "fr"}, "ko", "ko"),
        ({"lang": ""}, "de", "en"),
        ({}, "en;q=0.2, ko;q=0.9", "ko"),
        ({}, "ko;q=nothing", "en"),
    ):
        assert messages.language_of(query, {"accept-language": header}) == language
