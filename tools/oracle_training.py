"""Ask torch's autograd for the gradients of every layer and every network that is trained here.

Run by `make oracle`; needs torch. Prints one line for each, and fails when one differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from core.networks.bitmaps import bitmaps
from core.training.activations import ReLU, ScaledTanh
from core.training.chain import Chain
from core.training.convolution import Convolution, PartialConvolution
from core.training.dense import Flatten, Linear, RadialBasis
from core.training.layer import Layer
from core.training.losses import RUBBISH, CrossEntropy, Distances
from core.training.networks import CHAINS
from core.training.pooling import MaxPool, SubSampling

TOLERANCE = 1e-10  # beside the largest gradient, in float64
BATCH = 3
KEPT = 40

SMALL_TABLE = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]], bool)
LAYERS: dict[str, tuple[Callable[[], Layer], tuple[int, ...]]] = {
    "convolution": (lambda: Convolution(4, 3, 1.0), (2, 6, 7)),
    "partial convolution": (lambda: PartialConvolution(SMALL_TABLE, 3, 1.0), (3, 5, 6)),
    "maximum": (MaxPool, (3, 6, 4)),
    "maximum, odd sides": (MaxPool, (2, 5, 7)),
    "sub-sampling": (lambda: SubSampling(1.0), (3, 6, 4)),
    "fully connected": (lambda: Linear(5, 1.0), (7,)),
    "radial basis": (lambda: RadialBasis(bitmaps()[:4, :9]), (9,)),
    "flatten": (Flatten, (2, 3, 4)),
    "relu": (ReLU, (2, 3, 4)),
    "scaled tanh": (ScaledTanh, (2, 3, 4)),
}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seed", type=int, default=None, help="repeat a run; by default a new one is drawn")
    chosen = words.parse_args()
    try:
        import torch
    except ModuleNotFoundError:
        print("torch is not installed: `pip install torch==2.14.1`, then run this again")
        return 2
    seed = np.random.SeedSequence().entropy if chosen.seed is None else chosen.seed
    print(f"torch {torch.__version__}, gradients of training, seed {seed}")
    wrong = 0
    for name, mine, theirs in comparisons(np.random.default_rng(seed)):
        far = max(distance(mine[key], theirs[key]) for key in theirs)
        wrong += not far <= TOLERANCE
        print(f"{name:24} {len(theirs):3} arrays, off by {far:.1e}{'' if far <= TOLERANCE else '   DIFFERS'}")
    return 1 if wrong else 0


def distance(mine: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference, beside the largest value (or beside one)."""
    assert mine.shape == theirs.shape
    return float(np.max(np.abs(mine - theirs)) / max(1.0, float(np.max(np.abs(theirs)))))


def comparisons(random: np.random.Generator) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for name in LAYERS:
        chain, x, dy = layer_case(name, random)
        yield name, layer_gradients(chain, x, dy), torch_layer(chain, x, dy)
    for name in CHAINS:
        chain, x, labels = chain_case(name, random)
        yield name, chain_gradients(chain, x, labels), torch_chain(chain, x, labels)


def layer_case(name: str, random: np.random.Generator) -> tuple[Chain, np.ndarray, np.ndarray]:
    """One layer as a chain, a batch (..., N) in float64, and a gradient of its output."""
    make, shape = LAYERS[name]
    layer = make()
    chain = Chain(shape, (("layer", layer),), CrossEntropy())
    chain.begin(random, np.float64)
    chain.vector += 0.1 * random.normal(size=chain.vector.shape)
    return chain, random.normal(size=(*shape, BATCH)), random.normal(size=(*layer.shape(shape), BATCH))


def layer_gradients(chain: Chain, x: np.ndarray, dy: np.ndarray) -> dict[str, np.ndarray]:
    layer = chain.rows[0][1]
    y = layer.forward(x)
    layer.learn(dy)
    return {"y": y, "x": layer.back(dy), **layer.gradients}


def chain_case(name: str, random: np.random.Generator) -> tuple[Chain, np.ndarray, np.ndarray]:
    chain = CHAINS[name]()
    chain.begin(random, np.float64)
    chain.vector += 0.02 * random.normal(size=chain.vector.shape)
    return chain, random.random((*chain.shape, BATCH)), random.integers(0, 10, BATCH)


