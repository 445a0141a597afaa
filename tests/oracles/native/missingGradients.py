"""Gradients, in float64, of ops for which TensorFlow.js has none. Writes missingGradients.json.

Run with PyTorch 2.13: python tests/oracles/native/missingGradients.py
"""
import json
import pathlib

import torch

torch.manual_seed(11)


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def of(compute, *inputs):
    """The function's value and the gradients of its sum, weighted by `above`."""
    inputs = [tensor.double().requires_grad_() for tensor in inputs]
    output = compute(*inputs)
    above = torch.randn(output.shape).double()
    (output * above).sum().backward()
    return {
        "inputs": [{"shape": list(x.shape), "values": numbers(x), "gradient": numbers(x.grad)} for x in inputs],
        "above": {"shape": list(above.shape), "values": numbers(above)},
        "output": numbers(output),
    }


SIZES = dict(a=2, b=3, c=4, d=5)
EQUATIONS = ["ab,bc->ac", "abc,abd->acd", "ab,ab->", "ab->b", "ab->ba", "a,b->ab", "abc,c->ba", "ab,bc,cd->ad", "abd,bc->a"]


def einsum(equation):
    terms = equation.split("->")[0].split(",")
    return of(lambda *x: torch.einsum(equation, *x), *[torch.randn([SIZES[l] for l in term]) for term in terms])


def scattered(updates):
    return torch.zeros(4, 3).double().index_put((torch.tensor([2, 0, 2]),), updates, accumulate=True)


def depth_to_space(x):
    n, h, w, _ = x.shape
    return x.reshape(n, h, w, 2, 2, -1).permute(0, 1, 3, 2, 4, 5).reshape(n, 2 * h, 2 * w, -1)


def conv3d_transpose(x, kernel):
    """TensorFlow's order of axes, padding "valid", strides of 2."""
    y = torch.conv_transpose3d(x.permute(0, 4, 1, 2, 3), kernel.permute(4, 3, 0, 1, 2), stride=2)
    return y.permute(0, 2, 3, 4, 1)


result = {
    "torch": torch.__version__,
    "einsum": {equation: einsum(equation) for equation in EQUATIONS},
    "gatherNd": of(lambda x: x[[0, 2, 0], [1, 3, 1]], torch.randn(3, 4, 2)),
    "scatterNd": of(scattered, torch.randn(3, 3)),
    "stridedSlice": of(lambda x: x[1:6:2, 2], torch.randn(7, 4, 2)),
    "depthToSpace": of(depth_to_space, torch.randn(2, 2, 3, 8)),
    "conv3dTranspose": of(conv3d_transpose, torch.randn(1, 2, 2, 1, 3), torch.randn(2, 3, 2, 2, 3)),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
