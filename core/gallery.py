"""The curriculum's scenes, one row each: a permanent name, a title and a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core import scene
from core.scene import Scene

FIVE = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0]"
CROSS = "[1 0 1; 1 0 1; 0 1 0]"
CROSS_AS_A_COLUMN = "[1; 0; 1; 1; 0; 1; 0; 1; 0]"
UNEVEN = "[1 2 0; 0 1 -1; 3 0 1]"
FOUR = "[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4]"
TALL = "[1 2 3 4; 5 6 7 8; 9 8 7 6; 5 4 3 2; 1 0 1 0; 2 4 2 4; 3 3 1 1; 0 5 0 5]"
THREE_CHANNELS = "[[[1,2,0],[0,1,3],[2,1,1]],[[0,1,1],[2,0,1],[1,1,2]],[[1,0,2],[1,1,0],[0,2,1]]]"
THREE_DEEP = "[[[1,0],[0,1]],[[0,1],[1,0]],[[1,1],[-1,-1]]]"
FIVE_BY_FIVE_BY_THREE = (
    "[[[0,1,2,2,0],[1,0,0,2,1],[2,1,1,0,0],[0,2,0,1,2],[1,0,2,1,0]],"
    "[[1,0,2,0,1],[0,2,1,1,0],[2,2,0,0,1],[1,0,1,2,0],[0,1,0,2,2]],"
    "[[2,0,0,1,1],[1,1,2,0,0],[0,2,1,0,2],[0,0,1,1,2],[2,1,0,0,1]]]"
)
TWO_KERNELS = (
    "[[[[1,0,-1],[0,1,0],[-1,0,1]],[[0,1,0],[1,-1,1],[0,1,0]],[[-1,0,1],[1,0,0],[0,-1,1]]],"
    "[[[0,-1,1],[1,0,0],[1,-1,0]],[[1,0,0],[0,1,-1],[0,0,1]],[[0,1,-1],[-1,0,1],[1,0,0]]]]"
)
FOUR_KERNELS = "[[[[1,1],[-1,-1]]],[[[1,-1],[1,-1]]],[[[1,0],[0,-1]]],[[[0,1],[-1,0]]]]"
SHARED_FOUR_TIMES = "[1 2 0 3 4 0 0 0 0; 0 1 2 0 3 4 0 0 0; 0 0 0 1 2 0 3 4 0; 0 0 0 0 1 2 0 3 4]"
LINE = "[0 0 0 0 0 0 1; 0 0 0 0 0 1 0; 0 0 0 0 1 0 0; 0 0 0 1 0 0 0; 0 0 1 0 0 0 0; 0 1 0 0 0 0 0; 1 0 0 0 0 0 0]"
LINES = (
    "[[[[-1,-1,-1],[2,2,2],[-1,-1,-1]]],[[[-1,2,-1],[-1,2,-1],[-1,2,-1]]],"
    "[[[2,-1,-1],[-1,2,-1],[-1,-1,2]]],[[[-1,-1,2],[-1,2,-1],[2,-1,-1]]]]"
)
SHIFTED = (
    "[[[0,9,0,0,0,0],[0,0,0,0,5,0],[0,0,0,0,0,0],[0,7,0,0,0,0],[0,0,0,0,3,0],[0,0,0,0,0,0]],"
    "[[0,0,9,0,0,0],[0,0,0,0,0,5],[0,0,0,0,0,0],[0,0,7,0,0,0],[0,0,0,0,0,3],[0,0,0,0,0,0]],"
    "[[0,0,0,9,0,0],[0,0,0,0,0,0],[0,0,0,0,0,0],[0,0,0,7,0,0],[0,0,0,0,0,0],[0,0,0,0,0,0]]]"
)
LECTURE_MASKS = "[[[[-1,-1,0],[2,1,2],[-1,-2,-1]]],[[[2,-1,-1],[-1,1,2],[-2,0,2]]],[[[2,1.2,-1],[1,0,-1],[1,-2,-1]]]]"
NEAT_Y = "[1 0 0 0 1; 0 1 0 1 0; 0 0 1 0 0; 0 0 1 0 0; 0 0 1 0 0]"
ACROSS = "[0,0,0,0,0,0,0]"
DOWN = "[0,0,0,1,0,0,0]"
VERTICAL_AND_HORIZONTAL = (
    f"[[[{','.join([DOWN] * 7)}]],[[{','.join([ACROSS] * 3)},[1,1,1,1,1,1,1],{','.join([ACROSS] * 3)}]]]"
)


@dataclass(frozen=True, slots=True)
class GalleryScene:
    id: str
    en: str
    ko: str
    line: str

    @property
    def title(self) -> dict[str, str]:
        return {"en": self.en, "ko": self.ko}


ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        "flatten-loses-space", "Flattening tears neighbours apart", "평탄화하면 이웃이 흩어진다", f"{NEAT_Y} | flatten"
    ),
    GalleryScene("first-steps", "The first steps", "첫 스텝들", f"{FIVE} | conv2d {CROSS}"),
    GalleryScene(
        "elementwise",
        "One window, nine products",
        "윈도우 하나, 곱 아홉 개",
        f"[1 2 3; 2 1 0; 3 0 1] | conv2d {UNEVEN}",
    ),
    GalleryScene(
        "flip-or-not", "Convolution or cross-correlation", "합성곱과 교차상관", f"{FIVE} | conv2d {UNEVEN} flip=true"
    ),
    GalleryScene(
        "definition-1d",
        "The definition, in one dimension",
        "1차원에서 본 정의",
        "[0 1 3 2 1 0 2] | conv1d [3 2 1] padding=full flip=true",
    ),
    GalleryScene("stride-2", "Stride 2", "스트라이드 2", f"{FIVE} | conv2d {CROSS} stride=2"),
    GalleryScene(
        "stride-count", "How often a kernel fits", "커널이 몇 번 들어가는가", f"{TALL} | conv2d [1 0; 0 1] stride=2"
    ),
    GalleryScene("zero-padding", "Zero padding", "제로 패딩", f"{FIVE} | conv2d {CROSS} padding=1"),
    GalleryScene("size-formula", "The size of the output", "출력 크기 공식", f"{FOUR} | conv2d {CROSS} padding=1"),
    GalleryScene("bias", "One bias for the whole map", "특성 맵 전체에 더하는 편향", f"{FIVE} | conv2d {CROSS} bias=1"),
    GalleryScene(
        "receptive-field",
        "The receptive field grows",
        "수용장이 넓어진다",
        "cat 32 | conv2d gaussian-3 stride=2 | conv2d gaussian-3",
    ),
    GalleryScene(
        "dense-vs-conv",
        "Fully connected or shared weights",
        "완전 연결과 가중치 공유",
        f"[1 2 3; 4 5 6; 7 8 9] | flatten | linear {SHARED_FOUR_TIMES}",
    ),
    GalleryScene(
        "multi-channel", "One kernel, three channels", "커널 하나, 채널 셋", f"{THREE_CHANNELS} | conv2d {THREE_DEEP}"
    ),
    GalleryScene(
        "two-kernels",
        "Two kernels, two maps",
        "커널 둘, 특성 맵 둘",
        f"{FIVE_BY_FIVE_BY_THREE} | conv2d {TWO_KERNELS} bias=[1 -1] stride=2 padding=1",
    ),
    GalleryScene(
        "many-kernels", "Many kernels, many maps", "커널 여러 개, 특성 맵 여러 개", f"{FIVE} | conv2d {FOUR_KERNELS}"
    ),
    GalleryScene(
        "line-filters",
        "Vertical and horizontal lines",
        "세로선과 가로선",
        f"camera 64 | conv2d {VERTICAL_AND_HORIZONTAL} divisor=7",
    ),
    GalleryScene("sobel", "Sobel gradient", "소벨 기울기", "cat 64 | sobel"),
    GalleryScene("prewitt", "Prewitt gradient", "프리윗 기울기", "cat 64 | prewitt"),
    GalleryScene("roberts", "Roberts cross", "로버츠 교차 기울기", "cat 64 | roberts"),
    GalleryScene("scharr", "Scharr gradient", "샤르 기울기", "cat 64 | scharr"),
    GalleryScene("lecture-masks", "Three masks of a lecture", "강의의 마스크 셋", f"cat 64 | conv2d {LECTURE_MASKS}"),
    GalleryScene(
        "relu-map", "A feature map before and after ReLU", "ReLU 전과 후의 특성 맵", "cat 64 | conv2d sobel-x | relu"
    ),
    GalleryScene("max-pool", "Max pooling", "최대 풀링", f"{FOUR} | max_pool2d 2"),
    GalleryScene("avg-pool", "Average pooling", "평균 풀링", f"{FOUR} | avg_pool2d 2"),
    GalleryScene("pool-drops-edge", "Pooling drops the edge", "풀링이 버리는 가장자리", f"{FIVE} | max_pool2d 2"),
    GalleryScene(
        "pool-invariance", "Pooling forgives small shifts", "풀링은 작은 이동을 봐준다", f"{SHIFTED} | max_pool2d 3"
    ),
    GalleryScene(
        "global-avg-pool", "One number for each map", "특성 맵마다 숫자 하나", f"{THREE_CHANNELS} | global_avg_pool2d"
    ),
    GalleryScene(
        "depthwise-pool", "Pooling across channels", "채널 방향 풀링", f"{LINE} | conv2d {LINES} | channel_max_pool"
    ),
    GalleryScene(
        "im2col",
        "Windows as columns of a matrix",
        "윈도우를 행렬의 열로",
        f"{FIVE} | unfold 3 | conv2d {CROSS_AS_A_COLUMN} | fold 3 1",
    ),
    GalleryScene(
        "im2col-pool",
        "Pooling as a maximum of columns",
        "풀링을 열의 최댓값으로",
        f"{FOUR} | unfold 2 stride=2 | max_pool2d (4,1) | fold 2 1",
    ),
    GalleryScene(
        "backward-conv",
        "Back through a convolution",
        "합성곱의 역전파",
        f"[1 0 2; 0 1 0; 1 0 1] | conv2d_backward_input {CROSS}",
    ),
    GalleryScene(
        "backward-pool",
        "Back through max pooling",
        "최대 풀링의 역전파",
        f"[1 2; 3 4] | max_pool2d_backward 2 x={FOUR}",
    ),
    GalleryScene(
        "transposed",
        "Transposed convolution",
        "전치 합성곱",
        "[1 2; 3 4] | conv_transpose2d [1 2 1; 2 4 2; 1 2 1] stride=2",
    ),
    GalleryScene("dilated", "Dilation 2", "팽창 2", f"{FIVE} | conv2d {CROSS} dilation=2"),
)

GALLERY: Mapping[str, GalleryScene] = {row.id: row for row in ROWS}
LIBRARY: Mapping[str, str] = {row.id: row.line for row in ROWS}


def parse(line: str) -> Scene:
    """A scene from its line, where @id is a scene of the curriculum.

    Refuses  what is not a scene line, in the words of the line

    >>> parse("Cat 64 | sobel-x stride=(2,2) | relu").line
    'cat 64 | conv2d sobel-x stride=2 | relu'
    """
    return scene.parse(line, LIBRARY)


def scene_from_json(value: object) -> Scene:
    """A scene from its JSON, where the source @id is a scene of the curriculum.

    Refuses  what is not {"input": {"source", "size", "mode"}, "layers": [{"operation", ...}]}

    >>> scene_from_json({"input": {"source": "cat", "size": 64}, "layers": [{"operation": "sobel"}]}).line
    'cat 64 | sobel'
    """
    return scene.scene_from_json(value, LIBRARY)