def formula_case(name: str) -> tuple[Chain, np.ndarray, np.ndarray]:
    """A network whose weights and pictures follow a formula, so that only answers need to be kept."""
    chain = CHAINS[name]()
    chain.begin(np.random.default_rng(0), np.float64)
    chain.vector[:] = 0.1 * np.sin(np.arange(chain.vector.size))
    cells = np.arange(np.prod(chain.shape) * BATCH).reshape(*chain.shape, BATCH)
    return chain, np.cos(0.7 * cells) ** 2, np.arange(BATCH) * 3


def thinned(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of each array some numbers from all over it, and the sum of all."""
    places = {name: np.linspace(0, array.size - 1, min(array.size, KEPT)).astype(int) for name, array in arrays.items()}
    return {name: np.append(array.reshape(-1)[places[name]], array.sum()) for name, array in arrays.items()}


def chain_gradients(chain: Chain, x: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    loss, outputs = chain.gradients(x, labels)
    return {"loss": np.array(loss), "y": outputs, **{name: gradient for name, _, gradient in chain.named()}}


def torch_layer(chain: Chain, x: np.ndarray, dy: np.ndarray) -> dict[str, np.ndarray]:
    weights, leaf = leaves(chain), first(x)
    y = applied(chain, weights, leaf)
    y.backward(first(dy).detach())
    found = {"y": last(y), "x": last(leaf.grad)}
    return found | {name.partition(".")[2]: weight.grad.numpy() for name, weight in weights.items()}


def torch_chain(chain: Chain, x: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    import torch

    weights, right = leaves(chain), torch.tensor(labels)
    y = applied(chain, weights, first(x))
    if isinstance(chain.loss, Distances):
        others = torch.cat([-y, torch.full((len(y), 1), -RUBBISH, dtype=y.dtype)], 1)
        loss = (y.gather(1, right[:, None])[:, 0] + torch.logsumexp(others, 1)).mean()
    else:
        loss = torch.nn.functional.cross_entropy(y, right)
    loss.backward()
    return {"loss": loss.detach().numpy(), "y": last(y), **{name: leaf.grad.numpy() for name, leaf in weights.items()}}


def leaves(chain: Chain) -> dict[str, Any]:
    import torch

    return {name: torch.tensor(array, requires_grad=True) for name, array in chain.arrays().items()}


def first(x: np.ndarray) -> Any:
    """The batch to the front, as torch has it."""
    import torch

    return torch.tensor(np.moveaxis(x, -1, 0), requires_grad=True)


def last(x: Any) -> np.ndarray:
    return np.moveaxis(x.detach().numpy(), 0, -1)


def applied(chain: Chain, weights: dict[str, Any], x: Any) -> Any:
    """The same chain in torch's own operations."""
    import torch
    from torch.nn import functional as theirs

    for name, layer in chain.rows:
        weight, bias = weights.get(f"{name}.weight"), weights.get(f"{name}.bias")
        if isinstance(layer, PartialConvolution):
            table = torch.tensor(layer.table)
            whole = torch.zeros((*table.shape, *weight.shape[1:]), dtype=x.dtype).masked_scatter(
                table[..., None, None].expand(*table.shape, *weight.shape[1:]), weight
            )
            x = theirs.conv2d(x, whole, bias)
        elif isinstance(layer, Convolution):
            x = theirs.conv2d(x, weight, bias)
        elif isinstance(layer, SubSampling):
            sums = theirs.avg_pool2d(x, 2, divisor_override=1)
            x = sums * weight[:, None, None] + bias[:, None, None]
        elif isinstance(layer, Linear):
            x = theirs.linear(x, weight, bias)
        elif isinstance(layer, RadialBasis):
            x = (x[:, None] - torch.tensor(layer.prototypes)).square().sum(2)
        else:
            x = WITHOUT_WEIGHTS[type(layer)](x)
    return x


def scaled_tanh(x: Any) -> Any:
    return 1.7159 * (2 * x / 3).tanh()


def pooled(x: Any) -> Any:
    from torch.nn import functional as theirs

    return theirs.max_pool2d(x, 2)


WITHOUT_WEIGHTS: dict[type[Layer], Callable[[Any], Any]] = {
    MaxPool: pooled,
    ReLU: lambda x: x.relu(),
    ScaledTanh: scaled_tanh,
    Flatten: lambda x: x.flatten(1),
}


if __name__ == "__main__":
    sys.exit(main())
