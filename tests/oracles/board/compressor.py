"""Expected percentiles by TensorBoard's own compressor. Writes compressor.json beside itself.

Run with the Python of .venv-test, which has tensorboard. The compressor is given the bins from the first to the last
filled one: with empty bins outside these it takes the outermost edges as the extremes, where the values are not.
"""

import json
from pathlib import Path

import numpy as np
from tensorboard.plugins.distribution.compressor import NORMAL_HISTOGRAM_BPS, compress_histogram

rng = np.random.default_rng(20261130)


def uneven():
    """Edges that grow by a tenth to both sides of zero, as torch.utils.tensorboard and TensorFlow 1 wrote them."""
    positive = 1e-4 * 1.1 ** np.arange(120)
    edges = np.concatenate([-positive[::-1], [0.0], positive])
    return np.histogram(rng.standard_t(3, 5000) * 0.02, bins=edges)


def cases():
    yield "normal", *np.histogram(rng.standard_normal(5000) * 0.05, bins=30)
    yield "uneven bins", *uneven()
    yield "two peaks with empty bins between", *np.histogram(
        np.concatenate([rng.standard_normal(900) - 9, rng.standard_normal(300) + 9]), bins=64
    )
    yield "empty bins at both ends", *np.histogram(rng.random(700), bins=40, range=(-1, 3))
    yield "few values", np.array([1, 0, 2]), np.array([0.0, 1.0, 2.5, 3.0])
    yield "one bin", np.array([9]), np.array([-2.0, 5.0])
    # Shares that meet the basis points exactly: a point on the border of two bins.
    yield "halves", np.array([5000, 0, 5000]), np.array([0.0, 1.0, 2.0, 3.0])
    yield "weights that are no whole numbers", rng.random(25) * 3, np.sort(rng.standard_normal(26))


def compressed(counts, edges):
    first, last = np.flatnonzero(counts)[[0, -1]]
    buckets = [[edges[i], edges[i + 1], counts[i]] for i in range(first, last + 1)]
    points, values = zip(*compress_histogram(buckets))
    assert points == NORMAL_HISTOGRAM_BPS
    return [float(value) for value in values]


written = [
    {"name": name, "edges": edges.tolist(), "counts": counts.tolist(), "percentiles": compressed(counts, edges)}
    for name, counts, edges in cases()
]
text = json.dumps({"basisPoints": NORMAL_HISTOGRAM_BPS, "histograms": written})
Path(__file__).with_suffix(".json").write_text(f"{text}\n")
