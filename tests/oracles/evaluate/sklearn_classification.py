"""Classification metrics and class weights by scikit-learn: the expected values of tests/src/evaluate and tests/src/train.

Run with Python 3.11, scikit-learn 1.9: python tests/oracles/evaluate/sklearn_classification.py
Writes sklearn_classification.json beside itself. Class 3 is never predicted, class 4 has no samples.
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, log_loss, precision_score, recall_score
from sklearn.utils.class_weight import compute_class_weight

rng = np.random.default_rng(5)
K, N = 5, 60
labels = rng.choice(4, size=N, p=[0.5, 0.25, 0.15, 0.1])
logits = rng.normal(size=(N, K)) + 1.5 * np.eye(K)[labels]
logits[:, 3] -= 20
logits[7, 4] += 9
# What float32 holds, so that both sides compute from the same numbers.
logits = logits.astype(np.float32).astype(np.float64)
p = np.exp(logits - logits.max(axis=1, keepdims=True))
p /= p.sum(axis=1, keepdims=True)
said = logits.argmax(axis=1)
names = list(range(K))
kind = {"labels": names, "average": None, "zero_division": 0}
fixture = {
    "made": f"scikit-learn {sklearn.__version__}",
    "labels": labels.tolist(),
    "logits": [[round(float(v), 9) for v in row] for row in logits],
    "predictions": said.tolist(),
    "confusionMatrix": confusion_matrix(labels, said, labels=names).tolist(),
    "accuracy": accuracy_score(labels, said),
    "recall": recall_score(labels, said, **kind).tolist(),
    "precision": precision_score(labels, said, **kind).tolist(),
    "f1": f1_score(labels, said, **kind).tolist(),
    "macroF1": f1_score(labels, said, labels=names, average="macro", zero_division=0),
    "loss": log_loss(labels, p, labels=names),
    "balanced": compute_class_weight("balanced", classes=np.arange(4), y=labels).tolist(),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
