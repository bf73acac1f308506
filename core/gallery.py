"""The curriculum's scenes, one row each: a permanent name, a line, a title and a caption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core import scene
from core.limits import DEFAULT, Limits
from core.scene import Scene
from core.texts import Text

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
HOUSE = (
    "[0 0 0 0 0 0 0 0 0; 0 0 0 0 1 0 1 0 0; 0 0 0 1 0 1 1 0 0; 0 0 1 1 1 1 1 0 0;"
    " 0 0 1 0 0 0 1 0 0; 0 0 1 0 0 0 1 0 0; 0 0 1 1 1 1 1 0 0; 0 0 0 0 0 0 0 0 0]"
)
BINARY = "[1 1 1 0 0; 0 1 1 1 0; 0 0 1 1 1; 0 0 1 1 0; 0 1 1 0 0]"
TEN_BY_TEN = (
    "[0 7 4 1 8 5 2 9 6 3; 3 1 9 7 5 3 1 9 7 5; 6 5 4 3 2 1 0 9 8 7; 9 9 9 9 9 9 9 9 9 9; 2 3 4 5 6 7 8 9 0 1;"
    " 5 7 9 1 3 5 7 9 1 3; 8 1 4 7 0 3 6 9 2 5; 1 5 9 3 7 1 5 9 3 7; 4 9 4 9 4 9 4 9 4 9; 7 3 9 5 1 7 3 9 5 1]"
)
THREE_PICTURES = (
    "[[[1,2,3,4,5],[2,1,0,1,2],[3,0,1,1,0],[1,4,1,1,2],[2,1,1,0,0]],"
    "[[0,0,1,0,0],[0,1,1,1,0],[1,1,1,1,1],[0,1,1,1,0],[0,0,1,0,0]],"
    "[[5,5,5,5,5],[0,0,0,0,0],[5,5,5,5,5],[0,0,0,0,0],[5,5,5,5,5]]]"
)
SIX_FILTERS = (
    "[[[[0,0,0],[0,144,0],[0,0,0]]],[[[16,16,16],[16,16,16],[16,16,16]]],[[[9,18,9],[18,36,18],[9,18,9]]],"
    "[[[0,-144,0],[-144,720,-144],[0,-144,0]]],[[[-288,-144,0],[-144,144,144],[0,144,288]]],"
    "[[[-144,-144,-144],[-144,1152,-144],[-144,-144,-144]]]]"
)
FIN = "[-1 -1 -1 1 -1 -1 -1; -1 -1 1 1 1 -1 -1; -1 -1 1 1 1 -1 -1; -1 1 1 1 1 1 -1; -1 1 1 1 1 1 -1]"
NEAT_Y = "[1 0 0 0 1; 0 1 0 1 0; 0 0 1 0 0; 0 0 1 0 0; 0 0 1 0 0]"
ACROSS = "[0,0,0,0,0,0,0]"
DOWN = "[0,0,0,1,0,0,0]"
VERTICAL_AND_HORIZONTAL = (
    f"[[[{','.join([DOWN] * 7)}]],[[{','.join([ACROSS] * 3)},[1,1,1,1,1,1,1],{','.join([ACROSS] * 3)}]]]"
)


SECTIONS: Mapping[str, Text] = {
    "images": Text("Images are numbers"),
    "steps": Text("The convolution, step by step"),
    "channels": Text("Weights, channels, many kernels"),
    "filters": Text("Classical filters"),
    "activations": Text("Activations"),
    "pooling": Text("Pooling"),
    "computing": Text("How it is computed"),
}


@dataclass(frozen=True, slots=True)
class GalleryScene:
    """One figure: its permanent name, the part of the course it belongs to, its line, title and caption."""

    id: str
    section: str
    line: str
    title: Text
    about: Text  # two sentences
    layer: int = 0  # which layer it opens on, and at which step
    step: int = 0
    stops: tuple[tuple[str, Text], ...] = ()  # where playing pauses, as an address says it, and what is said there


ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="digit-pixels",
        section="images",
        line="digit-7 | conv2d identity padding=same",
        title=Text("A digit is 784 numbers"),
        about=Text(
            "A grey picture of 28×28 pixels is a table of numbers from 0, black, to 255, white. Written with its one "
            "channel it is a tensor of shape (1, 28, 28), or (28, 28, 1) where channels come last."
        ),
    ),
    GalleryScene(
        id="rgb-channels",
        section="images",
        line="cat 48 rgb | conv2d identity",
        title=Text("A colour picture has three channels"),
        about=Text(
            "Red, green and blue are three channels, each a grey picture of the same size: a tensor of shape (3, "
            "H, W), or (H, W, 3) where channels come last. The identity kernel copies each channel by itself; "
            "laid over each other again they are the photograph, but for its outermost pixels."
        ),
    ),
    GalleryScene(
        id="flatten-loses-space",
        section="images",
        line=f"{NEAT_Y} | flatten",
        title=Text("Flattening tears neighbours apart"),
        about=Text(
            "A letter of 5×5 pixels becomes a list of 25 numbers. Pixels that stood one above the other are now "
            "five places apart, so the shape is lost to a network that reads the list."
        ),
    ),
    GalleryScene(
        id="mlp-shift",
        section="images",
        line=f"{HOUSE} | conv2d [1 -1 0] padding=same",
        title=Text("One pixel to the right, twenty inputs changed"),
        about=Text(
            "The kernel subtracts each pixel from its left neighbour: what is not 0 is an input that changes when the "
            "drawing moves one pixel to the right, 20 in all. To a fully connected network those are new numbers; the "
            "feature map of a convolution only moves along."
        ),
    ),
    GalleryScene(
        id="first-steps",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS}",
        title=Text("The first steps"),
        about=Text(
            "A 3×3 kernel visits a 5×5 picture: nine windows, nine sums. The first four are 6, 9, 11 and 10; step"
            " on and the whole feature map fills in."
        ),
    ),
    GalleryScene(
        id="convolved-feature",
        section="steps",
        line=f"{BINARY} | conv2d [1 0 1; 0 1 0; 1 0 1]",
        title=Text("The convolved feature"),
        about=Text(
            "The best-known figure of all: a picture of zeros and ones, a 3×3 window, and the map that fills in. "
            "Where the pixels under the kernel's five ones are all 1 the answer would be 5; the largest here is 4."
        ),
    ),
    GalleryScene(
        id="elementwise",
        section="steps",
        line=f"[1 2 3; 2 1 0; 3 0 1] | conv2d {UNEVEN}",
        title=Text("One window, nine products"),
        about=Text(
            "One window in close-up: nine pixels meet nine weights, and the nine products add up to a single number. "
            "Everything a convolution does is this, over and over."
        ),
    ),
    GalleryScene(
        id="flip-or-not",
        section="steps",
        line=f"{FIVE} | conv2d {UNEVEN} flip=true",
        title=Text("Convolution or cross-correlation"),
        about=Text(
            "Mathematics turns the kernel by 180 degrees before it slides, as is done here; deep learning leaves "
            "it as drawn and calls that convolution too. Only a kernel that looks the same after half a turn "
            "gives the same map both ways."
        ),
    ),
    GalleryScene(
        id="definition-1d",
        section="steps",
        line="[0 1 3 2 1 0 2] | conv1d [3 2 1] padding=full flip=true",
        title=Text("The definition, in one dimension"),
        about=Text(
            "One signal is reversed and pushed along the other; where they overlap, they are multiplied and summed. "
            "Each position gives one point of the result."
        ),
    ),
    GalleryScene(
        id="stride-2",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} stride=2",
        title=Text("Stride 2"),
        about=Text(
            "With stride 2 the kernel takes every second place. A 5×5 picture leaves room for four steps, so the "
            "map is 2×2."
        ),
    ),
    GalleryScene(
        id="stride-count",
        section="steps",
        line=f"{TALL} | conv2d [1 0; 0 1] stride=2",
        title=Text("How often a kernel fits"),
        about=Text(
            "A 2×2 kernel on 8×4 pixels with stride 2 has 4×2 places, and visits every pixel exactly once. With "
            "stride 1 it would have 7×3 places: how often a kernel fits is decided by its stride more than by its "
            "size."
        ),
    ),
    GalleryScene(
        id="zero-padding",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} padding=1",
        title=Text("Zero padding"),
        about=Text(
            "A border of zeros makes the picture 7×7, and a 3×3 kernel gives back 5×5; a 5×5 kernel would need a "
            "border of two. Near the edge part of the window sees zeros, and the sums there are smaller."
        ),
    ),
    GalleryScene(
        id="size-formula",
        section="steps",
        line=f"{FOUR} | conv2d {CROSS} padding=1",
        title=Text("The size of the output"),
        about=Text(
            "Input minus kernel plus padding on both sides, divided by the stride and rounded down, plus one: "
            "here (4 − 3 + 2·1) / 1 + 1 = 4. A remainder would mean rows or columns that no window ever visits."
        ),
    ),
    GalleryScene(
        id="same-or-valid",
        section="steps",
        line=f"{TEN_BY_TEN} | conv2d out=10 kernel_size=3 padding=same",
        title=Text("Ten kernels on 10×10, valid or same"),
        about=Text(
            "Ten 3×3 kernels make ten maps of 8×8 where the window has to stay inside the picture. With one row and "
            "column of zeros on each side, padding 'same', they stay 10×10."
        ),
    ),
    GalleryScene(
        id="pad-28-to-32",
        section="steps",
        line="digit-7 | pad 2 | conv2d out=6 kernel_size=5 seed=1",
        title=Text("28×28 becomes 32×32"),
        about=Text(
            "Two rows and columns of zeros on each side make a digit of 28×28 one of 32×32. A 5×5 kernel then gives "
            "maps of 28×28, and strokes near the edge reach the middle of a window; the six kernels here are random."
        ),
    ),
    GalleryScene(
        id="bias",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} bias=1",
        title=Text("One bias for the whole map"),
        about=Text(
            "One number is added to every sum of the map. It lifts or lowers the whole map and changes none of its "
            "differences."
        ),
    ),
    GalleryScene(
        id="receptive-field",
        section="steps",
        line="cat 32 | conv2d gaussian-3 stride=2 | conv2d gaussian-3",
        title=Text("The receptive field grows"),
        about=Text(
            "A cell of the second map sees three by three cells of the first, and through them a larger piece of the "
            "picture. A stride of 2 in the first layer widens it from 5 to 7 pixels."
        ),
        layer=1,
    ),
    GalleryScene(
        id="dense-vs-conv",
        section="channels",
        line=f"[1 2 3; 4 5 6; 7 8 9] | flatten | linear {SHARED_FOUR_TIMES}",
        title=Text("Fully connected or shared weights"),
        about=Text(
            "Written as a fully connected layer, a 2×2 convolution has 36 places for weights, but only four "
            "different ones. Each row of the matrix is the same kernel, moved by one window."
        ),
        layer=1,
    ),
    GalleryScene(
        id="multi-channel",
        section="channels",
        line=f"{THREE_CHANNELS} | conv2d {THREE_DEEP}",
        title=Text("One kernel, three channels"),
        about=Text(
            "A picture of three channels takes one kernel with three slices, not three kernels. Each slice has its "
            "own products and its own sum; the three sums make one number."
        ),
    ),
    GalleryScene(
        id="two-kernels",
        section="channels",
        line=f"{FIVE_BY_FIVE_BY_THREE} | conv2d {TWO_KERNELS} bias=[1 -1] stride=2 padding=1",
        title=Text("Two kernels, two maps"),
        about=Text(
            "Two kernels of three slices walk over three channels with stride 2 and a border of one. Each fills a map"
            " of its own: 3×3×3 weights twice and two biases are 56 parameters."
        ),
    ),
    GalleryScene(
        id="many-kernels",
        section="channels",
        line=f"{FIVE} | conv2d {FOUR_KERNELS}",
        title=Text("Many kernels, many maps"),
        about=Text(
            "Four kernels look at the same windows and find four different things. As many kernels, so many maps: "
            "that is what the number of channels of a layer's output means."
        ),
    ),
    GalleryScene(
        id="batch",
        section="channels",
        line=f"{THREE_PICTURES} | conv2d {CROSS}",
        title=Text("A batch of pictures"),
        about=Text(
            "Three pictures go through the same kernel, each by itself: (N, C, H, W) with N = 3 becomes (N, FN, OH, "
            "OW). No number of one picture ever meets one of another."
        ),
    ),
    GalleryScene(
        id="line-filters",
        section="channels",
        line=f"camera 64 | conv2d {VERTICAL_AND_HORIZONTAL} divisor=7",
        title=Text("Vertical and horizontal lines"),
        about=Text(
            "A column of ones keeps what runs down, a row of ones keeps what runs across. The same photograph leaves "
            "different lines in each map."
        ),
    ),
    GalleryScene(
        id="feature-maps",
        section="channels",
        line=f"cat 40 rgb | conv2d {EDGES_AND_COLOUR} divisor=4 padding=same | relu | conv2d {OF_THREE_MAPS}",
        title=Text("Maps of maps"),
        about=Text(
            "Three kernels make three maps of a colour photograph: two kinds of edges, and red against blue. "
            "Each cell of the next layer looks at all three of them, so it can ask for an edge and a colour at once."
        ),
    ),
    GalleryScene(
        id="sobel",
        section="filters",
        line="cat 64 | sobel",
        title=Text("Sobel gradient"),
        about=Text(
            "Two kernels measure how fast brightness changes to the right and downwards. Their sums are the two sides"
            " of a right triangle: its length is the strength of the edge, its angle the direction."
        ),
    ),
    GalleryScene(
        id="prewitt",
        section="filters",
        line="cat 64 | prewitt",
        title=Text("Prewitt gradient"),
        about=Text(
            "Like Sobel, but every row and column counts the same. The middle has no larger weight, so edges come "
            "out a little rougher."
        ),
    ),
    GalleryScene(
        id="roberts",
        section="filters",
        line="cat 64 | roberts",
        title=Text("Roberts cross"),
        about=Text(
            "Two differences across the diagonals of a 2×2 window. The smallest gradient filter there is: quick, "
            "sharp, and easily disturbed by noise."
        ),
    ),
    GalleryScene(
        id="scharr",
        section="filters",
        line="cat 64 | scharr",
        title=Text("Scharr gradient"),
        about=Text(
            "The weights 3, 10, 3 measure all directions nearly alike, better than Sobel's 1, 2, 1. The arrow "
            "beside each result points in the direction that was measured."
        ),
    ),
    GalleryScene(
        id="lecture-masks",
        section="filters",
        line=f"cat 64 | conv2d {LECTURE_MASKS}",
        title=Text("Three masks of a lecture"),
        about=Text(
            "Three masks as a lecture's slide prints them; no textbook has them. Any numbers make a filter: another "
            "mask finds another feature."
        ),
    ),
    GalleryScene(
        id="blur-sharpen",
        section="filters",
        line=f"cat 48 | conv2d {SIX_FILTERS} divisor=144",
        title=Text("Identity, blur, sharpen, emboss, outline"),
        about=Text(
            "Six kernels on one photograph: identity, box blur, Gaussian blur, sharpen, emboss and outline, all over "
            "the divisor 144. The first five add up to 144 / 144 = 1 and keep the brightness; the outline adds up to "
            "0 and keeps edges alone."
        ),
    ),
    GalleryScene(
        id="fin",
        section="filters",
        line=f"fish | conv2d {FIN}",
        title=Text("A kernel that answers to a fin"),
        about=Text(
            "The kernel is a small bright triangle with darkness around it. Its strongest answer in the whole picture "
            "stands where the fish has its fin: jump there with the star."
        ),
        step=311,
    ),
    GalleryScene(
        id="frequency",
        section="filters",
        line=f"cat 64 | conv2d {LOW_AND_HIGH} divisor=16 padding=same padding_mode=replicate",
        title=Text("What changes slowly, what changes fast"),
        about=Text(
            "The first kernel averages and keeps what changes slowly; the second keeps what is left of the picture, "
            "the fast changes. Added up, cell by cell, the two maps are the original again."
        ),
    ),
    GalleryScene(
        id="relu-map",
        section="activations",
        line="cat 64 | conv2d sobel-x | relu",
        title=Text("A feature map before and after ReLU"),
        about=Text(
            "The map of a Sobel kernel has sums above and below zero; ReLU keeps the ones above and writes zero "
            "for the rest. Edges that are dark on the left and bright on the right stay, the opposite ones become "
            "zero."
        ),
    ),
    GalleryScene(
        id="max-pool",
        section="pooling",
        line=f"{FOUR} | max_pool2d 2",
        title=Text("Max pooling"),
        about=Text(
            "Each 2×2 window hands on its largest value, which is ringed; a quarter of the numbers is left. There "
            "are no weights to learn, and the channels stay as they are."
        ),
    ),
    GalleryScene(
        id="avg-pool",
        section="pooling",
        line=f"{FOUR} | avg_pool2d 2",
        title=Text("Average pooling"),
        about=Text(
            "Each 2×2 window hands on its mean. All four pixels count, where maximum pooling uses the largest alone."
        ),
    ),
    GalleryScene(
        id="pool-drops-edge",
        section="pooling",
        line=f"{FIVE} | max_pool2d 2",
        title=Text("Pooling drops the edge"),
        about=Text(
            "Windows of 2×2 with stride 2 do not fit five columns: the last row and column are never seen. "
            "Padding same or ceil mode would keep them."
        ),
    ),
    GalleryScene(
        id="pool-invariance",
        section="pooling",
        line=f"{SHIFTED} | max_pool2d 3",
        title=Text("Pooling forgives small shifts"),
        about=Text(
            "The same picture in three channels, moved by 0, 1 and 2 pixels to the right. While the brightest "
            "pixel stays in its window, maximum pooling does not notice."
        ),
    ),
    GalleryScene(
        id="global-avg-pool",
        section="pooling",
        line=f"{THREE_CHANNELS} | global_avg_pool2d",
        title=Text("One number for each map"),
        about=Text(
            "A whole map becomes one number, its mean. Networks use this in place of flattening: as many numbers as "
            "maps, whatever the size of the picture."
        ),
    ),
    GalleryScene(
        id="depthwise-pool",
        section="pooling",
        line=f"{LINE} | conv2d {LINES} | channel_max_pool",
        title=Text("Pooling across channels"),
        about=Text(
            "Four kernels look for lines at four angles, and the maximum is taken across their maps, cell by cell. "
            "The answer says that there is a line, not which way it runs."
        ),
        layer=1,
    ),
    GalleryScene(
        id="im2col",
        section="computing",
        line=f"{FIVE} | unfold 3 | conv2d {CROSS_AS_A_COLUMN} | fold 3 1",
        title=Text("Windows as columns of a matrix"),
        about=Text(
            "Every window is laid out as a column of a matrix, and the kernel as one more column: each column of "
            "the matrix times the kernel, summed, is one cell of the map. This is how libraries turn convolution "
            "into matrix multiplication."
        ),
        layer=1,
    ),
    GalleryScene(
        id="im2col-pool",
        section="computing",
        line=f"{FOUR} | unfold 2 stride=2 | max_pool2d (4,1) | fold 2 1",
        title=Text("Pooling as a maximum of columns"),
        about=Text(
            "The same matrix serves pooling: each window is a column, and its largest entry is the answer. Folding "
            "the answers gives the small map."
        ),
        layer=1,
    ),
    GalleryScene(
        id="backward-conv",
        section="computing",
        line=f"[1 0 2; 0 1 0; 1 0 1] | conv2d_backward_input {CROSS}",
        title=Text("Back through a convolution"),
        about=Text(
            "The gradient of a map goes back the way the sums came. The kernel is multiplied by each of its cells "
            "and added to the pixels that cell was made from; where kernels overlap they add up."
        ),
    ),
    GalleryScene(
        id="backward-pool",
        section="computing",
        line=f"[1 2; 3 4] | max_pool2d_backward 2 x={FOUR}",
        title=Text("Back through max pooling"),
        about=Text(
            "Only the largest value of a window went on, so only its cell gets the gradient. All other pixels get zero."
        ),
    ),
    GalleryScene(
        id="transposed",
        section="computing",
        line="[1 2; 3 4] | conv_transpose2d [1 2 1; 2 4 2; 1 2 1] stride=2",
        title=Text("Transposed convolution"),
        about=Text(
            "The kernel is multiplied by each input pixel and added to a larger output, two cells further each "
            "time. Where kernels overlap they add up; that is how networks make pictures larger."
        ),
    ),
    GalleryScene(
        id="dilated",
        section="computing",
        line=f"{FIVE} | conv2d {CROSS} dilation=2",
        title=Text("Dilated convolution"),
        about=Text(
            "Dilation 2 leaves a gap between the weights: nine of them reach over 5×5 pixels. The field of view "
            "grows, the number of weights does not."
        ),
    ),
)

GALLERY: Mapping[str, GalleryScene] = {row.id: row for row in ROWS}
LIBRARY: Mapping[str, str] = {row.id: row.line for row in ROWS}


def figure_of(line: str) -> GalleryScene | None:
    """The figure that a line names, as `@id` alone.

    >>> figure_of("@sobel").id, figure_of("@sobel | relu")
    ('sobel', None)
    """
    name = line.strip()
    return GALLERY.get(name.removeprefix("@")) if name.startswith("@") else None


def place_of(line: str) -> tuple[int, int]:
    """The layer and the step at which a line opens: those of the figure that it names, else the first of both.

    >>> place_of("@receptive-field"), place_of("cat 64 | sobel")
    ((1, 0), (0, 0))
    """
    figure = figure_of(line)
    return (figure.layer, figure.step) if figure else (0, 0)


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
