"""Histograms of values by NumPy: python histograms.py > histograms.json"""

import json

import numpy

draw = numpy.random.default_rng(7)
cases = {
    "normal": draw.normal(size=400),
    "whole numbers, many on edges": draw.integers(0, 31, size=300).astype(float),
    "one value": numpy.full(5, 0.25),
    "far from 0, edges coarser than bins": 1e16 + 2 * draw.integers(0, 40, size=200),
    "tiny": draw.normal(size=50) * 1e-300,
    "with values that are not finite": numpy.array([1, numpy.nan, -3, numpy.inf, 2.5, -numpy.inf, 2.5]),
}
made = []
for name, values in cases.items():
    finite = values[numpy.isfinite(values)]
    counts, edges = numpy.histogram(finite, 30)
    written = [str(v) if not numpy.isfinite(v) else float(v) for v in values]
    made.append({"name": name, "values": written, "edges": edges.tolist(), "counts": counts.tolist()})
print(json.dumps({"numpy": numpy.__version__, "cases": made}))
