"""Gradients of gradients in float64: d/dx Σ (d/dx Σ above·f(x²))². Writes secondGradients.json.

Run with PyTorch 2.13: python tests/oracles/native/secondGradients.py
"""
import json
import pathlib

import torch
from torch.nn import functional

torch.manual_seed(7)
EPSILON = 1e-3


def batch_norm(x):
    centred = x - x.mean(0)
    return centred / torch.sqrt((centred**2).mean(0) + EPSILON)


FUNCTIONS = {
    "exp": (torch.exp, [2, 3]),
    "tanh": (torch.tanh, [2, 3]),
    "sigmoid": (torch.sigmoid, [2, 3]),
    "relu": (lambda x: torch.relu(x - 0.5), [2, 3]),
    "softmax": (lambda x: torch.softmax(x, -1), [2, 3]),
    "logSoftmax": (lambda x: torch.log_softmax(x, -1), [2, 3]),
    "tile": (lambda x: x.repeat(2, 3) ** 3, [2, 3]),
    "einsum": (lambda x: torch.einsum("ab,cb->ac", x, x), [2, 3]),
    "stridedSlice": (lambda x: x[1:4:2] ** 2, [4, 3]),
    "depthToSpace": (
        lambda x: functional.pixel_shuffle(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1) ** 2,
        [1, 2, 2, 4],
    ),
    "layerNorm": (lambda x: functional.layer_norm(x, x.shape[1:], eps=EPSILON), [4, 5]),
    "batchNorm": (batch_norm, [5, 3]),
}


def case(f, shape):
    x = torch.randn(shape).double().requires_grad_()
    y = f(x**2)
    above = torch.randn(y.shape).double()
    (first,) = torch.autograd.grad((y * above).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad((first**2).sum(), x)
    values = dict(x=x, above=above, first=first, second=second)
    return {
        "shape": shape,
        "aboveShape": list(y.shape),
        **{name: value.detach().flatten().tolist() for name, value in values.items()},
    }


result = {"torch": torch.__version__, "epsilon": EPSILON}
result["cases"] = {name: case(*of) for name, of in FUNCTIONS.items()}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
