"""The glossary of the Korean texts: words that read wrong, and words of the field that stand for English ones."""

from __future__ import annotations

import re

import pytest

import core
from app.messages import Messages
from app.names import FIELDS, TITLES
from core.texts import Name

KOREAN = {one.template: one.said for one in Messages().languages["ko"].sentences}

# What reads wrong, and what is said in its place.
WRONG = {
    r"겹짜리|세 겹|겹마다": "채널이 3개인 커널, 채널마다",
    r"평면": "채널",
    r"(커널|채널|마스크|맵|픽셀|편향|곱) (하나|둘|셋|넷|아홉)(?![가-힣])|(커널|채널|마스크|맵) (둘|셋|넷)[이은을의로]": "커널 2개",
    r"모양": "크기(shape)",
    r"팽창(?!률)": "딜레이션, 확장 합성곱",
    r"누설": "Leaky ReLU(리키 렐루)",
    r"흐림": "블러",
    r"엠보싱": "엠보스",
    r"선명하게": "샤프닝",
    r"배울 |듣는|봐준|봐주": "학습할, 쓰는, 둔감한",
    r"무게": "가중치",
    r"도장|찍[습어는기]": "커널을 곱해 더합니다",
    r"걸어 보|살아 있는": "한 스텝씩 넘겨 보고, 직접 움직여 볼 수 있게",
    r"넣어 쓰|[에로] 넣기|임베드": "삽입",
    r"장면 줄": "장면 한 줄",
    r"(연산|커널) 빼기": "삭제",
    r"곱셈-덧셈": "곱셈-누산(MAC)",
    r"강의의 부분|연산의 차례|조각 수": "강의 단원, 연산 순서, 묶는 채널 수",
    r"막대 사이": "세로줄(|) 사이",
    r"글자(여야|이어야)": "문자열이어야 합니다",
    r"나누어떨어지": "약수",
    r"방문하지": "어느 윈도우에도 들어가지 않습니다",
    r"번 층": "1번째 층",
    r"걸치는데": "너무 큽니다",
    r"아무 데나": "화면 어디에나",
    r"둘째|첫째": "두 번째, 첫 번째",
    r"첫 스텝들": "처음 네 스텝",
    r"돕니다|돌아다니": "훑습니다",
    r"건너뜁니다": "두 칸씩 이동합니다",
    r"겨루": "묶는",
    r"거릅니다": "따로 적용됩니다",
    r"특성맵|사이즈|싸이즈|필터 맵": "특성 맵, 크기",
    r"[이가을를은는과와]\([이가을를은는과와]\)|\(으\)로": "{what|이/가}",
}
# What the field says; English on the left, in small letters.
FIELD = {
    "convolution": "합성곱",
    "cross-correlation": "교차상관",
    "feature map": "특성 맵",
    "pooling": "풀링|풀링했",
    "receptive field": "수용장",
    "stride": "스트라이드|stride",
    "multiply-adds": r"곱셈-누산\(MAC\)",
    "blur": "블러",
    "sharpen": "샤프닝",
    "emboss": "엠보스",
    "embed": "삽입",
    "gradient of": "기울기",
    "weights": "가중치|마스크|크기와 개수",
    "fully connected": "완전 연결",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_no_korean_text_says_what_reads_wrong(wrong: str) -> None:
    assert [text for text in KOREAN.values() if re.search(wrong, text)] == [], WRONG[wrong]


def test_a_picture_is_an_image_and_only_figures_are_drawings() -> None:
    assert [
        text for english, text in KOREAN.items() if "그림" in text and not re.search("figure|drawing", english, re.I)
    ] == []


@pytest.mark.parametrize("word", FIELD)
def test_words_of_the_field_are_those_of_korean_lectures(word: str) -> None:
    said = {english: text for english, text in KOREAN.items() if re.search(rf"\b{word}", english, re.I)}
    assert said
    assert {english: text for english, text in said.items() if not re.search(FIELD[word], text)} == {}


def test_captions_are_polite_sentences_and_titles_have_no_full_stop() -> None:
    for figure in core.GALLERY.values():
        title, about = KOREAN[figure.title], KOREAN[figure.about]
        assert not title.endswith((".", "니다", "세요")), title
        assert about.endswith(("니다.", "세요.")), about
        assert ". " in about, about


def test_a_korean_text_leaves_no_fact_without_its_particle() -> None:
    """After a fact a particle is chosen by the fact, never written for one of its values."""
    bare = re.compile(r"\{\w+\}(이|가|은|는|을|를|과|와|으로|로)(?=[ ,.:)]|$)")
    assert [text for text in KOREAN.values() if bare.search(text)] == []


def test_a_refusal_names_a_setting_once() -> None:
    """딜레이션(dilation), not 딜레이션(팽창률)(dilation)."""
    korean = Messages().languages["ko"]
    told = [str(korean.fact(Name(name))) for name in {**FIELDS, **TITLES}]
    assert [name for name in told if name.count("(") != 1] == []
