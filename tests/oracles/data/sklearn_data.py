"""Generated points and stratified parts by scikit-learn: expected values of tests/src/data.

Run with Python 3.11, scikit-learn 1.9: python tests/oracles/data/sklearn_data.py
Writes sklearn_data.json beside itself.
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import make_circles
from sklearn.model_selection import train_test_split

circles = []
for samples, factor in [(9, 0.5), (1000, 0.8), (4, 0.1)]:
    x, y = make_circles(n_samples=samples, factor=factor, noise=None, shuffle=False)
    circles.append({"samples": samples, "factor": factor, "x": x.tolist(), "y": y.tolist()})

# Class shares whose remainders have no ties, so that rounding is not a matter of chance.
stratified = []
for counts, size in [([70, 20, 11], 30), ([500, 300, 200], 250), ([6000, 41], 1000), ([13, 7, 3, 2], 10)]:
    labels = np.repeat(np.arange(len(counts)), counts)
    drawn, _ = train_test_split(labels, train_size=size, stratify=labels, random_state=0)
    stratified.append({"counts": counts, "size": size, "drawn": np.bincount(drawn).tolist()})

fixture = {"made": f"scikit-learn {sklearn.__version__}", "circles": circles, "stratified": stratified}
Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
