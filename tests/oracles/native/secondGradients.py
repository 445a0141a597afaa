"""Gradients of gradients in float64: d/dx Σ (d/dx Σ above·f(x²))². Writes secondGradients.json.

Run with PyTorch 2.13: python tests/oracles/native/secondGradients.py
"""
import json
import pathlib

import torch
from torch.nn import functional

torch.manual_seed(7)
EPSILON = 1e-3


SLOPES = torch.tensor([0.1, 0.2, 0.3, 0.4]).double()


def batch_norm(x, axes=(0,)):
    centred = x - x.mean(axes, keepdim=True)
    return centred / torch.sqrt((centred**2).mean(axes, keepdim=True) + EPSILON)


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
    "elu": (lambda x: functional.elu(x - 1), [3, 4]),
    "selu": (lambda x: functional.selu(x - 1), [3, 4]),
    "leakyRelu": (lambda x: functional.leaky_relu(x - 1, 0.3) ** 2, [3, 4]),
    "prelu": (lambda x: torch.where(x > 1, x - 1, SLOPES * (x - 1)) ** 2, [3, 4]),
    "relu6": (lambda x: functional.relu6(8 * x - 2) ** 2, [3, 4]),
    "softplus": (lambda x: functional.softplus(x - 1), [3, 4]),
    "softsign": (lambda x: functional.softsign(x - 1), [3, 4]),
    "hardSigmoid": (lambda x: torch.clamp(0.2 * 4 * (x - 1) + 0.5, 0, 1) ** 2, [3, 4]),
    "swish": (lambda x: functional.silu(x - 1), [3, 4]),
    "mish": (lambda x: functional.mish(x - 1), [3, 4]),
    "gelu": (lambda x: functional.gelu(x - 1), [3, 4]),
    "geluNew": (lambda x: functional.gelu(x - 1, approximate="tanh"), [3, 4]),
    "batchNormOfVolumes": (lambda x: batch_norm(x, [0, 1, 2, 3]), [2, 2, 1, 3, 2]),
    "batchNormOfFirstAxis": (lambda x: batch_norm(x, [0, 2, 3, 4]), [2, 2, 1, 3, 2]),
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
