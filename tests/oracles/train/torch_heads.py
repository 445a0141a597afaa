"""Loss curves of small models with two inputs and two outputs, trained by PyTorch: the expected values of
tests/src/train/heads.

Run with Python 3.11, torch 2.13.0 (CPU): python tests/oracles/train/torch_heads.py
Writes torch_heads.json beside itself. Everything is float32, batches come in order, nothing is shuffled.

    a [6] ─ dense 8 relu ─┐
                          ├─ concatenate ─┬─ kind  [3], softmax, cross-entropy
    b [3] ─ dense 4 tanh ─┘               └─ score [1], mean squared error, or
                                             gate  [1], sigmoid, binary cross-entropy, which kind reads too
"""
import json
from pathlib import Path

import torch
from torch.nn import functional as F

from rounded import rounded

torch.manual_seed(3)
torch.set_num_threads(1)
N, VALIDATION, BATCH, EPOCHS = 88, 24, 16, 6


def data(n):
    a, b = torch.randn(n, 6), torch.randn(n, 3)
    kind = (a[:, 0] + 0.5 * b[:, 1] ** 2 > 0.3).long() + (b[:, 2] > 0.8).long()
    score = (a[:, 1:2] * b[:, 0:1] + 0.3 * a[:, 2:3]).contiguous()
    gate = (a[:, 3] + b[:, 1] > 0).long()
    return {"a": a, "b": b, "kind": kind, "score": score, "gate": gate}


train_data, validation_data = data(N), data(VALIDATION)


def dense(inputs, units):
    return {"kernel": torch.randn(inputs, units) * 0.5, "bias": torch.randn(units) * 0.1}


weights = {
    "left": dense(6, 8),
    "right": dense(3, 4),
    "score": dense(12, 1),
    "gate": dense(12, 1),
    "kind": dense(12, 3),
    "kindOfGate": dense(13, 3),
}


def losses_of(p, batch, heads, smoothing=0.0, class_weights={}):
    """Of each output its mean loss over the batch."""
    mean = lambda each, head: (each * class_weights[head][batch[head]] if head in class_weights else each).mean()
    apply = lambda name, x: x @ p[name]["kernel"] + p[name]["bias"]
    both = torch.cat([torch.relu(apply("left", batch["a"])), torch.tanh(apply("right", batch["b"]))], 1)
    losses = {}
    if "score" in heads:
        losses["score"] = F.mse_loss(apply("score", both), batch["score"])
    if "gate" in heads:
        logit = apply("gate", both)
        each = F.binary_cross_entropy_with_logits(logit[:, 0], batch["gate"].float(), reduction="none")
        losses["gate"] = mean(each, "gate")
        kind = apply("kindOfGate", torch.cat([both, torch.sigmoid(logit)], 1))
    else:
        kind = apply("kind", both)
    each = F.cross_entropy(kind, batch["kind"], label_smoothing=smoothing, reduction="none")
    losses["kind"] = mean(each, "kind")
    return losses


def rows(data, start, stop):
    return {name: values[start:stop] for name, values in data.items()}


def train(heads, factors, optimizer="adam", smoothing=0.0, accumulate=1, l2=0.0, class_weights={}):
    used = ["left", "right"] + ["kindOfGate" if h == "kind" and "gate" in heads else h for h in heads]
    p = {name: {k: v.clone().requires_grad_() for k, v in weights[name].items()} for name in used}
    parameters = [v for layer in p.values() for v in layer.values()]
    kernels = [layer["kernel"] for layer in p.values()]
    step = torch.optim.Adam(parameters, lr=0.01) if optimizer == "adam" else torch.optim.SGD(parameters, lr=0.1)
    penalty = lambda: l2 * sum((kernel**2).sum() for kernel in kernels) if l2 else 0.0
    total = lambda losses: sum(factors[head] * losses[head] for head in heads) + penalty()
    curve, each, validation = [], {head: [] for head in heads}, {"loss": [], **{head: [] for head in heads}}
    for _ in range(EPOCHS):
        for first in range(0, N, BATCH * accumulate):
            samples = min(BATCH * accumulate, N - first)
            step.zero_grad()
            sums = {"loss": 0.0, **{head: 0.0 for head in heads}}
            for start in range(first, first + samples, BATCH):
                batch = rows(train_data, start, min(start + BATCH, N))
                share = len(batch["a"]) / samples
                losses = losses_of(p, batch, heads, smoothing, class_weights)
                loss = total(losses)
                (loss * share).backward()
                sums["loss"] += loss.item() * share
                for head in heads:
                    sums[head] += losses[head].item() * share
            step.step()
            curve.append(sums["loss"])
            for head in heads:
                each[head].append(sums[head])
        with torch.no_grad():
            losses = losses_of(p, validation_data, heads)
            validation["loss"].append(float(total(losses)))
            for head in heads:
                validation[head].append(losses[head].item())
    final = {f"{name}/{k}": v.detach().flatten().tolist() for name, layer in p.items() for k, v in layer.items()}
    return {"losses": curve, "each": each, "validation": validation, "final": final}


listed = lambda tensors: {name: values.tolist() for name, values in tensors.items()}
two = ["score", "kind"]
fixture = {
    "made": f"torch {torch.__version__.split('+')[0]}",
    "batchSize": BATCH,
    "epochs": EPOCHS,
    "train": listed(train_data),
    "validation": listed(validation_data),
    "weights": {f"{name}/{k}": v.tolist() for name, layer in weights.items() for k, v in layer.items()},
    "runs": {
        "twoInputs": train(["kind"], {"kind": 1.0}),
        "weighted": train(two, {"score": 1.0, "kind": 0.3}),
        "sgd": train(two, {"score": 0.2, "kind": 1.5}, optimizer="sgd"),
        "plain": train(two, {"score": 1.0, "kind": 1.0}, l2=0.01),
        "smoothed": train(two, {"score": 1.0, "kind": 0.3}, smoothing=0.1),
        "accumulated": train(two, {"score": 1.0, "kind": 0.3}, accumulate=4),
        "classes": train(
            ["gate", "kind"],
            {"gate": 1.0, "kind": 0.3},
            class_weights={"kind": torch.tensor([0.5, 1.0, 2.0])},
            accumulate=2,
        ),
        "readTwice": train(["gate", "kind"], {"gate": 0.5, "kind": 1.0}),
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(rounded(fixture)) + "\n")
