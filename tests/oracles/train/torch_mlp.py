"""Loss curves of a small MLP trained by PyTorch: the expected values of tests/src/train.

Run with Python 3.11, torch 2.13.0 (CPU): python tests/oracles/train/torch_mlp.py
Writes torch_mlp.json beside itself. Everything is float32, batches come in order, nothing is shuffled.
"""
import json
from pathlib import Path

import torch

from rounded import rounded

torch.manual_seed(0)
torch.set_num_threads(1)
N, INPUTS, HIDDEN, CLASSES, BATCH, EPOCHS = 88, 6, 8, 3, 16, 6

x = torch.randn(N, INPUTS)
y = (x[:, 0] + 0.5 * x[:, 1] ** 2 > 0.3).long() + (x[:, 2] > 0.8).long()
weights = {
    "hidden_1/kernel": torch.randn(INPUTS, HIDDEN) * 0.5,
    "hidden_1/bias": torch.randn(HIDDEN) * 0.1,
    "output/kernel": torch.randn(HIDDEN, CLASSES) * 0.5,
    "output/bias": torch.zeros(CLASSES),
}
class_weights = torch.tensor([0.5, 1.0, 2.0])

OPTIMIZERS = {
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.05),
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
}


def train(
    optimizer, activation=torch.relu, clip=None, clip_value=None, weighted=False, l2=0.0, smoothing=0.0, accumulate=1
):
    """With accumulate, gradients of that many batches make a step, each counted by its samples; the last of an epoch
    takes what is left."""
    parameters = {name: value.clone().requires_grad_() for name, value in weights.items()}
    step = OPTIMIZERS[optimizer](list(parameters.values()))
    losses = []
    for _ in range(EPOCHS):
        loss_of_step = 0.0
        for start in range(0, N, BATCH):
            first = start - start % (BATCH * accumulate)
            samples = min(BATCH * accumulate, N - first)
            bx, by = x[start : start + BATCH], y[start : start + BATCH]
            hidden = activation(bx @ parameters["hidden_1/kernel"] + parameters["hidden_1/bias"])
            logits = hidden @ parameters["output/kernel"] + parameters["output/bias"]
            each = torch.nn.functional.cross_entropy(
                logits, by, reduction="none", label_smoothing=smoothing
            )
            loss = (each * class_weights[by]).mean() if weighted else each.mean()
            if l2:
                loss = loss + l2 * sum((parameters[k] ** 2).sum() for k in parameters if k.endswith("kernel"))
            if start == first:
                step.zero_grad()
                loss_of_step = 0.0
            share = len(bx) / samples
            (loss * share).backward()
            loss_of_step += loss.item() * share
            if start + BATCH < min(first + BATCH * accumulate, N):
                continue
            if clip:
                torch.nn.utils.clip_grad_norm_(parameters.values(), clip)
            if clip_value:
                torch.nn.utils.clip_grad_value_(parameters.values(), clip_value)
            step.step()
            losses.append(loss_of_step)
    return {"losses": losses, "final": {k: v.detach().flatten().tolist() for k, v in parameters.items()}}


fixture = {
    "made": f"torch {torch.__version__.split('+')[0]}",
    "batchSize": BATCH,
    "epochs": EPOCHS,
    "x": x.tolist(),
    "y": y.tolist(),
    "weights": {k: v.tolist() for k, v in weights.items()},
    "classWeights": class_weights.tolist(),
    "runs": {
        "adam": train("adam"),
        "adamw": train("adamw"),
        "sgd": train("sgd"),
        "momentum": train("momentum"),
        "sigmoid": train("adam", activation=torch.sigmoid),
        "clip": train("sgd", clip=0.3),
        "weighted": train("adam", weighted=True),
        "l2": train("adam", l2=0.01),
        "clipValue": train("sgd", clip_value=0.02),
        "smoothed": train("adam", smoothing=0.1),
        "accumulated": train("adam", accumulate=4, l2=0.01, clip=0.5),
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(rounded(fixture)) + "\n")
