"""Networks as scenes: the published counts, the refusals, and the same answers as the chains that were trained."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import core
from app.pictures.samples import sample_pixels
from core import SceneError, parse, trace
from core.anatomy import known_networks
from core.networks import sets
from core.networks.bitmaps import bitmaps
from core.training.chain import batch_last
from core.training.networks import CHAINS
from tests.core.layers import agree, assembled

TRAINED = sorted(core.weight_sets())
DIGIT = (1, 28, 28)
# LeCun, Bottou, Bengio, Haffner 1998, section II.B: trainable parameters and connections.
PUBLISHED = {
    "conv2d lenet-5.c1": (156, 122_304),
    "subsample lenet-5.s2": (12, 5_880),
    "partial_conv2d lenet-5.c3": (1_516, 151_600),
    "subsample lenet-5.s4": (32, 2_000),
    "conv2d lenet-5.c5": (48_120, 48_120),
    "linear lenet-5.f6": (10_164, 10_164),
    "rbf lenet-5.output": (0, 840),
}
# Output shapes and parameters as Keras' summary prints them, layers without parameters left out.
SUMMARY = [
    ([64, 28, 28], 3_200),
    ([128, 14, 14], 73_856),
    ([128, 14, 14], 147_584),
    ([256, 7, 7], 295_168),
    ([256, 7, 7], 590_080),
    ([128, 1, 1], 295_040),
    ([64, 1, 1], 8_256),
    ([10, 1, 1], 650),
]


def network(name: str) -> dict[str, Any]:
    return next(row for row in known_networks() if row["name"] == name)


def test_lenet_5_counts_what_was_published() -> None:
    told = network("lenet-5")
    counts = {
        f"{layer['operation']} {layer['weights']}": (layer["parameters"], layer["connections"])
        for layer in told["layers"]
        if layer["weights"]
    }
    assert counts == PUBLISHED
    assert (told["parameters"], told["connections"]) == (60_000, 340_908)
    shapes = [layer["output_shape"] for layer in told["layers"] if layer["weights"]]
    assert shapes == [[6, 28, 28], [6, 14, 14], [16, 10, 10], [16, 5, 5], [120, 1, 1], [84, 1, 1], [10, 1, 1]]


def test_other_networks_count_as_their_sources_say() -> None:
    fashion = network("fashion-cnn")
    assert [(row["output_shape"], row["parameters"]) for row in fashion["layers"] if row["parameters"]] == SUMMARY
    assert fashion["parameters"] == 1_413_834
    assert sum(row["operation"] == "dropout" for row in fashion["layers"]) == 2
    assert fashion["trained"] is None
    modern = [row["parameters"] for row in network("lenet-5-modern")["layers"] if row["parameters"]]
    assert modern == [156, 2_416, 48_120, 10_164, 850]
    lecture = [row["output_shape"] for row in network("lecture-cnn")["layers"]]
    assert lecture[1] == [32, 24, 24]
    assert lecture[3] == [32, 12, 12]
    assert [row["parameters"] for row in network("mlp")["layers"] if row["parameters"]] == [235_500, 30_100, 1_010]


@pytest.mark.parametrize("name", TRAINED)
def test_a_scene_answers_as_the_chain_that_was_trained(name: str) -> None:
    chain = CHAINS[name]()
    chain.begin(np.random.default_rng(0), np.float64)
    chain.put(dict(core.weight_sets()[name].arrays))
    digits = [sample_pixels(f"digit-{number}") for number in range(10)]
    side = chain.shape[1]
    margin = (side - 28) // 2
    padded = np.pad(np.stack(digits), ((0, 0), (0, 0), (margin, margin), (margin, margin)))
    expected = list(chain.maps(batch_last(padded / 255)))[-1][1]
    for number, digit in enumerate(digits):
        scene = parse(f"digit-{number} | @{name}")
        ends = len(scene.layers) - (2 if scene.layers[-1].name == "softmax" else 1)
        found = trace(scene, digit, ends).feature_map().ravel()
        assert np.allclose(found, expected[:, number], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", TRAINED)
def test_every_layer_is_the_same_walked_and_at_once(name: str) -> None:
    digit = sample_pixels("digit-7")
    scene = parse(f"digit-7 | @{name}")
    for layer in range(len(scene.layers)):
        walked = trace(scene, digit, layer)
        assert agree(assembled(walked), walked.feature_map()), scene.layers[layer]


@pytest.mark.parametrize("name", TRAINED)
def test_the_line_of_a_network_reads_back_as_the_same_scene(name: str) -> None:
    scene = parse(f"digit-7 | @{name} | clip 0 1")
    assert parse(scene.line) == scene
    assert core.scene_from_json(scene.as_json()) == scene
    layers = [{"operation": f"@{name}"}, {"operation": "clip", "min": 0, "max": 1}]
    assert core.scene_from_json({"input": {"source": "digit-7"}, "layers": layers}) == scene
    assert len(scene.line) < 300


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("digit-7 | conv2d lenet-5.c9", "did you mean lenet-5.c5"),
        ("digit-7 | @lenet5", "did you mean lenet-5"),
        ("digit-7 | @", "network is ''"),
        ("digit-7 | conv2d lenet-5.f6", "weights of linear"),
        ("digit-7 | conv2d lenet-5.c3", "weights of partial_conv2d"),
        ("digit-7 | partial_conv2d lenet-5.c1", "weights of conv2d"),
        ("digit-7 | conv_transpose2d lenet-5.c1", "weights of conv2d"),
        ("digit-7 | flatten | linear lenet-5.f6", "120 numbers and the input gives it 784 numbers"),
        ("digit-7 | subsample lenet-5.s2", "6 channels and the input gives it 1 channel"),
        ("digit-7 | partial_conv2d lenet-5.c3", "6 channels and the input gives it 1 channel"),
        ("digit-7 | conv2d lenet-5.c5", "28 x 28"),
        ("digit-7 | partial_conv2d [1 2; 3 4] links=[1; 2]", "0 and 1 alone"),
        ("digit-7 | partial_conv2d [1 2; 3 4] links=[1; 0]", "every output needs a link"),
        ("digit-7 | partial_conv2d [1 2; 3 4] links=[1; 1]", "one kernel for each of the 2 links"),
        ("digit-7 | partial_conv2d [1 2; 3 4] links=[1 1]", "a column for each of the 1 input channels"),
        ("digit-7 | partial_conv2d [1 2; 3 4]", "needs its table of links"),
        ("digit-7 | normalize std=0", "must not be zero"),
        ("digit-7 | subsample [1 2]", "one for each channel"),
        ("digit-7 | subsample false", "must be a number"),
        ("digit-7 | max_pool2d lenet-5.c1", "kernel_size"),
    ],
)
def test_what_does_not_fit_is_refused_with_both_shapes_and_names(line: str, said: str) -> None:
    with pytest.raises(SceneError) as refused:
        parse(line).bind(DIGIT)
    assert said in str(refused.value)


# What reaches a network in another shape than it reads, and the scene that mends it.
WRONG = [
    ("cat 64 | @{}", (1, 64, 64), "1 × 64 × 64: cat 28 | @{} fits", "cat 28 | @{}"),
    ("cat rgb 28 | @{}", (3, 28, 28), "3 × 28 × 28: cat 28 | @{} fits", "cat 28 | @{}"),
    ("cat 64 rgb | @{} | round 3", (3, 64, 64), "cat 28 | @{} fits", "cat 28 | @{} | round 3"),
    ("image:abcdef12 crop=(0,0,400,400) | @{}", (1, 400, 400), "1 × 400 × 400",
     "image:abcdef12 28 crop=(0,0,400,400) | @{}"),
    ("image:abcdef12 | @{}", (1, 480, 640), "1 × 480 × 640",
     "image:abcdef12 | adaptive_avg_pool2d (21,28) | pad ((3,4),(0,0)) | @{}"),
    ("image:abcdef12 20 rgb | @{}", (3, 20, 20), "3 × 20 × 20", "image:abcdef12 20 | pad 4 | @{}"),
    ("[1 2; 3 4] | @{}", (1, 2, 2), "adaptive_avg_pool2d 28 | @{} fits", "[1 2; 3 4] | adaptive_avg_pool2d 28 | @{}"),
    ("random 40x60 | @{}", (1, 40, 60), "1 × 40 × 60",
     "random 40x60 seed=0 | adaptive_avg_pool2d (19,28) | pad ((4,5),(0,0)) | @{}"),
    ("digit-7 | sobel-x | @{}", (1, 28, 28), "layer 2, reads 1 × 28 × 28 and its input is 1 × 26 × 26: pad 1 | @{}",
     "digit-7 | conv2d sobel-x | pad 1 | @{}"),
    ("cat 64 rgb | sobel | @{}", (3, 64, 64), "its input is 3 × 62 × 62",
     "cat 64 rgb | sobel | channel_avg_pool | adaptive_avg_pool2d 28 | @{}"),
    ("digit-7 | flatten | @{}", (1, 28, 28), "its input is 784 × 1 × 1", None),
]  # fmt: skip


@pytest.mark.parametrize("name", list(core.NETWORKS))
@pytest.mark.parametrize(("line", "shape", "said", "fix"), WRONG)
def test_a_network_refuses_what_it_does_not_read_and_says_what_it_would(
    name: str, line: str, shape: tuple[int, int, int], said: str, fix: str | None
) -> None:
    scene = parse(line.format(name))
    with pytest.raises(SceneError) as refused:
        scene.bind(shape)
    assert f"@{name}, which begins at layer " in str(refused.value)
    assert said.format(name) in str(refused.value)
    assert refused.value.fix == (fix and fix.format(name))
    with pytest.raises(SceneError):
        core.describe(scene, shape)
    if fix is not None:
        mended = parse(fix.format(name))
        source = mended.source
        plane = (28, 28) if source.size == 28 else shape[1:]
        mended.bind((shape[0] if source.mode or not source.name else 1, *plane))


def test_a_network_behind_another_is_refused_without_a_fix() -> None:
    with pytest.raises(SceneError, match="@mlp, which begins at layer 16, reads 1 × 28 × 28") as refused:
        parse("digit-7 | @lenet-5 | @mlp").bind(DIGIT)
    assert refused.value.fix is None
    with pytest.raises(SceneError):
        trace("digit-7 | @lenet-5", np.zeros((1, 29, 29)))


def test_absent_links_are_not_multiplied_even_with_what_is_no_number() -> None:
    x = np.arange(8.0).reshape(2, 2, 2)
    x[1] = [[np.inf, np.nan], [1, 2]]
    walked = trace(parse("x | partial_conv2d [1 2; 3 4] links=[1 0]"), x)
    assert walked.feature_map().tolist() == [[[0 * 1 + 1 * 2 + 2 * 3 + 3 * 4]]]
    step = walked[0]
    assert step["window"][1] == step["products"][1] == [[None, None], [None, None]]
    assert step["sums"] == [20.0, None]


def test_the_answer_of_lenet_5_is_the_distance_to_the_drawn_digits() -> None:
    for digit, drawn in enumerate(bitmaps()):
        line = f"{[[[int(cell)]] for cell in drawn]}".replace(" ", "")
        found = trace(f"{line} | rbf lenet-5.output").feature_map().ravel()
        assert found[digit] == 0
        assert (np.delete(found, digit) == 4 * (bitmaps()[np.arange(10) != digit] != drawn).sum(axis=1)).all()


@pytest.mark.parametrize("damage", ["bytes", "gone", "json", "other"])
def test_damaged_weights_are_refused_naming_the_file(tmp_path: Path, damage: str) -> None:
    for file in sets.FOLDER.glob("mlp.*"):
        shutil.copy(file, tmp_path)
    facts, packed = tmp_path / "mlp.json", tmp_path / "mlp.npz"
    assert sets.read_set(facts).arrays["1.weight"].shape == (300, 784)
    if damage == "bytes":
        packed.write_bytes(packed.read_bytes()[:-1] + b"!")
    elif damage == "gone":
        packed.unlink()
    elif damage == "json":
        facts.write_text("{")
    else:
        facts.write_text(json.dumps(json.loads(facts.read_text()) | {"sha256": {}}))
    with pytest.raises(sets.DamagedWeights, match=r"mlp\.npz"):
        sets.read_set(facts)
