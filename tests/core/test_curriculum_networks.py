"""Facts of the figures about networks that were trained here."""

import numpy as np
import pytest

import core
from core.networks.sets import weight_sets
from core.training.records import exciting, learning

FIRST, THIRD, FOURTH = 0, 2, 3  # kernels of C1
GRAY = (1, 28, 28)
KERAS = """
conv2d 28 28 64 3200
max_pooling2d 14 14 64 0
conv2d_1 14 14 128 73856
conv2d_2 14 14 128 147584
max_pooling2d_1 7 7 128 0
conv2d_3 7 7 256 295168
conv2d_4 7 7 256 590080
max_pooling2d_2 3 3 256 0
flatten 2304 0
dense 128 295040
dropout 128 0
dense_1 64 8256
dropout_1 64 0
dense_2 10 650
"""  # what model.summary() prints
FOLDED = ("normalize", "relu", "softmax")  # have no rows of their own there


def kernels() -> np.ndarray:
    """Of C1 of LeNet-5, before training and after each epoch: (epochs, F, kH, kW)."""
    return np.array(learning("lenet-5")["kernels"])[:, :, 0]


def test_the_figures_open_on_the_layer_whose_kernels_they_show() -> None:
    for name, weights in (("watch-it-learn", "c1"), ("kernels-as-pictures", "c1"), ("hierarchy", "c3")):
        layer, _ = core.place_of(f"@{name}")
        assert core.parse(f"@{name}").layers[layer]["weight"] == f"lenet-5.{weights}"


def test_the_last_kernels_of_the_figure_are_those_that_walk() -> None:
    layer, step = core.place_of("@kernels-as-pictures")
    digit = np.zeros((1, 28, 28))
    walked = core.trace("@kernels-as-pictures", digit, layer)
    assert np.allclose(walked.start()["weight"][THIRD][0], kernels()[-1, THIRD], atol=1e-4)
    assert walked[step]["at"][0] == THIRD


def test_the_third_kernel_became_a_vertical_edge_and_the_fourth_a_horizontal_one() -> None:
    columns, rows = kernels()[-1, THIRD].sum(axis=0), kernels()[-1, FOURTH].sum(axis=1)
    assert columns[:2].max() < 0 < columns[2:].min()
    assert rows[2:4].max() < 0 < rows[:2].min()


def test_the_first_kernel_still_resembles_its_beginning_more_than_those_do() -> None:
    alike = [
        np.corrcoef(kernels()[0, k].reshape(-1), kernels()[-1, k].reshape(-1))[0, 1] for k in (FIRST, THIRD, FOURTH)
    ]
    assert alike[0] > 0.95
    assert max(alike[1:]) < 0.85


def test_the_first_epoch_moves_the_kernels_most_and_teaches_most() -> None:
    moved = np.abs(np.diff(kernels(), axis=0)).mean(axis=(1, 2, 3))
    assert moved.argmax() == 0
    assert moved[0] > 3 * moved[1]
    accuracy = learning("lenet-5")["accuracy"]
    assert accuracy[0] < 0.2
    assert accuracy[1] > 0.97
    assert accuracy[-1] >= 0.99


@pytest.mark.parametrize("name", ["c1", "c3", "c5"])
def test_the_windows_are_as_large_as_what_a_cell_sees_of_the_network_s_picture(name: str) -> None:
    scene = core.parse("@hierarchy")
    layers = core.describe(core.parse("digit-3 32 | " + " | ".join(scene.line.split(" | ")[2:])), (1, 32, 32))
    layer = next(layer for layer in layers if layer["arguments"].get("weight") == f"lenet-5.{name}")
    assert layer["receptive_field"] == [exciting("lenet-5", name, 0)["size"]] * 2


def test_in_a_moved_digit_the_perceptron_is_lost_first() -> None:
    assert learning("mlp")["moved"][3] < 0.8 < 0.95 < learning("lenet-5")["moved"][3]


def counts(name: str) -> list[tuple[str, list[int], int, int]]:
    """Of each layer of a figure: operation, output, trainable weights, connections."""
    told = core.describe(core.parse(f"@{name}"), GRAY)
    return [(row["operation"], row["output_shape"], row["parameters"], row["connections"]) for row in told]


def test_the_maps_of_the_lecture_s_network_are_as_large_as_its_caption_says() -> None:
    shapes = [shape for _, shape, _, _ in counts("cnn-anatomy")]
    said = [[32, 24, 24], [32, 12, 12], [32, 8, 8], [32, 4, 4], [512, 1, 1], [128, 1, 1], [10, 1, 1]]
    assert [shape for at, shape in enumerate(shapes[1:]) if shape != shapes[at]] == said


def test_lenet_5_counts_as_the_paper_does() -> None:
    told = counts("lenet-5")
    weighty = [(parameters, connections) for *_, parameters, connections in told if connections]
    assert weighty == [(156, 122_304), (12, 5_880), (1_516, 151_600), (32, 2_000), (48_120, 48_120), (10_164, 10_164),
                       (0, 840)]  # fmt: skip
    assert [sum(column) for column in zip(*weighty, strict=True)] == [60_000, 340_908]
    shapes = [shape for _, shape, _, connections in told if connections]
    assert shapes == [[6, 28, 28], [6, 14, 14], [16, 10, 10], [16, 5, 5], [120, 1, 1], [84, 1, 1], [10, 1, 1]]
    assert told[0][1] == [1, 32, 32]
    layer, _ = core.place_of("@lenet-5")
    links = np.array(core.trace("@lenet-5", np.zeros(GRAY), layer).start()["links"])
    assert links.sum() == 60
    assert (links[0].tolist(), links[:6].sum(axis=1).tolist()) == ([1, 1, 1, 0, 0, 0], [3] * 6)
    assert links[6:].sum(axis=1).tolist() == [4] * 9 + [6]


def test_the_lenet_5_of_today_has_full_connections_and_61706_weights() -> None:
    told = counts("lenet-5-modern")
    layer, _ = core.place_of("@lenet-5-modern")
    assert told[layer][:3] == ("conv2d", [16, 10, 10], 16 * (6 * 5 * 5 + 1))
    assert sum(parameters for *_, parameters, _ in told) == 61_706
    assert [shape for _, shape, *_ in told][-1] == [10, 1, 1]


def test_every_row_of_the_fashion_network_is_as_keras_summary_prints_it() -> None:
    rows = [(shape, parameters) for operation, shape, parameters, _ in counts("fashion-cnn") if operation not in FOLDED]
    printed = [[int(number) for number in line.split()[1:]] for line in KERAS.strip().splitlines()]
    assert [[*shape[1:], shape[0], count] if shape[1] > 1 else [shape[0], count] for shape, count in rows] == printed
    assert sum(count for _, count in rows) == 1_413_834
    assert "fashion-cnn" not in weight_sets()
    assert "not trained" in core.GALLERY["fashion-cnn"].about


@pytest.mark.parametrize("name", ["cnn-anatomy", "lenet-5-modern"])
def test_as_many_test_digits_were_answered_rightly_as_the_notes_say(name: str) -> None:
    network = {"cnn-anatomy": "lecture-cnn"}.get(name, name)
    facts = weight_sets()[network].facts["accuracy"]
    assert any(f"{facts['right']:,} of {facts['of']:,}" in note for note in core.GALLERY[name].notes)
