"""Gradients of a small convolutional net in float64, and how far PyTorch's bfloat16 autocast is from them: the expected
values of tests/src/train/capturedStep/bfloat16.test.ts.

Run with Python 3.11, torch 2.13.0 (CPU): python tests/oracles/train/torch_bfloat16.py
Writes torch_bfloat16.json beside itself. Weights and inputs come from `values`, which the test computes alike. Of each
gradient every STEP-th value is kept.
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from rounded import rounded

STEP = 251
N, SIZE, CHANNELS, FILTERS, HIDDEN, CLASSES = 64, 8, 16, 32, 128, 10


def values(shape, seed, scale):
    """Of ±scale, from a hash of the index; exact in float32 before the scaling."""
    h = (np.arange(int(np.prod(shape)), dtype=np.uint32) + np.uint32(seed * 1000003)) * np.uint32(2654435761)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(2246822519)
    numbers = (h ^ (h >> np.uint32(13))) >> np.uint32(8)
    return torch.from_numpy(((numbers / 2**23 - 1).astype(np.float32) * np.float32(scale)).reshape(shape))


# In TensorFlow's order of axes.
weights = {
    "conv/kernel": values([3, 3, CHANNELS, FILTERS], 1, 0.2),
    "conv/bias": values([FILTERS], 2, 0.125),
    "second/kernel": values([3, 3, FILTERS, FILTERS], 3, 0.14),
    "second/bias": values([FILTERS], 4, 0.125),
    "hidden/kernel": values([SIZE * SIZE * FILTERS, HIDDEN], 5, 0.054),
    "hidden/bias": values([HIDDEN], 6, 0.125),
    "output/kernel": values([HIDDEN, CLASSES], 7, 0.2),
    "output/bias": values([CLASSES], 8, 0.125),
}
x = values([N, SIZE, SIZE, CHANNELS], 9, 1)
y = torch.arange(N) * 7 % CLASSES


def gradients(dtype, autocast=False):
    p = {name: value.clone().to(dtype).requires_grad_() for name, value in weights.items()}
    with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
        z = x.to(dtype).permute(0, 3, 1, 2)
        for layer in ("conv", "second"):
            kernel = p[f"{layer}/kernel"].permute(3, 2, 0, 1)
            z = nn.functional.conv2d(z, kernel, p[f"{layer}/bias"], padding=1).relu()
        z = z.permute(0, 2, 3, 1).reshape(N, -1)
        z = (z @ p["hidden/kernel"] + p["hidden/bias"]).relu()
        z = z @ p["output/kernel"] + p["output/bias"]
    loss = nn.functional.cross_entropy(z.to(dtype), y)
    loss.backward()
    return loss.item(), {name: value.grad.double().ravel()[::STEP] for name, value in p.items()}


def distance(a, b):
    """Relative L2 distance of the whole gradient."""
    apart = sum(((a[name] - b[name]) ** 2).sum() for name in b)
    return float((apart / sum((b[name] ** 2).sum() for name in b)).sqrt())


loss, exact = gradients(torch.float64)
_, narrow = gradients(torch.float32, autocast=True)
fixture = {
    "made": f"torch {torch.__version__.split('+')[0]}",
    "step": STEP,
    "loss": loss,
    "gradients": {name: [float(f"{v:.6g}") for v in value.tolist()] for name, value in exact.items()},
    "autocast": distance(narrow, exact),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(rounded(fixture)) + "\n")
print(fixture["autocast"], loss)
