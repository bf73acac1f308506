"""The scene line and the JSON scene read matrices by the rules of the one reader."""

from __future__ import annotations

import pytest

import core
from core.errors import SceneError

LINES: dict[str, str] = {
    "[\u22121 2; 3 \u22124] | relu": "[-1 2; 3 -4] | relu",
    "\uff3b\uff11\u3000\uff12\uff1b\uff13\u3000\uff14\uff3d \uff5c relu": "[1 2; 3 4] | relu",
    r"\begin{bmatrix}1 & 2\\3 & 4\end{bmatrix} | relu": "[1 2; 3 4] | relu",
    "[1 0\n 0 1] | conv2d [1 0\n 0 1]": "[1 0; 0 1] | conv2d [1 0; 0 1]",
    "{{1,2},{3,4}} | conv2d {{1,0},{0,1}}": "[1 2; 3 4] | conv2d [1 0; 0 1]",
    "np.array([[1, 2], [3, 4]]) | conv2d tensor([[1., 0.]], dtype=torch.float32)": "[1 2; 3 4] | conv2d [1.0 0.0]",
    "[0,5 1,5; 2,5 3,5] | conv2d [0,5 1,5] bias=[\u22121]": "[0.5 1.5; 2.5 3.5] | conv2d [0.5 1.5] bias=[-1]",
    "[[1 2]; [3 4]] | relu": "[1 2; 3 4] | relu",
    "((1,2),(3,4)) | pad ((0,1),(2,0))": "[1 2; 3 4] | pad ((0,1),(2,0))",
    "[1 2; 3 4] | conv2d [1/4 1/4; 1/4 1/4]": "[1 2; 3 4] | conv2d [0.25 0.25; 0.25 0.25]",
}


@pytest.mark.parametrize("line", LINES)
def test_the_scene_line_reads_matrices_wherever_it_has_them(line: str) -> None:
    assert core.parse(line).line == LINES[line]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1,,-1; 2,,-2] | relu", "input is '[1,,-1; 2,,-2]': row 1, column 2 is empty"),
        ("[1,2 3; 4,5 6] | relu", "may mean [1 2 3; 4 5 6] / [1.2 3; 4.5 6]"),
        ("cat | conv2d [1 2; 3]", "row 2 has 1 number, the first has 2"),
        ("cat | conv2d [1 a]", "'a': row 1, column 2 must be a finite number"),
    ],
)
def test_the_scene_line_refuses_matrices_in_the_same_words(line: str, told: str) -> None:
    with pytest.raises(SceneError) as refusal:
        core.parse(line)
    assert told in str(refusal.value)


def test_json_takes_the_text_of_a_matrix_wherever_it_takes_its_numbers() -> None:
    written = {
        "input": {"source": "1\t2\n3\t4"},
        "layers": [{"operation": "conv2d", "weight": "[[1, 0], [0, 1]]", "bias": "0.5"}],
    }
    assert core.scene_from_json(written).line == "[1 2; 3 4] | conv2d [1 0; 0 1] bias=0.5"


def test_a_kernel_with_a_wrong_name_is_still_taken_for_a_name() -> None:
    with pytest.raises(SceneError, match="did you mean sobel-x"):
        core.scene_from_json({"input": {"source": "cat"}, "layers": [{"operation": "conv2d", "weight": "sobel-xx"}]})
