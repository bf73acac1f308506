"""Words of courses and of other libraries, and what they are called here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MOST = 3

SAID: Mapping[str, tuple[str, ...]] = {
    "activation": ("relu", "sigmoid", "tanh"),
    "affine": ("linear",),
    "average": ("avg_pool2d", "box-3"),
    "averagepool": ("avg_pool2d",),
    "averagepooling": ("avg_pool2d",),
    "averagepooling2d": ("avg_pool2d",),
    "avg": ("avg_pool2d",),
    "avgpool": ("avg_pool2d",),
    "avgpooling": ("avg_pool2d",),
    "backpropagation": ("conv2d_backward_weight", "conv2d_backward_input", "max_pool2d_backward"),
    "backward": ("conv2d_backward_weight", "conv2d_backward_input", "max_pool2d_backward"),
    "binarize": ("threshold",),
    "binary": ("threshold",),
    "blur": ("box-3", "gaussian-3", "gaussian_blur"),
    "col2im": ("fold",),
    "conv": ("conv2d",),
    "conv2dtranspose": ("conv_transpose2d",),
    "convolution": ("conv2d",),
    "convolve": ("conv2d",),
    "convtranspose": ("conv_transpose2d",),
    "correlation": ("conv2d",),
    "crosscorrelation": ("conv2d",),
    "deconv": ("conv_transpose2d",),
    "deconvolution": ("conv_transpose2d",),
    "dense": ("linear",),
    "downsample": ("max_pool2d", "avg_pool2d"),
    "edge": ("sobel", "prewitt", "scharr"),
    "edgedetection": ("sobel", "prewitt", "scharr"),
    "edges": ("sobel", "prewitt", "scharr"),
    "fc": ("linear",),
    "filter": ("conv2d",),
    "fullyconnected": ("linear",),
    "gap": ("global_avg_pool2d",),
    "gaussiannoise": ("noise",),
    "globalaverage": ("global_avg_pool2d",),
    "globalaveragepool": ("global_avg_pool2d",),
    "globalaveragepooling": ("global_avg_pool2d",),
    "globalaveragepooling2d": ("global_avg_pool2d",),
    "globalmaxpooling": ("global_max_pool2d",),
    "globalmaxpooling2d": ("global_max_pool2d",),
    "grad": ("sobel", "prewitt", "scharr"),
    "gradient": ("sobel", "prewitt", "scharr"),
    "im2col": ("unfold",),
    "kernel": ("conv2d",),
    "layer": ("conv2d", "linear", "max_pool2d"),
    "logistic": ("sigmoid",),
    "lrelu": ("leaky_relu",),
    "mask": ("conv2d",),
    "max": ("max_pool2d",),
    "maxpool": ("max_pool2d",),
    "maxpooling": ("max_pool2d",),
    "maxpooling2d": ("max_pool2d",),
    "mean": ("avg_pool2d", "box-3"),
    "meanpool": ("avg_pool2d",),
    "mlp": ("linear",),
    "padding": ("pad",),
    "perceptron": ("linear",),
    "pool": ("max_pool2d", "avg_pool2d"),
    "pooling": ("max_pool2d", "avg_pool2d"),
    "robertscross": ("roberts",),
    "randomnoise": ("noise",),
    "saltandpepper": ("noise",),
    "smooth": ("box-3", "gaussian-3"),
    "subsampling": ("max_pool2d", "avg_pool2d"),
    "thresh": ("threshold",),
    "thresholding": ("threshold",),
    "transposedconvolution": ("conv_transpose2d",),
    "upconv": ("conv_transpose2d",),
    "upsample": ("conv_transpose2d",),
    "view": ("reshape",),
    "zeropad": ("pad",),
    "zeropadding": ("pad",),
    "zeropadding2d": ("pad",),
}

LENET = (
    "conv2d out=6 kernel_size=5 | tanh | avg_pool2d 2 | conv2d out=16 kernel_size=5 | tanh | avg_pool2d 2 "
    "| flatten | linear out=120 | tanh | linear out=84 | tanh | linear out=10"
)
CHAINS: Mapping[str, str] = {"lenet": LENET, "lenet5": LENET, "cnn": "conv2d sobel-x | relu | max_pool2d 2"}

# Settings that people write as if they were operations, with the operation that has them.
SETTINGS: Mapping[str, str] = {
    "bias": "conv2d sobel-x bias=1",
    "dilation": "conv2d sobel-x dilation=2",
    "full": "conv2d sobel-x padding=full",
    "kernel_size": "max_pool2d kernel_size=2",
    "padding": "conv2d sobel-x padding=same",
    "same": "conv2d sobel-x padding=same",
    "stride": "conv2d sobel-x stride=2",
    "valid": "conv2d sobel-x padding=valid",
}


def plain(word: str) -> str:
    """A word as people vary it: MaxPooling2D, max-pooling and max_pool are written alike.

    >>> plain("Max-Pool"), plain("im2col")
    ('maxpool', 'im2col')
    """
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")


def names_for(word: str, among: Iterable[str]) -> list[str]:
    """What a word of a course is called here; nothing for words that nobody foresaw.

    >>> names_for("im2col", ["fold", "unfold"]), names_for("sobell", ["sobel"])
    (['unfold'], [])
    """
    known = set(among)
    return [name for name in SAID.get(plain(word), ()) if name in known][:MOST]
