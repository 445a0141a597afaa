"""Steps of a small model that every rewrite changes something of, in float64: the expected values of rewrites.test.ts.

Run with PyTorch 2.13: python tests/oracles/train/rewrites.py
Writes rewrites.json beside itself.
"""
import json
from pathlib import Path

import torch
from torch.nn import functional

torch.manual_seed(0)
N, INPUTS, CLASSES, STEPS, EPSILON, MOMENTUM = 16, 7, 3, 4, 1e-3, 0.9


def single(tensor):
    """In float64, with values that float32 has: what is compared gets the same inputs."""
    return tensor.float().double()


x = single(torch.randn(N, INPUTS))
y = torch.randint(0, CLASSES, (N,))
# As TensorFlow.js lists them. Before a batch norm a bias has no gradient, so there is none.
start = {
    "relu/kernel": torch.randn(INPUTS, 8) * 0.5,
    "batchNorm/gamma": torch.rand(8) + 0.5,
    "batchNorm/beta": torch.randn(8) * 0.3,
    "layerNorm/gamma": torch.rand(8) + 0.5,
    "layerNorm/beta": torch.randn(8) * 0.3,
    "tanh/kernel": torch.randn(8, 6) * 0.5,
    "tanh/bias": torch.randn(6) * 0.1,
    "sigmoid/kernel": torch.randn(6, 5) * 0.5,
    "sigmoid/bias": torch.randn(5) * 0.1,
    "output/kernel": torch.randn(15, CLASSES) * 0.5,
    "output/bias": torch.randn(CLASSES) * 0.1,
}
start = {name: single(value) for name, value in start.items()}
parameters = {name: value.clone().requires_grad_() for name, value in start.items()}
moving = {"mean": torch.zeros(8).double(), "variance": torch.ones(8).double()}


def forward(w):
    h = functional.relu(x @ w["relu/kernel"])
    mean = h.mean(0)
    variance = ((h - mean) ** 2).mean(0)
    for name, value in (("mean", mean), ("variance", variance)):
        moving[name] = MOMENTUM * moving[name] + (1 - MOMENTUM) * value.detach()
    h = (h - mean) / torch.sqrt(variance + EPSILON) * w["batchNorm/gamma"] + w["batchNorm/beta"]
    h = functional.layer_norm(h, (8,), w["layerNorm/gamma"], w["layerNorm/beta"], EPSILON)
    h = torch.tanh(h @ w["tanh/kernel"] + w["tanh/bias"])
    h = torch.sigmoid(h.unsqueeze(1).repeat(1, 3, 1) @ w["sigmoid/kernel"] + w["sigmoid/bias"])
    return h.flatten(1) @ w["output/kernel"] + w["output/bias"]


optimizer = torch.optim.Adam(parameters.values(), lr=0.05)
losses = []
for _ in range(STEPS):
    optimizer.zero_grad()
    loss = functional.cross_entropy(forward(parameters), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())


def listed(values):
    return {name: value.detach().tolist() for name, value in values.items()}


Path(__file__).with_suffix(".json").write_text(json.dumps({
    "torch": torch.__version__, "x": x.tolist(), "y": y.tolist(), "start": listed(start), "losses": losses,
    "weights": listed(parameters), "moving": listed(moving),
}) + "\n")
