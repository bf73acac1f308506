"""How it is computed: matrices of windows, the way back, transposed and dilated."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.gallery.inputs import CROSS, FIVE, FOUR
from core.texts import Text

TWO_CHANNELS = "[[[1,2,0],[3,1,1],[0,2,1]],[[0,1,2],[1,0,1],[2,1,0]]]"
TWO_AS_COLUMNS = "[[[[1],[0],[0],[1],[0],[1],[1],[0]]],[[[1],[-1],[1],[-1],[2],[0],[0],[-2]]]]"

CROSS_AS_A_COLUMN = "[1; 0; 1; 1; 0; 1; 0; 1; 0]"

ROWS: tuple[GalleryScene, ...] = (
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
        notes=(
            Text(
                "Rows or columns: PyTorch's unfold makes each window a column, as here; many lectures make it a row. "
                "One matrix is the other one transposed."
            ),
        ),
    ),
    GalleryScene(
        id="im2col-batch",
        section="computing",
        line=f"{TWO_CHANNELS} | unfold 2 | conv2d {TWO_AS_COLUMNS} | reshape (2,2,2)",
        title=Text("The matrix of several channels and kernels"),
        about=Text(
            "With two channels a window of 2×2 becomes a column of eight numbers, channel after channel, and each of "
            "two kernels is laid out the same way. Both meet the same matrix of four windows and give two rows of "
            "four sums, which fold to two maps of 2×2."
        ),
        layer=1,
        notes=(
            Text(
                "With N pictures and windows as rows the product is (N·OH·OW, FN): reshape it to (N, OH, OW, FN) "
                "first, then transpose (0, 3, 1, 2)."
            ),
            Text("Your slide may write transpose(3, 0, 1, 2); that puts the kernels before the pictures."),
            Text("The trap: to reshape straight to (N, FN, OH, OW) mixes the maps up."),
        ),
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
        notes=(
            Text(
                "Rows or columns: lectures reshape to (-1, ph*pw) and take the maximum of each row; here each window "
                "is a column."
            ),
        ),
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
