"""The curriculum's scenes, one row each: a permanent name, a line, a title and a caption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core import scene
from core.limits import DEFAULT, Limits
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
LOW_AND_HIGH = "[[[[1,2,1],[2,4,2],[1,2,1]]],[[[-1,-2,-1],[-2,12,-2],[-1,-2,-1]]]]"
RIGHTWARDS, DOWNWARDS = "[[-1,0,1],[-2,0,2],[-1,0,1]]", "[[-1,-2,-1],[0,0,0],[1,2,1]]"
NOTHING, HERE, AGAINST = ("[[0,0,0],[0," + weight + ",0],[0,0,0]]" for weight in ("0", "4", "-4"))
EDGES_AND_COLOUR = (
    f"[[{RIGHTWARDS},{RIGHTWARDS},{RIGHTWARDS}],[{DOWNWARDS},{DOWNWARDS},{DOWNWARDS}],[{HERE},{NOTHING},{AGAINST}]]"
)
OF_THREE_MAPS = "[[[[1,1],[1,1]],[[1,1],[1,1]],[[0,0],[0,0]]],[[[1,1],[1,1]],[[-1,-1],[-1,-1]],[[1,1],[1,1]]]]"
NEAT_Y = "[1 0 0 0 1; 0 1 0 1 0; 0 0 1 0 0; 0 0 1 0 0; 0 0 1 0 0]"
ACROSS = "[0,0,0,0,0,0,0]"
DOWN = "[0,0,0,1,0,0,0]"
VERTICAL_AND_HORIZONTAL = (
    f"[[[{','.join([DOWN] * 7)}]],[[{','.join([ACROSS] * 3)},[1,1,1,1,1,1,1],{','.join([ACROSS] * 3)}]]]"
)


SECTIONS: Mapping[str, dict[str, str]] = {
    "images": {"en": "Images are numbers", "ko": "이미지는 숫자다"},
    "steps": {"en": "The convolution, step by step", "ko": "합성곱, 한 스텝씩"},
    "channels": {"en": "Weights, channels, many kernels", "ko": "가중치와 채널, 여러 커널"},
    "filters": {"en": "Classical filters", "ko": "고전적인 필터"},
    "activations": {"en": "Activations", "ko": "활성화 함수"},
    "pooling": {"en": "Pooling", "ko": "풀링"},
    "computing": {"en": "How it is computed", "ko": "어떻게 계산하는가"},
}


@dataclass(frozen=True, slots=True)
class GalleryScene:
    """One figure: its permanent name, the part of the course it belongs to, its line, title and caption."""

    id: str
    section: str
    line: str
    en: str
    ko: str
    about_en: str
    about_ko: str

    @property
    def title(self) -> dict[str, str]:
        return {"en": self.en, "ko": self.ko}

    @property
    def about(self) -> dict[str, str]:
        """Two sentences."""
        return {"en": self.about_en, "ko": self.about_ko}


ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="rgb-channels",
        section="images",
        line="cat 48 rgb | conv2d identity",
        en="A colour picture is three planes",
        ko="컬러 그림은 평면 셋",
        about_en=(
            "Red, green and blue are three grey pictures of the same size: a tensor of shape (3, H, W), or (H, W, 3). "
            "The identity kernel copies each plane by itself; laid over each other again they are the photograph."
        ),
        about_ko=(
            "빨강, 초록, 파랑은 크기가 같은 회색 그림 세 장이며, 모양이 (3, H, W) 또는 (H, W, 3)인 텐서입니다. "
            "항등 커널은 평면마다 그대로 베끼고, 셋을 다시 겹치면 사진이 됩니다."
        ),
    ),
    GalleryScene(
        id="flatten-loses-space",
        section="images",
        line=f"{NEAT_Y} | flatten",
        en="Flattening tears neighbours apart",
        ko="평탄화하면 이웃이 흩어진다",
        about_en=(
            "A letter of 5×5 pixels becomes a list of 25 numbers. Pixels that stood one above the other are now "
            "five places apart, so the shape is lost to a network that reads the list."
        ),
        about_ko=(
            "5×5 픽셀의 글자가 숫자 25개의 목록이 됩니다. 위아래로 붙어 있던 픽셀이 다섯 칸이나 떨어지므로, 목록을 읽는 신경망은 모양을 알 수 없습니다."
        ),
    ),
    GalleryScene(
        id="first-steps",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS}",
        en="The first steps",
        ko="첫 스텝들",
        about_en=(
            "A 3×3 kernel visits a 5×5 picture: nine windows, nine sums. The first four are 6, 9, 11 and 10; step"
            " on and the whole feature map fills in."
        ),
        about_ko=(
            "3×3 커널이 5×5 그림을 돌아다니며 윈도우 아홉 개에서 합 아홉 개를 만듭니다. 처음 네 개는 6, 9, 11, 10이고, 계속 넘기면 특성 맵이 다 채워집니다."
        ),
    ),
    GalleryScene(
        id="elementwise",
        section="steps",
        line=f"[1 2 3; 2 1 0; 3 0 1] | conv2d {UNEVEN}",
        en="One window, nine products",
        ko="윈도우 하나, 곱 아홉 개",
        about_en=(
            "One window in close-up: nine pixels meet nine weights, and the nine products add up to a single number. "
            "Everything a convolution does is this, over and over."
        ),
        about_ko=(
            "윈도우 하나를 가까이서 봅니다. 픽셀 아홉 개가 가중치 아홉 개와 만나고, 곱 아홉 개를 더하면 숫자 하나가 됩니다."
        ),
    ),
    GalleryScene(
        id="flip-or-not",
        section="steps",
        line=f"{FIVE} | conv2d {UNEVEN} flip=true",
        en="Convolution or cross-correlation",
        ko="합성곱과 교차상관",
        about_en=(
            "Mathematics turns the kernel by 180 degrees before it slides; deep learning leaves it as drawn and calls"
            " that convolution too. Switch the flip off to compare: only symmetric kernels give the same map."
        ),
        about_ko=(
            "수학의 합성곱은 커널을 180도 돌려서 움직이고, 딥러닝은 그린 그대로 쓰면서도 합성곱이라 부릅니다. 뒤집기를 끄고 비교해 보세요. 대칭인 커널만 결과가 같습니다."
        ),
    ),
    GalleryScene(
        id="definition-1d",
        section="steps",
        line="[0 1 3 2 1 0 2] | conv1d [3 2 1] padding=full flip=true",
        en="The definition, in one dimension",
        ko="1차원에서 본 정의",
        about_en=(
            "One signal is reversed and pushed along the other; where they overlap, they are multiplied and summed. "
            "Each position gives one point of the result."
        ),
        about_ko=(
            "한 신호를 뒤집어 다른 신호를 따라 밀면서, 겹치는 곳을 곱해 더합니다. 위치마다 결과의 점이 하나씩 생깁니다."
        ),
    ),
    GalleryScene(
        id="stride-2",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} stride=2",
        en="Stride 2",
        ko="스트라이드 2",
        about_en=(
            "With stride 2 the kernel takes every second place. A 5×5 picture leaves room for four steps, so the "
            "map is 2×2."
        ),
        about_ko=(
            "스트라이드가 2이면 커널이 한 칸씩 건너뜁니다. 5×5 그림에서는 네 스텝만 들어가므로 특성 맵은 2×2입니다."
        ),
    ),
    GalleryScene(
        id="stride-count",
        section="steps",
        line=f"{TALL} | conv2d [1 0; 0 1] stride=2",
        en="How often a kernel fits",
        ko="커널이 몇 번 들어가는가",
        about_en=(
            "How often a kernel fits is decided by its stride more than by its size. When both are 2, every pixel is "
            "visited exactly once."
        ),
        about_ko=(
            "커널이 몇 번 들어가는지는 크기보다 스트라이드가 정합니다. 둘 다 2이면 모든 픽셀을 정확히 한 번씩 봅니다."
        ),
    ),
    GalleryScene(
        id="zero-padding",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} padding=1",
        en="Zero padding",
        ko="제로 패딩",
        about_en=(
            "A border of zeros makes the picture 7×7, and a 3×3 kernel gives back 5×5. Near the edge part of "
            "the window sees zeros, and the sums there are smaller."
        ),
        about_ko=(
            "0으로 테두리를 두르면 그림이 7×7이 되고, 3×3 커널이 다시 5×5를 돌려줍니다. 가장자리에서는 윈도우 일부가 0을 보므로 합이 작아집니다."
        ),
    ),
    GalleryScene(
        id="size-formula",
        section="steps",
        line=f"{FOUR} | conv2d {CROSS} padding=1",
        en="The size of the output",
        ko="출력 크기 공식",
        about_en=(
            "Input minus kernel plus padding on both sides, divided by the stride, plus one: the shapes view puts "
            "this scene's numbers in. A remainder means rows or columns that no window ever visits."
        ),
        about_ko=(
            "입력에서 커널을 빼고 양쪽 패딩을 더해 스트라이드로 나눈 뒤 1을 더합니다. 모양 보기에 이 장면의 숫자가 들어 있으며, 나머지가 있으면 방문하지 않는 행이나 열이 생깁니다."
        ),
    ),
    GalleryScene(
        id="bias",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} bias=1",
        en="One bias for the whole map",
        ko="특성 맵 전체에 더하는 편향",
        about_en=(
            "One number is added to every sum of the map. It lifts or lowers the whole map and changes none of its "
            "differences."
        ),
        about_ko=(
            "숫자 하나를 특성 맵의 모든 합에 더합니다. 맵 전체가 올라가거나 내려갈 뿐, 값 사이의 차이는 그대로입니다."
        ),
    ),
    GalleryScene(
        id="receptive-field",
        section="steps",
        line="cat 32 | conv2d gaussian-3 stride=2 | conv2d gaussian-3",
        en="The receptive field grows",
        ko="수용장이 넓어진다",
        about_en=(
            "A cell of the second map sees three by three cells of the first, and through them a larger piece of the "
            "picture. A stride of 2 in the first layer widens it from 5 to 7 pixels."
        ),
        about_ko=(
            "둘째 맵의 한 칸은 첫째 맵의 3×3칸을 보고, 그 너머로 그림의 더 넓은 부분을 봅니다. 첫 층의 스트라이드가 2이면 5픽셀이 아니라 7픽셀이 됩니다."
        ),
    ),
    GalleryScene(
        id="dense-vs-conv",
        section="channels",
        line=f"[1 2 3; 4 5 6; 7 8 9] | flatten | linear {SHARED_FOUR_TIMES}",
        en="Fully connected or shared weights",
        ko="완전 연결과 가중치 공유",
        about_en=(
            "Written as a fully connected layer, a 2×2 convolution has 36 places for weights, but only four "
            "different ones. Each row of the matrix is the same kernel, moved by one window."
        ),
        about_ko=(
            "2×2 합성곱을 완전 연결층으로 쓰면 가중치 자리는 36개지만 서로 다른 값은 넷뿐입니다. 행렬의 각 행은 한 윈도우씩 옮긴 같은 커널입니다."
        ),
    ),
    GalleryScene(
        id="multi-channel",
        section="channels",
        line=f"{THREE_CHANNELS} | conv2d {THREE_DEEP}",
        en="One kernel, three channels",
        ko="커널 하나, 채널 셋",
        about_en=(
            "A picture of three channels takes one kernel with three slices, not three kernels. Each slice has its "
            "own products and its own sum; the three sums make one number."
        ),
        about_ko=(
            "채널이 셋인 그림에는 커널 셋이 아니라 세 겹짜리 커널 하나가 필요합니다. 겹마다 곱과 합이 따로 있고, 세 합을 더하면 숫자 하나가 됩니다."
        ),
    ),
    GalleryScene(
        id="two-kernels",
        section="channels",
        line=f"{FIVE_BY_FIVE_BY_THREE} | conv2d {TWO_KERNELS} bias=[1 -1] stride=2 padding=1",
        en="Two kernels, two maps",
        ko="커널 둘, 특성 맵 둘",
        about_en=(
            "Two kernels of three slices walk over three channels with stride 2 and a border of one. Each fills a map"
            " of its own: 3×3×3 weights twice and two biases are 56 parameters."
        ),
        about_ko=(
            "세 겹짜리 커널 둘이 스트라이드 2, 패딩 1로 채널 셋을 돕니다. 커널마다 맵을 하나씩 채우며, 3×3×3 가중치 둘과 편향 둘을 합해 매개변수는 56개입니다."
        ),
    ),
    GalleryScene(
        id="many-kernels",
        section="channels",
        line=f"{FIVE} | conv2d {FOUR_KERNELS}",
        en="Many kernels, many maps",
        ko="커널 여러 개, 특성 맵 여러 개",
        about_en=(
            "Four kernels look at the same windows and find four different things. As many kernels, so many maps: "
            "that is what the number of channels of a layer means."
        ),
        about_ko=(
            "커널 넷이 같은 윈도우를 보고 서로 다른 것을 찾아냅니다. 커널 수만큼 특성 맵이 생기고, 그것이 층의 채널 수입니다."
        ),
    ),
    GalleryScene(
        id="line-filters",
        section="channels",
        line=f"camera 64 | conv2d {VERTICAL_AND_HORIZONTAL} divisor=7",
        en="Vertical and horizontal lines",
        ko="세로선과 가로선",
        about_en=(
            "A column of ones keeps what runs down, a row of ones keeps what runs across. The same photograph leaves "
            "different lines in each map."
        ),
        about_ko=(
            "1로 된 열은 세로로 뻗은 것을, 1로 된 행은 가로로 뻗은 것을 남깁니다. 같은 사진이라도 맵마다 다른 선이 남습니다."
        ),
    ),
    GalleryScene(
        id="feature-maps",
        section="channels",
        line=f"cat 40 rgb | conv2d {EDGES_AND_COLOUR} divisor=4 padding=same | relu | conv2d {OF_THREE_MAPS}",
        en="Maps of maps",
        ko="맵에서 다시 맵으로",
        about_en=(
            "Three kernels make three maps of a colour photograph: two kinds of edges, and red against blue. "
            "Each cell of the next layer looks at all three of them, so it can ask for an edge and a colour at once."
        ),
        about_ko=(
            "커널 셋이 컬러 사진에서 맵 셋을 만듭니다. 두 가지 경계와, 빨강과 파랑의 차이입니다. "
            "다음 층의 칸은 세 맵을 모두 보므로 경계와 색을 한꺼번에 찾을 수 있습니다."
        ),
    ),
    GalleryScene(
        id="sobel",
        section="filters",
        line="cat 64 | sobel",
        en="Sobel gradient",
        ko="소벨 기울기",
        about_en=(
            "Two kernels measure how fast brightness changes to the right and downwards. Their sums are the two sides"
            " of a right triangle: its length is the strength of the edge, its angle the direction."
        ),
        about_ko=(
            "커널 둘이 밝기가 오른쪽과 아래쪽으로 얼마나 빨리 변하는지 잽니다. 두 합은 직각삼각형의 두 변이 되어, 빗변의 길이가 경계의 세기이고 각도가 방향입니다."
        ),
    ),
    GalleryScene(
        id="prewitt",
        section="filters",
        line="cat 64 | prewitt",
        en="Prewitt gradient",
        ko="프리윗 기울기",
        about_en=(
            "Like Sobel, but every row and column counts the same. The middle is not favoured, so edges come out a "
            "little rougher."
        ),
        about_ko=(
            "소벨과 같지만 모든 행과 열의 무게가 같습니다. 가운데를 더 세게 보지 않으므로 경계가 조금 거칠게 나옵니다."
        ),
    ),
    GalleryScene(
        id="roberts",
        section="filters",
        line="cat 64 | roberts",
        en="Roberts cross",
        ko="로버츠 교차 기울기",
        about_en=(
            "Two differences across the diagonals of a 2×2 window. The smallest gradient filter there is: quick, "
            "sharp, and easily disturbed by noise."
        ),
        about_ko=(
            "2×2 윈도우의 두 대각선에서 차이를 구합니다. 가장 작은 기울기 필터라서 빠르고 선명하지만 잡음에 약합니다."
        ),
    ),
    GalleryScene(
        id="scharr",
        section="filters",
        line="cat 64 | scharr",
        en="Scharr gradient",
        ko="샤르 기울기",
        about_en=(
            "The weights 3, 10, 3 measure all directions nearly alike, better than Sobel's 1, 2, 1. Compare the "
            "angles of both on a slanted edge."
        ),
        about_ko=(
            "가중치 3, 10, 3은 소벨의 1, 2, 1보다 모든 방향을 고르게 잽니다. 비스듬한 경계에서 두 필터의 각도를 비교해 보세요."
        ),
    ),
    GalleryScene(
        id="lecture-masks",
        section="filters",
        line=f"cat 64 | conv2d {LECTURE_MASKS}",
        en="Three masks of a lecture",
        ko="강의의 마스크 셋",
        about_en=(
            "Three masks as a lecture's slide prints them; no textbook has them. Any numbers make a filter: another "
            "mask finds another feature."
        ),
        about_ko=(
            "강의 슬라이드에 적힌 마스크 셋으로, 교과서에는 없는 것들입니다. 어떤 숫자든 필터가 되며, 마스크가 다르면 찾는 특징도 다릅니다."
        ),
    ),
    GalleryScene(
        id="frequency",
        section="filters",
        line=f"cat 64 | conv2d {LOW_AND_HIGH} divisor=16 padding=same padding_mode=replicate",
        en="What changes slowly, what changes fast",
        ko="천천히 변하는 것과 빨리 변하는 것",
        about_en=(
            "The first kernel averages and keeps what changes slowly; the second keeps what is left of the picture, "
            "the fast changes. Added up, cell by cell, the two maps are the original again."
        ),
        about_ko=(
            "첫째 커널은 평균을 내어 천천히 변하는 것을 남기고, 둘째 커널은 나머지인 빠른 변화를 남깁니다. "
            "두 맵을 칸마다 더하면 원래 그림이 됩니다."
        ),
    ),
    GalleryScene(
        id="relu-map",
        section="activations",
        line="cat 64 | conv2d sobel-x | relu",
        en="A feature map before and after ReLU",
        ko="ReLU 전과 후의 특성 맵",
        about_en=(
            "The map of a Sobel kernel has sums above and below zero; ReLU keeps the ones above and writes zero for "
            "the rest. Edges from dark to bright stay, those from bright to dark go."
        ),
        about_ko=(
            "소벨 커널의 맵에는 0보다 큰 합과 작은 합이 있는데, ReLU는 큰 것만 남기고 나머지는 0으로 씁니다. 어두운 곳에서 밝은 곳으로 가는 경계만 남습니다."
        ),
    ),
    GalleryScene(
        id="max-pool",
        section="pooling",
        line=f"{FOUR} | max_pool2d 2",
        en="Max pooling",
        ko="최대 풀링",
        about_en=(
            "Each 2×2 window hands on its largest value, which is ringed. There are no weights to learn, and the "
            "channels stay as they are."
        ),
        about_ko=(
            "2×2 윈도우마다 가장 큰 값만 넘기며, 그 칸에 테두리가 표시됩니다. 배울 가중치가 없고 채널 수도 그대로입니다."
        ),
    ),
    GalleryScene(
        id="avg-pool",
        section="pooling",
        line=f"{FOUR} | avg_pool2d 2",
        en="Average pooling",
        ko="평균 풀링",
        about_en=(
            "Each 2×2 window hands on its mean. All four pixels have a say, where maximum pooling listens to one."
        ),
        about_ko=("2×2 윈도우마다 평균을 넘깁니다. 최대 풀링이 한 픽셀만 듣는 것과 달리 네 픽셀이 모두 영향을 줍니다."),
    ),
    GalleryScene(
        id="pool-drops-edge",
        section="pooling",
        line=f"{FIVE} | max_pool2d 2",
        en="Pooling drops the edge",
        ko="풀링이 버리는 가장자리",
        about_en=(
            "Windows of 2×2 with stride 2 do not fit five columns: the last row and column are never seen. Padding "
            "same or ceil mode keeps them."
        ),
        about_ko=(
            "스트라이드 2인 2×2 윈도우는 다섯 열에 딱 맞지 않아 마지막 행과 열을 보지 못합니다. 패딩 same이나 올림 모드(ceil_mode)를 쓰면 남습니다."
        ),
    ),
    GalleryScene(
        id="pool-invariance",
        section="pooling",
        line=f"{SHIFTED} | max_pool2d 3",
        en="Pooling forgives small shifts",
        ko="풀링은 작은 이동을 봐준다",
        about_en=(
            "The same picture, moved by 0, 1 and 2 pixels to the right. While the brightest pixel stays in its "
            "window, maximum pooling does not notice."
        ),
        about_ko=(
            "같은 그림을 오른쪽으로 0, 1, 2픽셀 옮긴 것입니다. 가장 밝은 픽셀이 윈도우 안에 있는 동안 최대 풀링의 답은 바뀌지 않습니다."
        ),
    ),
    GalleryScene(
        id="global-avg-pool",
        section="pooling",
        line=f"{THREE_CHANNELS} | global_avg_pool2d",
        en="One number for each map",
        ko="특성 맵마다 숫자 하나",
        about_en=(
            "A whole map becomes one number, its mean. Networks use this in place of flattening: as many numbers as "
            "maps, whatever the size of the picture."
        ),
        about_ko=(
            "맵 하나가 평균값 하나로 줄어듭니다. 평탄화 대신 쓰면 그림 크기와 관계없이 맵 수만큼의 숫자가 나옵니다."
        ),
    ),
    GalleryScene(
        id="depthwise-pool",
        section="pooling",
        line=f"{LINE} | conv2d {LINES} | channel_max_pool",
        en="Pooling across channels",
        ko="채널 방향 풀링",
        about_en=(
            "Four kernels look for lines at four angles, and the maximum is taken across their maps, cell by cell. "
            "The answer says that there is a line, not which way it runs."
        ),
        about_ko=(
            "커널 넷이 네 각도의 선을 찾고, 칸마다 네 맵 가운데 가장 큰 값을 고릅니다. 답은 선이 있다는 것만 알려 주고 방향은 알려 주지 않습니다."
        ),
    ),
    GalleryScene(
        id="im2col",
        section="computing",
        line=f"{FIVE} | unfold 3 | conv2d {CROSS_AS_A_COLUMN} | fold 3 1",
        en="Windows as columns of a matrix",
        ko="윈도우를 행렬의 열로",
        about_en=(
            "Every window is laid out as a column of a matrix; then one product with the kernel as a row gives the "
            "whole map. This is how libraries turn convolution into matrix multiplication."
        ),
        about_ko=(
            "모든 윈도우를 행렬의 열로 펼친 뒤, 행으로 편 커널과 한 번 곱하면 특성 맵 전체가 나옵니다. 라이브러리는 이렇게 합성곱을 행렬 곱으로 바꿉니다."
        ),
    ),
    GalleryScene(
        id="im2col-pool",
        section="computing",
        line=f"{FOUR} | unfold 2 stride=2 | max_pool2d (4,1) | fold 2 1",
        en="Pooling as a maximum of columns",
        ko="풀링을 열의 최댓값으로",
        about_en=(
            "The same matrix serves pooling: each window is a column, and its largest entry is the answer. Folding "
            "the answers gives the small map."
        ),
        about_ko=(
            "같은 행렬을 풀링에도 씁니다. 윈도우가 열이 되고, 열마다 가장 큰 값이 답입니다. 답을 다시 접으면 작은 맵이 됩니다."
        ),
    ),
    GalleryScene(
        id="backward-conv",
        section="computing",
        line=f"[1 0 2; 0 1 0; 1 0 1] | conv2d_backward_input {CROSS}",
        en="Back through a convolution",
        ko="합성곱의 역전파",
        about_en=(
            "The gradient of a map goes back the way the sums came. Each of its cells multiplies the kernel and "
            "stamps it onto the pixels it was made from; where stamps overlap they add up."
        ),
        about_ko=(
            "맵의 기울기는 합이 온 길을 거꾸로 갑니다. 칸마다 커널에 기울기를 곱해 그 값을 만든 픽셀 위에 찍고, 겹치는 곳은 더합니다."
        ),
    ),
    GalleryScene(
        id="backward-pool",
        section="computing",
        line=f"[1 2; 3 4] | max_pool2d_backward 2 x={FOUR}",
        en="Back through max pooling",
        ko="최대 풀링의 역전파",
        about_en=(
            "Only the winner of a window was heard, so only the winner gets the gradient. All other pixels get zero."
        ),
        about_ko=(
            "윈도우에서 뽑힌 칸만 결과에 영향을 주었으므로 그 칸만 기울기를 받습니다. 다른 픽셀은 모두 0을 받습니다."
        ),
    ),
    GalleryScene(
        id="transposed",
        section="computing",
        line="[1 2; 3 4] | conv_transpose2d [1 2 1; 2 4 2; 1 2 1] stride=2",
        en="Transposed convolution",
        ko="전치 합성곱",
        about_en=(
            "Each input pixel stamps the whole kernel into a larger output, two cells further each time. Overlapping "
            "stamps add up; that is how networks draw pictures larger."
        ),
        about_ko=(
            "입력 픽셀마다 커널 전체를 더 큰 출력에 두 칸씩 건너 찍습니다. 겹친 도장은 더해지며, 신경망은 이렇게 그림을 키웁니다."
        ),
    ),
    GalleryScene(
        id="dilated",
        section="computing",
        line=f"{FIVE} | conv2d {CROSS} dilation=2",
        en="Dilation 2",
        ko="팽창 2",
        about_en=(
            "Dilation 2 leaves a gap between the weights: nine of them reach over 5×5 pixels. The field of view "
            "grows, the number of weights does not."
        ),
        about_ko=(
            "팽창이 2이면 가중치 사이가 한 칸씩 벌어져, 아홉 개가 5×5픽셀에 걸칩니다. 보는 범위는 넓어지고 가중치 수는 그대로입니다."
        ),
    ),
)

GALLERY: Mapping[str, GalleryScene] = {row.id: row for row in ROWS}
LIBRARY: Mapping[str, str] = {row.id: row.line for row in ROWS}


def parse(line: str, limits: Limits = DEFAULT) -> Scene:
    """A scene from its line, where @id is a scene of the curriculum.

    Refuses  what is not a scene line, in the words of the line

    >>> parse("Cat 64 | sobel-x stride=(2,2) | relu").line
    'cat 64 | conv2d sobel-x stride=2 | relu'
    """
    return scene.parse(line, LIBRARY, limits)


def scene_from_json(value: object, limits: Limits = DEFAULT) -> Scene:
    """A scene from its JSON, where the source @id is a scene of the curriculum.

    Refuses  what is not {"input": {"source", "size", "mode"}, "layers": [{"operation", ...}]}

    >>> scene_from_json({"input": {"source": "cat", "size": 64}, "layers": [{"operation": "sobel"}]}).line
    'cat 64 | sobel'
    """
    return scene.scene_from_json(value, LIBRARY, limits)
