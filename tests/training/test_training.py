"""The command that trains: the same seed gives the same files, which tell the truth about what is in them."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from core.networks.sets import readable, weight_sets
from core.training.chain import batch_last
from core.training.networks import CHAINS
from tools import accuracy
from tools.train.__main__ import main
from tools.train.data import Digits, read
from tools.train.measuring import exciting, fields, right, shift_accuracy
from tools.train.pictures import Variety, batches, prepared, shifted, varied


def drawn(count: int, seed: int) -> Digits:
    """Digits that can be told apart: a bar whose row is the class, a few pixels off, on some noise."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 10, count).astype(np.uint8)
    pictures = random.integers(0, 40, (count, 28, 28), dtype=np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[4 + 2 * label : 6 + 2 * label, 6 : 20 + random.integers(3)] = 255
    return Digits(pictures, labels)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "bars.npz"
    train, test = drawn(300, 1), drawn(60, 2)
    np.savez(path, train_images=train.pictures, train_labels=train.labels, test_images=test.pictures,
             test_labels=test.labels)  # fmt: skip
    return path


def trained(name: str, file: Path, out: Path, seed: int = 3) -> dict[str, bytes]:
    assert main([name, "--data", str(file), "--epochs", "3", "--seed", str(seed), "--out", str(out)]) == 0
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture(scope="module")
def lenet(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("weights")
    trained("lenet-5", file, out)
    return out


def test_the_same_seed_gives_the_same_files_and_another_seed_does_not(file: Path, lenet: Path, tmp_path: Path) -> None:
    again, other = trained("lenet-5", file, tmp_path / "again"), trained("lenet-5", file, tmp_path / "other", seed=4)
    assert again == {path.name: path.read_bytes() for path in lenet.iterdir()}
    assert again["lenet-5.npz"] != other["lenet-5.npz"]


def test_the_facts_tell_the_hashes_of_the_files(lenet: Path) -> None:
    facts = json.loads((lenet / "lenet-5.json").read_text())
    beside = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in lenet.glob("*.npz")}
    assert facts["sha256"] == beside
    assert facts["command"] == "python -m tools.train lenet-5 --data bars.npz --epochs 3 --seed 3"
    assert facts["trained"] == 60_000


def test_the_stored_weights_are_right_as_often_as_the_facts_say(file: Path, lenet: Path) -> None:
    chain = CHAINS["lenet-5"]()
    chain.begin(np.random.default_rng(0))
    with np.load(lenet / "lenet-5.npz") as stored:
        chain.put({name: readable(array) for name, array in stored.items()})
    facts, digits = json.loads((lenet / "lenet-5.json").read_text()), read(file).test
    assert facts["accuracy"] == {"right": right(chain, digits), "of": 60, "goal": 0.99}
    assert facts["shift_accuracy"] == shift_accuracy(chain, digits)
    assert facts["shift_accuracy"][0] == pytest.approx(facts["accuracy"]["right"] / 60, abs=1e-6)


def test_learning_shows_in_the_snapshots(lenet: Path) -> None:
    with np.load(lenet / "lenet-5.epochs.npz") as stored:
        loss, accuracy, kernels = stored["loss"], stored["accuracy"], stored["kernels"]
    assert np.all(np.diff(loss[1:]) < 0)
    assert accuracy[-1] > accuracy[0] + 0.2
    assert kernels.shape == (4, 6, 1, 5, 5)
    with np.load(lenet / "lenet-5.npz") as stored:
        assert np.allclose(kernels[-1], stored["c1.weight"], atol=1e-3)


def test_the_nine_windows_of_a_unit_are_where_it_answers_most(file: Path, lenet: Path) -> None:
    chain, digits = CHAINS["lenet-5"](), read(file).test
    chain.begin(np.random.default_rng(0))
    with np.load(lenet / "lenet-5.npz") as stored:
        chain.put({name: readable(array) for name, array in stored.items()})
    with np.load(lenet / "lenet-5.exciting.npz") as stored:
        found = dict(stored)
    maps = {name: y for name, y in chain.maps(batch_last(prepared(digits.pictures, 32))) if name}
    for name, (size, jump) in {"c1": (5, 1), "c3": (14, 2), "c5": (32, 4)}.items():
        largest = np.sort(maps[name].max(axis=(1, 2)), axis=1)[:, ::-1][:, :9]
        assert found[f"{name}.size"] == size
        assert np.allclose(found[f"{name}.values"], largest, atol=1e-4)
        numbers = found["numbers"][found[f"{name}.pictures"]]
        at = found[f"{name}.corners"] // jump
        units = np.arange(len(largest))[:, None]
        assert np.allclose(maps[name][units, at[..., 0], at[..., 1], numbers], largest, atol=1e-4)


def test_a_field_grows_as_the_chain_says() -> None:
    assert fields(CHAINS["lenet-5"]()) == {"c1": (5, 1), "c3": (14, 2), "c5": (32, 4)}
    assert fields(CHAINS["mlp"]()) == {}
    chain = CHAINS["mlp"]()
    chain.begin(np.random.default_rng(0))
    assert exciting(chain, drawn(3, 3)) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lenet-6", "--data", "x.npz"], "invalid choice: 'lenet-6'"),
        (["mlp"], "the following arguments are required: --data"),
        (["mlp", "--data", "x.npz", "--epochs", "0"], "must be a whole number from 1 to 1000"),
        (["mlp", "--data", "x.npz", "--seed", "-1"], "must be a whole number from 0 to 4294967295"),
        (["mlp", "--data", "x.npz", "--seed", "1.5"], "must be a whole number from 0 to 4294967295"),
    ],
)
def test_wrong_words_are_refused(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_line_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mlp", "--data", "nowhere.npz"]) == 2
    assert capsys.readouterr().err.startswith("nowhere.npz cannot be read")


# --- pictures on their way to a network


def test_digits_lie_in_the_middle_of_what_a_network_takes() -> None:
    pictures = drawn(2, 4).pictures
    larger = prepared(pictures, 32)
    assert larger.shape == (2, 1, 32, 32)
    assert np.array_equal(larger[:, :, 2:-2, 2:-2], prepared(pictures, 28))
    assert np.count_nonzero(larger) == np.count_nonzero(pictures)
    assert (larger.min(), larger.max()) == (0, 1)


@pytest.mark.parametrize(("rows", "cols"), [(0, 0), (3, 0), (-2, 1), (0, -5)])
def test_a_moved_digit_is_the_same_somewhere_else(rows: int, cols: int) -> None:
    pictures = np.zeros((1, 28, 28), np.uint8)
    pictures[0, 6:22, 6:22] = drawn(1, 5).pictures[0, 6:22, 6:22]
    assert np.array_equal(shifted(pictures, rows, cols), np.roll(pictures, (rows, cols), (1, 2)))


def test_what_leaves_the_picture_does_not_come_back_on_the_other_side() -> None:
    assert shifted(np.full((1, 28, 28), 9, np.uint8), 0, 5)[0, 0].tolist() == [0] * 5 + [9] * 23


def test_no_variety_leaves_the_digits_as_they_are() -> None:
    pictures = drawn(3, 6).pictures
    same = varied(pictures, 32, Variety(), np.random.default_rng(0))
    assert np.allclose(same, batch_last(prepared(pictures, 32)), atol=1e-6)


def test_variety_moves_a_dot_no_further_than_it_may() -> None:
    pictures = np.zeros((200, 28, 28), np.uint8)
    pictures[:, 14, 14] = 255
    moved = varied(pictures, 28, Variety(shift=1.5), np.random.default_rng(0))[0]
    rows, cols, _ = np.nonzero(moved)
    assert (rows.min(), rows.max(), cols.min(), cols.max()) == (12, 16, 12, 16)
    assert np.allclose(moved.sum(axis=(0, 1)), 1, atol=1e-4)


def test_an_epoch_sees_every_picture_once() -> None:
    seen = batches(10, 4, np.random.default_rng(0))
    assert sorted(np.concatenate(seen).tolist()) == list(range(10))
    assert max(map(len, seen)) <= 4


def test_a_set_is_measured_anew_with_the_numbers_that_scenes_have(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digits = read(file).test
    assert accuracy.main(["mlp", "--data", str(file)]) == 1  # it never saw such bars
    told = capsys.readouterr().out.splitlines()
    assert told[1].split()[:4] == ["mlp", str(accuracy.measure(weight_sets()["mlp"], digits)), "9894", "60"]
    assert "DIFFERS" in told[1]
    assert "MISSED" in told[1]
    assert accuracy.main(["--data", str(file / "nowhere")]) == 2
    with pytest.raises(SystemExit):
        accuracy.main(["fashion-cnn", "--data", str(file)])
