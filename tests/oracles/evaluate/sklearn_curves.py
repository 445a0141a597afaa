"""PR and ROC curves with their areas, and metrics of regressions, by scikit-learn: expected values of tests/src/evaluate.

Run with Python 3.11, scikit-learn 1.9: python tests/oracles/evaluate/sklearn_curves.py
Writes sklearn_curves.json beside itself. Scores are what float32 holds. Of five classes the last has no samples.
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import (
    average_precision_score,
    mean_absolute_error,
    mean_squared_error,
    precision_recall_curve,
    r2_score,
    roc_auc_score,
    roc_curve,
)

rng = np.random.default_rng(11)


def f32(values):
    return np.asarray(values).astype(np.float32)


def curves(labels, scores):
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    fpr, tpr, roc_thresholds = roc_curve(labels, scores, drop_intermediate=False)
    return {
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "thresholds": thresholds.astype(float).tolist(),
        "averagePrecision": average_precision_score(labels, scores),
        "falsePositiveRate": fpr.tolist(),
        "truePositiveRate": tpr.tolist(),
        # The first is infinite.
        "rocThresholds": roc_thresholds[1:].astype(float).tolist(),
        "area": roc_auc_score(labels, scores),
    }


def binary(labels, scores):
    scores = f32(scores)
    labels = np.asarray(labels)
    return {"labels": labels.tolist(), "scores": scores.astype(float).tolist(), **curves(labels, scores)}


labels = rng.integers(0, 2, 40)
cases = {
    "distinct": binary(labels, rng.uniform(size=40) * 0.6 + 0.3 * labels),
    "ties": binary(labels, np.round(rng.uniform(size=40) * 0.6 + 0.3 * labels, 1)),
    "constant": binary([0, 1, 1, 0, 1], [0.5] * 5),
    "perfect": binary([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]),
    "reversed": binary([1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]),
}

N, K = 80, 5
y = rng.choice(4, size=N, p=[0.4, 0.3, 0.2, 0.1])
logits = rng.normal(size=(N, K)) + 1.2 * np.eye(K)[y]
p = np.exp(logits)
p = f32(p / p.sum(axis=1, keepdims=True))
hot = np.eye(K)[y]
present = [k for k in range(K) if hot[:, k].any()]
multiclass = {
    "labels": y.tolist(),
    "probabilities": p.astype(float).tolist(),
    "averagePrecision": [average_precision_score(hot[:, k], p[:, k]) for k in present],
    "rocAuc": [roc_auc_score(hot[:, k], p[:, k]) for k in present],
    "macroAveragePrecision": average_precision_score(hot[:, present], p[:, present], average="macro"),
    "macroRocAuc": roc_auc_score(hot[:, present], p[:, present], average="macro"),
    "micro": curves(hot.ravel(), p.ravel()),
}


def regression(true, said):
    true, said = f32(true).astype(float), f32(said).astype(float)
    mse = mean_squared_error(true, said)
    return {
        "targets": true.tolist(),
        "predictions": said.tolist(),
        "meanSquaredError": mse,
        "rootMeanSquaredError": float(np.sqrt(mse)),
        "meanAbsoluteError": mean_absolute_error(true, said),
        "r2": r2_score(true, said),
    }


line = rng.normal(size=(30, 1)) * 3 + 100
regressions = {
    "one output": regression(line, line + rng.normal(size=(30, 1))),
    "three outputs": regression(rng.normal(size=(20, 3)) * [1, 10, 100], rng.normal(size=(20, 3)) * [1, 10, 100]),
    "constant targets": regression(np.full((6, 1), 2.0), np.arange(6.0).reshape(6, 1)),
    "constant and met": regression(np.full((4, 1), 2.0), np.full((4, 1), 2.0)),
}

fixture = {
    "made": f"scikit-learn {sklearn.__version__}",
    "binary": cases,
    "multiclass": multiclass,
    "regression": regressions,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
