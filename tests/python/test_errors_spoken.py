"""Errors in Python speak the language that is asked for, and that of the system where none is."""

import pytest

import kernelwalk
from kernelwalk import Refused, SceneError

LINE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]"
MISTAKES = {
    "operation": lambda lang: kernelwalk.walk("cat 64 | sobell", lang=lang),
    "array": lambda lang: kernelwalk.walk([[1, 2], [3]], "relu", lang=lang),
    "layer": lambda lang: kernelwalk.walk(LINE, layer=7, lang=lang),
    "step": lambda lang: kernelwalk.walk(LINE, lang=lang).step(9),
    "every": lambda lang: kernelwalk.walk(LINE, lang=lang).steps(every=0),
    "map": lambda lang: kernelwalk.walk(LINE, lang=lang).feature_map(5),
    "file": lambda lang: kernelwalk.walk(LINE, lang=lang).render("svg", step=99),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_korean_where_korean_is_spoken(mistake: str) -> None:
    with pytest.raises(SceneError) as english:
        MISTAKES[mistake]("en")
    with pytest.raises(Refused) as korean:
        MISTAKES[mistake]("ko")
    told = str(korean.value)
    assert any("가" <= letter <= "힣" for letter in told), told
    assert not any("가" <= letter <= "힣" for letter in str(english.value))
    assert korean.value.field == english.value.field


def test_the_language_of_the_system_is_spoken_where_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    with pytest.raises(SceneError, match="sobel"):
        kernelwalk.walk("cat 64 | sobell")
    with pytest.raises(Refused, match=r"[가-힣]"):
        kernelwalk.walk("cat 64 | sobell")
