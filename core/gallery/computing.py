"""How it is computed: matrices of windows, the way back, transposed and dilated."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.gallery.inputs import CROSS, FIVE, FOUR
from core.texts import Text

TWO_CHANNELS = "[[[1,2,0],[3,1,1],[0,2,1]],[[0,1,2],[1,0,1],[2,1,0]]]"
TWO_OF_TWO = "[[[[1,0],[0,1]],[[0,1],[1,0]]],[[[1,-1],[1,-1]],[[2,0],[0,-2]]]]"
PRODUCT, PRODUCT_TURNED = "[4 1; 5 2; 7 0; 4 1]", "[4 5 7 4; 1 2 0 1]"  # of four windows and those two kernels

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="im2col",
        section="computing",
        line=f"{FIVE} | conv2d {CROSS}",
        title=Text("Windows as rows of a matrix"),
        about=Text(
            "Every window is laid out as a row of a matrix, and the kernel as a column: each row times the column is "
            "one cell of the map. This is how libraries turn convolution into matrix multiplication, with 81 numbers "
            "in the place of 25."
        ),
        views="numbers+im2col",
        notes=(
            Text(
                "Rows or columns: lectures make each window a row, PyTorch's unfold makes it a column. One matrix is "
                "the other one transposed; the button changes between them."
            ),
        ),
        stops=(
            ("1", Text("The second window is the second row: times the kernel's column it is 9.")),
            ("4", Text("Most pixels stand in several rows: 25 pixels, 81 numbers.")),
            ("last", Text("Nine rows, nine sums: reshaped to 3×3 they are the map.")),
        ),
    ),
    GalleryScene(
        id="im2col-batch",
        section="computing",
        line=f"{TWO_CHANNELS} | conv2d {TWO_OF_TWO}",
        title=Text("The matrix of several channels and kernels"),
        about=Text(
            "With two channels a window of 2×2 becomes a row of eight numbers, channel after channel, and each of two "
            "kernels a column. Four windows times two kernels are 4×2 sums: two maps of 2×2."
        ),
        views="im2col",
        notes=(
            Text(
                "With N pictures and windows as rows the product is (N·OH·OW, FN): reshape it to (N, OH, OW, FN) "
                "first, then transpose (0, 3, 1, 2)."
            ),
            Text("Your slide may write transpose(3, 0, 1, 2); that puts the kernels before the pictures."),
        ),
        stops=(
            ("1", Text("A row holds both channels of a window, 8 numbers.")),
            ("4", Text("The second kernel is a second column of weights.")),
            ("last", Text("Rows are places, columns are kernels; the maps come by transposing.")),
        ),
    ),
    GalleryScene(
        id="reshape-trap",
        section="computing",
        line=f"{PRODUCT_TURNED} | reshape (2,2,2)",
        title=Text("The trap: reshape without transposing"),
        about=Text(
            "The product of windows and kernels has a row for each place and a column for each kernel. Transposed "
            "first, as on the left, it folds to the two maps of the convolution; reshaped straight away, as on the "
            "right, it mixes both kernels into each map."
        ),
        compare=f"{PRODUCT} | reshape (2,2,2)",
        notes=(Text("reshape(N, OH, OW, FN).transpose(0, 3, 1, 2) is right; reshape(N, FN, OH, OW) is the trap."),),
        stops=(
            (
                "3",
                Text("The first map: left, kernel 1 in four places; right, both kernels in two places."),
            ),
            ("last", Text("The same 8 numbers; only the maps on the left are those of the convolution.")),
        ),
    ),
    GalleryScene(
        id="im2col-pool",
        section="computing",
        line=f"{FOUR} | max_pool2d 2",
        title=Text("Pooling as a maximum of rows"),
        about=Text(
            "The same matrix serves pooling: each window is a row, and its largest entry is the answer. Four answers "
            "are the small map of 2×2."
        ),
        views="numbers+im2col",
        notes=(Text("Lectures write reshape(-1, ph*pw) and take the maximum of each row."),),
        stops=(
            ("1", Text("The second window is the second row: its largest number is 5.")),
            ("last", Text("Four rows, four maxima.")),
        ),
    ),
    GalleryScene(
        id="backward-conv",
        section="computing",
        line=f"{FIVE} | conv2d {CROSS} bias=1",
        title=Text("Back through a convolution"),
        about=Text(
            "The gradient of the map goes back the way the sums came: dX gets the kernel times dY wherever a window "
            "lay, and overlaps add up. dW adds up window times dY, db adds up dY."
        ),
        views="backward",
        stops=(
            ("0", Text("dX gets the kernel, dW gets the window, db gets 1: each times dY.")),
            ("1", Text("Where kernels overlap in dX, their shares add up.")),
            ("last", Text("dX, dW and db are complete.")),
        ),
    ),
    GalleryScene(
        id="backward-pool",
        section="computing",
        line=f"{FOUR} | max_pool2d 2",
        title=Text("Back through max pooling"),
        about=Text(
            "Only the largest value of a window went on, so only its cell gets the gradient dY. All other cells of dX "
            "get 0."
        ),
        views="numbers+backward",
        notes=(Text("Average pooling would spread dY instead: a quarter of it for each of the four cells."),),
        stops=(
            ("0", Text("6 was the largest: its cell gets the whole gradient.")),
            ("last", Text("Four windows, four winners; all other cells keep 0.")),
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
        stops=(
            ("1", Text("The second kernel lands two columns further and overlaps the first.")),
            ("last", Text("2×2 became 5×5; where kernels overlap the numbers are sums.")),
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
        stops=(("0", Text("Nine weights reach over 5×5 pixels: between them one row and one column are left out.")),),
    ),
)
