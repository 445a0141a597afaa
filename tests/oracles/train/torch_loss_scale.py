"""How torch.amp.GradScaler moves its scale over given overflows, and how a net trains with it in float16: the expected
values of tests/src/train/lossScale.test.ts and tests/src/train/float16.test.ts.

Run with Python 3.11, torch 2.13.0 (CPU): python tests/oracles/train/torch_loss_scale.py
Writes torch_loss_scale.json beside itself. The net's weights and inputs come from `values`, which the test computes
alike.
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from rounded import rounded


def scales(pattern, **options):
    """The scale after each step, as pairs of it and how many steps had it. `pattern` has an x where a gradient overflows."""
    scaler = torch.amp.GradScaler("cpu", **options)
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=1)
    after = []
    for sign in pattern:
        before = weight.item()
        optimizer.zero_grad()
        scaler.scale(weight.sum() * (float("inf") if sign == "x" else 1)).backward()
        scaler.step(optimizer)
        scaler.update()
        assert (weight.item() == before) == (sign == "x")
        if after and after[-1][0] == scaler.get_scale():
            after[-1][1] += 1
        else:
            after.append([scaler.get_scale(), 1])
    return {"pattern": pattern, "scales": after}


patterns = {
    "default": (("." * 5 + "x") * 3 + "." * 2001 + "xx" + "." * 1999 + "x" + "." * 2000, {}),
    "given": (
        "x..x....x.......x" + "." * 40,
        {"init_scale": 1000.0, "growth_factor": 1.7, "backoff_factor": 0.3, "growth_interval": 3},
    ),
    "at the end of float32": ("." * 9 + "x" + "." * 5, {"init_scale": 2.0**125, "growth_interval": 2}),
    "down to nothing": ("x" * 160, {"init_scale": 4.0}),
}


def values(shape, seed, scale):
    """Of ±scale, from a hash of the index; exact in float32 before the scaling."""
    h = (np.arange(int(np.prod(shape)), dtype=np.uint32) + np.uint32(seed * 1000003)) * np.uint32(2654435761)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(2246822519)
    numbers = (h ^ (h >> np.uint32(13))) >> np.uint32(8)
    return torch.from_numpy(((numbers / 2**23 - 1).astype(np.float32) * np.float32(scale)).reshape(shape))


STEPS, BATCHES, N, CLASSES, RATE = 100, 4, 128, 10, 0.05
SIZES = [128, 256, 256, CLASSES]
xs = [values([N, SIZES[0]], 20 + k, 1) for k in range(BATCHES)]
# Classes that can be learnt: the greatest of the first ten inputs.
ys = [x[:, :CLASSES].argmax(1) for x in xs]


def trained(dtype, narrow=None):
    """The loss before each step of plain gradient descent."""
    kernels = [values([i, o], 1 + k, (6 / i) ** 0.5).to(dtype).requires_grad_() for k, (i, o) in enumerate(zip(SIZES, SIZES[1:]))]
    biases = [torch.zeros(o, dtype=dtype, requires_grad=True) for o in SIZES[1:]]
    optimizer = torch.optim.SGD([*kernels, *biases], lr=RATE)
    scaler = torch.amp.GradScaler("cpu", enabled=narrow is not None)
    losses = []
    for step in range(STEPS):
        with torch.autocast("cpu", narrow, enabled=narrow is not None):
            z = xs[step % BATCHES].to(dtype)
            for k, (kernel, bias) in enumerate(zip(kernels, biases)):
                z = z @ kernel + bias
                z = z.relu() if k + 1 < len(kernels) else z
        loss = nn.functional.cross_entropy(z.to(dtype), ys[step % BATCHES])
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        losses.append(loss.item())
    return torch.tensor(losses, dtype=torch.float64)


def distance(a, b):
    return float(((a - b) ** 2).sum().sqrt() / (b**2).sum().sqrt())


exact = trained(torch.float64)
half = trained(torch.float32, torch.float16)
fixture = {
    "made": f"torch {torch.__version__.split('+')[0]}",
    "scales": {name: {**scales(pattern, **options), "options": options} for name, (pattern, options) in patterns.items()},
    "training": {"losses": exact.tolist(), "autocast": distance(half, exact)},
}
Path(__file__).with_suffix(".json").write_text(json.dumps(rounded(fixture)) + "\n")
print(fixture["training"]["autocast"], exact[0], exact[-1])
