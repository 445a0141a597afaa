"""Expected values of what a run keeps of its data, by NumPy and pandas.

Run with Python 3.11, NumPy and pandas: python tests/oracles/data/data_record.py
Writes data_record.json beside itself.
"""
import json
from pathlib import Path

import numpy as np
import pandas as pd


P = [np.uint32(p) for p in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)]


def statistics(values):
    finite = values[np.isfinite(values)].astype(np.float64)
    return {
        "count": int(finite.size),
        "mean": float(finite.mean()),
        "std": float(finite.std()),
        "min": float(finite.min()),
        "max": float(finite.max()),
        "zeros": float((finite == 0).mean()),
        "nonFinite": int(values.size - finite.size),
    }


def eta_squared(values, labels):
    """By pandas: variance of the classes' means, weighted by their rows, over the whole variance."""
    frame = pd.DataFrame({"x": values.astype(np.float64), "k": labels})
    counts = frame.groupby("k").x.transform("size")
    frame = frame[counts >= 5]
    means = frame.groupby("k").x.transform("mean")
    return float(means.var(ddof=0) / frame.x.var(ddof=0))


def mix(h):
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def rotl(h, by):
    return (h << np.uint32(by)) | (h >> np.uint32(32 - by))


def step(lane, word, prime):
    lane = (lane ^ word) * prime
    return lane ^ (lane >> np.uint32(15))


def hashes(inputs):
    """Of each row of uint32 words; of several inputs one after another."""
    lanes = [np.full(inputs[0].shape[0], p, np.uint32) for p in P]
    for words in inputs:
        whole = words.shape[1] // 4 * 4
        for i in range(whole):
            lanes[i % 4] = step(lanes[i % 4], words[:, i], P[i % 4])
        for i in range(whole, words.shape[1]):
            lanes[0] = step(lanes[0], words[:, i], P[0])
            lanes[3] = step(lanes[3], words[:, i], P[3])
    a, b, c, d = lanes
    low = mix(a + b * np.uint32(5) + c * np.uint32(9) + d * np.uint32(17))
    high = mix(a ^ rotl(b, 8) ^ rotl(c, 16) ^ rotl(d, 24))
    return np.stack([low, high], axis=1).ravel().tolist()


def numbers(array):
    return [None if np.isnan(v) else "inf" if np.isposinf(v) else float(v) for v in array.ravel()]


def main():
    np.seterr(over="ignore")
    rng = np.random.default_rng(7)
    table = np.stack(
        [
            rng.normal(1e6, 0.5, 60),
            rng.normal(0, 1e-3, 60),
            rng.integers(0, 4, 60),
            np.full(60, 3.0),
            rng.exponential(1000, 60),
        ],
        axis=1,
    ).astype(np.float32)
    table[3, 1] = np.nan
    table[5, 4] = np.inf
    table[6, 4] = np.inf
    images = rng.uniform(0, 1, (12, 3, 4, 2)).astype(np.float32)
    images[..., 1] *= 255
    images[images < 0.1] = 0
    labels = np.repeat([0, 1, 2, 3], [25, 20, 13, 2])
    dependent = np.stack(
        [labels * 2.5, labels + rng.normal(0, 0.3, 60), rng.normal(0, 1, 60), (labels == 2) * 1.0 + 1000], axis=1
    ).astype(np.float32)
    document = {
        "table": {
            "values": numbers(table),
            "all": statistics(table),
            "columns": [statistics(table[:, i]) for i in range(table.shape[1])],
        },
        "images": {
            "values": numbers(images),
            "all": statistics(images),
            "columns": [statistics(images[..., i]) for i in range(2)],
            "hashes": hashes([np.ascontiguousarray(images.reshape(12, -1)).view(np.uint32)]),
        },
        "dependent": {
            "values": numbers(dependent),
            "labels": labels.tolist(),
            "hashes": hashes([np.ascontiguousarray(dependent).view(np.uint32)]),
            "etaSquared": [eta_squared(dependent[:, i], labels) for i in range(4)],
            "counts": pd.Series(labels).value_counts().sort_index().tolist(),
        },
        "several": hashes([np.ascontiguousarray(part).view(np.uint32) for part in (dependent[:, :3], dependent[:, 3:])]),
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(document) + "\n")


main()
