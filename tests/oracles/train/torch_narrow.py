"""Gradients of a small convolutional net in float64, and how far PyTorch's autocast to bfloat16 and to float16 is from
them: the expected values of tests/src/train/capturedStep/narrow.test.ts. The loss is scaled by SCALE and the gradients
divided by it, as GradScaler does, which changes bfloat16's by nothing.

Run with Python 3.11, torch 2.13.0 (CPU): python tests/oracles/train/torch_narrow.py
Writes torch_narrow.json beside itself. Weights and inputs come from `values`, which the test computes alike. Of each
gradient every STEP-th value is kept. Float16 is compared behind a tanh: behind a ReLU it is off by so little that what
few values fall on the other side of 0 decide.
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from rounded import rounded

STEP = 251
SCALE = 4096
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


def gradients(activation, dtype, narrow=None):
    p = {name: value.clone().to(dtype).requires_grad_() for name, value in weights.items()}
    with torch.autocast("cpu", narrow, enabled=narrow is not None):
        z = x.to(dtype).permute(0, 3, 1, 2)
        for layer in ("conv", "second"):
            kernel = p[f"{layer}/kernel"].permute(3, 2, 0, 1)
            z = nn.functional.conv2d(z, kernel, p[f"{layer}/bias"], padding=1)
            z = activation(z)
        z = z.permute(0, 2, 3, 1).reshape(N, -1)
        z = activation(z @ p["hidden/kernel"] + p["hidden/bias"])
        z = z @ p["output/kernel"] + p["output/bias"]
    loss = nn.functional.cross_entropy(z.to(dtype), y)
    (loss * SCALE).backward()
    return loss.item(), {name: (value.grad.double() / SCALE).ravel()[::STEP] for name, value in p.items()}


def distance(a, b):
    """Relative L2 distance of the whole gradient."""
    apart = sum(((a[name] - b[name]) ** 2).sum() for name in b)
    return float((apart / sum((b[name] ** 2).sum() for name in b)).sqrt())


fixture = {"made": f"torch {torch.__version__.split('+')[0]}", "step": STEP, "scale": SCALE, "nets": {}}
for name, activation, narrow in (("bfloat16", "relu", torch.bfloat16), ("float16", "tanh", torch.float16)):
    loss, exact = gradients(getattr(torch, activation), torch.float64)
    fixture["nets"][name] = {
        "activation": activation,
        "loss": loss,
        "gradients": {key: [float(f"{v:.6g}") for v in value.tolist()] for key, value in exact.items()},
        "autocast": distance(gradients(getattr(torch, activation), torch.float32, narrow)[1], exact),
    }
    print(name, fixture["nets"][name]["autocast"], loss)
Path(__file__).with_suffix(".json").write_text(json.dumps(rounded(fixture)) + "\n")
