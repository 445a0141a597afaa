"""NumPy's statistics and histograms of awkward tensors. Writes tensorStatistics.json.

Edges are those of an equal division in 30, each moved to the nearest float32 whose last 15 bits are 0 (of a negative
edge to the number above it, since that one belongs to the bin below); numpy.histogram's own where two would be one.

Run with NumPy 2: python tests/oracles/train/tensorStatistics.py
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(5)
normal = rng.normal(0, 0.02, 500).astype(np.float32)
CASES = {
    "normal": normal,
    "relu": np.maximum(normal, 0),
    "vanishing": (normal * np.float32(1e-30)).astype(np.float32),
    "exploding": (normal * np.float32(1e36)).astype(np.float32),
    "constant": np.full(50, 0.25, np.float32),
    "zeros": np.zeros(64, np.float32),
    "edges": (np.arange(31, dtype=np.float32) - 10),
    "not finite": np.array([1, -2, np.nan, np.inf, -np.inf, 0, 4, 0.5], np.float32),
    "nothing finite": np.array([np.nan, np.inf], np.float32),
    "one": np.array([-3], np.float32),
    "below zero": -np.abs(normal),
    "up to zero": np.minimum(normal, 0),
    "many": rng.normal(0, 1, 30_001).astype(np.float32),
    "of all sizes": (rng.normal(0, 1, 700) * 10.0 ** rng.uniform(-38, 38, 700)).astype(np.float32),
    "powers of two": np.ldexp(rng.choice([-1, 1], 400), rng.integers(-20, 20, 400)).astype(np.float32),
    "near one": (1 + rng.normal(0, 1e-3, 300)).astype(np.float32),
}


LARGEST = np.finfo(np.float32).max


def boundary(place):
    """The float32 at a place; places are whole numbers that rise with it."""
    bits = place << 15 if place >= 0 else (-place << 15) - 1
    size = min(np.array(bits, np.uint32).view(np.float32)[()], LARGEST)
    return float(size) if place >= 0 else -float(size)


def nearest(value):
    bits = int(np.array(abs(value), np.float32).view(np.uint32))
    place = (bits + 2**14) >> 15
    return -place if value < 0 else place


def cell(value):
    """The place below a float32."""
    place = int(np.array(abs(value), np.float32).view(np.uint32)) >> 15
    return place if value >= 0 else -1 - place


def division(first, last, at):
    places = [first, *(at(i / 30) for i in range(1, 30)), last]
    return places if all(a < b for a, b in zip(places, places[1:])) else None


def histogram(values):
    if values.size == 0:
        return None
    first, last = cell(values.min()), cell(values.max()) + 1
    low, high = boundary(first), boundary(last)
    places = division(first, last, lambda share: nearest(low + (high - low) * share))
    edges = 30 if places is None else [boundary(place) for place in places]
    if places and last == 1:
        edges[-1] = 0.0
    counts, edges = np.histogram(values, bins=edges)
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def log10_histogram(sizes):
    if sizes.size == 0:
        return None
    first, last = cell(sizes.min()), cell(sizes.max()) + 1
    low, high = np.log10(boundary(first)), np.log10(boundary(last))
    places = division(first, last, lambda share: nearest(10 ** (low + (high - low) * share)))
    if places is None:
        counts, edges = np.histogram(np.log10(sizes), bins=30)
    else:
        numbers = [boundary(place) for place in places]
        counts, edges = np.histogram(sizes, bins=numbers)[0], np.log10(numbers)
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def statistics(tensor):
    finite = tensor[np.isfinite(tensor)].astype(np.float64)
    return {
        "values": [None if np.isnan(v) else ("Infinity" if v > 0 else "-Infinity") if np.isinf(v) else float(v) for v in tensor],
        "count": tensor.size,
        "meanAbs": float(np.abs(finite).mean()) if finite.size else 0,
        "l2": float(np.sqrt(np.square(finite).sum())),
        "max": float(np.abs(finite).max()) if finite.size else 0,
        "zeroFraction": float((tensor == 0).mean()),
        "nonFinite": int((~np.isfinite(tensor)).sum()),
        "histogram": histogram(finite),
        "log10Histogram": log10_histogram(np.abs(finite[finite != 0])),
    }


result = {"numpy": np.__version__, "cases": {name: statistics(tensor) for name, tensor in CASES.items()}}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
