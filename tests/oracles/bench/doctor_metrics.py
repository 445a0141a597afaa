"""Scores of made-up verdicts by scikit-learn, and upper bounds by SciPy: expected values of tests/bench/doctor.

Run with Python 3.11, scikit-learn 1.9, SciPy 1.17: python tests/oracles/bench/doctor_metrics.py
Writes doctor_metrics.json beside itself.

For each problem the runs that count are those where it must not be left open: it is not one that may be named, nor one of several
musts of which another stands for the run. Truth is whether it stands for the run: of several musts each that was named, else the first.
"""
import json
import random
from pathlib import Path

import scipy
import sklearn
from scipy.stats import beta
from sklearn.metrics import precision_recall_fscore_support

names = {
    "vanishing": "VanishingGradient", "exploding": "NotFinite", "dying": "DyingReLU", "saturation": "SaturatedActivation",
    "bad-init": "BadInitialization", "lr-high": "Diverging", "lr-low": "LearningRateTooLow", "oscillation": "Oscillation",
    "overfit": "Overfit", "underfit": "Underfit", "unnormalised": "UnnormalizedTarget", "output-loss": "OutputLossMismatch",
    "imbalance": "ClassImbalance", "label-noise": "LabelNoise", "leak": "DataLeak", "dead-layer": "DeadLayer",
    "batch-small": "BatchTooSmall",
}
problems = list(names)
draw = random.Random(7)
runs = []
for i in range(400):
    must = draw.sample(problems, draw.choice([0, 1, 1, 1, 2, 3]))
    may = draw.sample([p for p in problems if p not in must], draw.choice([0, 0, 1, 2])) if must else []
    named = [p for p in must if draw.random() < 0.6] + [p for p in may if draw.random() < 0.4]
    named += [p for p in problems if p not in named and p not in must and p not in may and draw.random() < 0.02]
    runs.append({"must": must, "may": may, "named": draw.sample(named, len(named))})

scores = {}
for p in problems:
    truth, said = [], []
    for run in runs:
        right = [q for q in run["must"] if q in run["named"]]
        stands = right or run["must"][:1]
        if p in run["may"] or (p in run["must"] and p not in stands):
            continue
        truth.append(p in stands)
        said.append(p in run["named"])
    precision, recall, f1, _ = precision_recall_fscore_support(truth, said, average="binary")
    scores[p] = {"precision": precision, "recall": recall, "f1": f1}

faulty = [run for run in runs if run["must"]]
fine = [run for run in runs if not run["must"]]
rates = {
    "macroF1": sum(s["f1"] for s in scores.values()) / len(scores),
    "detection": sum(bool(run["named"]) for run in faulty) / len(faulty),
    "diagnosis": sum(run["named"][:1] != [] and run["named"][0] in run["must"] for run in faulty) / len(faulty),
    "falseAlarms": sum(bool(run["named"]) for run in fine) / len(fine),
}
bounds = [
    {"hits": k, "trials": n, "upper": float(beta.ppf(0.95, k + 1, n - k))}
    for k, n in [(0, 300), (0, 1), (1, 300), (3, 51), (6, 300), (299, 300), (40, 1000)]
]
for run in runs:
    run["named"] = [names[p] for p in run["named"]]
fixture = {"made": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}", "runs": runs, "scores": scores, "rates": rates, "bounds": bounds}
Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
