"""The convolution, step by step: stride, padding, size, bias, field."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.gallery.inputs import CROSS, FIVE, FOUR
from core.texts import Text

FIVE_BY_SEVEN = "random 3x5x7 seed=1"

UNEVEN = "[1 2 0; 0 1 -1; 3 0 1]"
TALL = "[1 2 3 4; 5 6 7 8; 9 8 7 6; 5 4 3 2; 1 0 1 0; 2 4 2 4; 3 3 1 1; 0 5 0 5]"
ACROSS_FIVE = "[1 0 0 0 1; 0 1 0 1 0; 0 0 1 0 0; 0 1 0 1 0; 1 0 0 0 1]"
BINARY = "[1 1 1 0 0; 0 1 1 1 0; 0 0 1 1 1; 0 0 1 1 0; 0 1 1 0 0]"
TEN_BY_TEN = (
    "[0 7 4 1 8 5 2 9 6 3; 3 1 9 7 5 3 1 9 7 5; 6 5 4 3 2 1 0 9 8 7; 9 9 9 9 9 9 9 9 9 9; 2 3 4 5 6 7 8 9 0 1;"
    " 5 7 9 1 3 5 7 9 1 3; 8 1 4 7 0 3 6 9 2 5; 1 5 9 3 7 1 5 9 3 7; 4 9 4 9 4 9 4 9 4 9; 7 3 9 5 1 7 3 9 5 1]"
)

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="first-steps",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS}",
        title=Text("The first steps"),
        about=Text(
            "A 3×3 kernel visits a 5×5 picture: nine windows, nine sums. The first four are 6, 9, 11 and 10; step"
            " on and the whole feature map fills in."
        ),
        notes=(
            Text("Sentences here count rows, columns and steps from 1; addresses and code count from 0."),
            Text(
                "The kernel is not turned before it slides: this is cross-correlation, which deep learning calls "
                "convolution."
            ),
        ),
        stops=(
            ("2", Text("The first row of the map is full: 6, 9 and 11.")),
            ("3", Text("Step 4, one row down: 10.")),
            ("last", Text("Nine windows, nine sums: the whole map.")),
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
        stops=(
            ("2", Text("The first row: 4, 3 and 4.")),
            ("last", Text("The map is full; nowhere did all five ones meet a 1.")),
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
        stops=(("0", Text("The products: 1 + 4 + 0 + 0 + 1 + 0 + 9 + 0 + 1 = 16.")),),
    ),
    GalleryScene(
        id="flip-or-not",
        section="steps",
        line=f"{FIVE} | conv2d {UNEVEN} flip=true",
        title=Text("Convolution or cross-correlation"),
        about=Text(
            "Mathematics turns the kernel by 180 degrees before it slides, flip=true; deep learning leaves it as "
            "drawn, flip=false, and calls that convolution too. Only a kernel that looks the same after half a turn "
            "gives the same map both ways."
        ),
        notes=(Text("Libraries for networks do not turn the kernel; scipy.signal.convolve2d and numpy.convolve do."),),
        compare="flip=false",
        stops=(
            ("1", Text("The same window: 16 with the kernel turned, 8 with the kernel as drawn.")),
            ("last", Text("Two maps: the corner marks show where they differ.")),
        ),
    ),
    GalleryScene(
        id="definition-1d",
        section="steps",
        line="[2 1 3 2 1 0 2] | conv1d [3 2 1] padding=full flip=true",
        title=Text("The definition, in one dimension"),
        about=Text(
            "One signal is reversed and pushed along the other; where they overlap, they are multiplied and summed. "
            "Each position gives one point of the result."
        ),
        notes=(
            Text(
                "Your slide may write the integral with f alone; the function it is convolved with, g(t − τ), "
                "belongs under it as well."
            ),
        ),
        stops=(
            ("2", Text("The whole kernel lies on the signal for the first time: 2 + 2 + 9 = 13.")),
            ("last", Text("Nine places where the two overlap: 7 + 3 − 1.")),
        ),
        views="numbers+signal",
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
        notes=(
            Text(
                "Your slide may say that with stride 1 the output is as large as the input; that is so with padding "
                "'same' alone."
            ),
        ),
        stops=(
            ("1", Text("Two columns further, not one.")),
            ("2", Text("Two rows down.")),
            ("last", Text("Four places, four sums: 2×2.")),
        ),
    ),
    GalleryScene(
        id="stride-count",
        section="steps",
        line=f"{TALL} | conv2d [1 0; 0 1] stride=2",
        title=Text("How often a kernel fits"),
        about=Text(
            "A 2×2 kernel on 8×4 pixels with stride 2 has 4×2 places, and visits every pixel exactly once. With "
            "stride 1, beside it, it has 7×3 places: how often a kernel fits is decided by its stride more than by its "
            "size."
        ),
        compare="stride=1",
        stops=(
            ("1", Text("Stride 2 goes on to new pixels; stride 1 sees two of them again.")),
            ("last", Text("The end: 4×2 places with stride 2, 7×3 with stride 1.")),
        ),
    ),
    GalleryScene(
        id="stride-1-and-2",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS}",
        title=Text("Stride 1 beside stride 2"),
        about=Text(
            "With stride 1 the 3×3 kernel has nine places on 5×5 pixels and makes a map of 3×3; with stride 2 it has "
            "four places and makes one of 2×2. Both maps share the sums of the four corners: 6, 11, 7 and 4."
        ),
        compare="stride=2",
        stops=(
            ("2", Text("The third window of stride 1 is the second of stride 2: 11.")),
            ("last", Text("Four of the nine sums are in both maps.")),
        ),
    ),
    GalleryScene(
        id="zero-padding",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} padding=1",
        title=Text("Zero padding"),
        about=Text(
            "A border of zeros makes the picture 7×7, and a 3×3 kernel gives back 5×5; the 5×5 kernel beside it needs "
            "a border of two. Near the edge part of the window sees zeros."
        ),
        compare=f"conv2d {ACROSS_FIVE} padding=2",
        stops=(
            ("6", Text("Row 2, column 2: the first 3×3 window without a zero of the border.")),
            ("last", Text("5×5 again, with either kernel.")),
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
        views="numbers+formula",
        notes=(
            Text("Your slide may say that the size is rounded to the nearest whole number; libraries round down."),
            Text("P counts the zeros on one side; both sides together add 2P."),
        ),
        stops=(
            ("3", Text("The fourth window ends at the border: there is room for 4.")),
            ("last", Text("4 rows, 4 columns: as the formula says.")),
        ),
    ),
    GalleryScene(
        id="symbols",
        section="steps",
        line=f"{FIVE_BY_SEVEN} | conv2d out=2 kernel_size=(3,2) stride=2 padding=1 seed=1",
        title=Text("The letters of the lectures"),
        about=Text(
            "The letters of the formula stand for numbers that you can count: the input has 3 channels of H×W = 5×7, "
            "a kernel FH×FW = 3×2, and with S = 2 and P = 1 the output is OH×OW = 3×4. With FN = 2 kernels it has 2 "
            "channels; the same sizes are also written I, K and O, the channels C_i and C_o."
        ),
        views="numbers+formula",
        notes=(
            Text("Your slide may write K_i × K_o for the size of a kernel; height and width are meant, K_h × K_w."),
        ),
        stops=(
            ("4", Text("The second row of windows begins S = 2 rows further down.")),
            ("11", Text("OH×OW = 3×4: the first map is full.")),
            ("last", Text("FN = 2 kernels, 2 maps.")),
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
        notes=(
            Text("Your slide may give 10×10 for a 3×3 kernel with stride 1; without padding 'same' it is 8×8."),
            Text(
                "Where 'same' needs an odd number of zeros, the odd one stands at the bottom and on the right, as in "
                "Keras."
            ),
        ),
        compare="padding=valid",
        stops=(
            ("99", Text("The first of ten maps has 10×10 cells; 8×8 where the window stays inside.")),
            ("last", Text("Ten kernels, ten maps.")),
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
        notes=(Text("Your slide may write padding (4); that is 2 on each side, 4 in all."),),
        stops=(
            ("63", Text("Two rows of zeros above.")),
            ("543", Text("Row 17: two zeros, 28 pixels, two zeros.")),
            ("last", Text("32×32.")),
        ),
    ),
    GalleryScene(
        id="bias",
        section="steps",
        line=f"{FIVE} | conv2d {CROSS} bias=1",
        title=Text("One bias for the whole map"),
        about=Text(
            "One number is added to every sum of the map, on the left 1, on the right 0. It lifts or lowers the whole "
            "map and changes none of its differences."
        ),
        compare="bias=0",
        stops=(
            ("1", Text("9 without the bias, 10 with it.")),
            ("last", Text("Every cell of the map is larger by 1.")),
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
        views="numbers+network",
        stops=(
            ("1", Text("One cell to the right here is two pixels to the right in the picture.")),
            ("58", Text("Each cell of this map looks at 3×3 cells below, and at 7×7 pixels of the picture.")),
            ("last", Text("The map is full: every cell has a field of 7×7.")),
        ),
    ),
)
