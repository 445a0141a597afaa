"""What PyTorch's counter says of ops that TensorFlow's own does not count. Writes opFlopsTorch.json.

Run with PyTorch 2.13: python tests/oracles/native/opFlopsTorch.py

Shapes are given as TensorFlow has them: channels last, a filter's channels at its end.
"""
import json
import pathlib

import torch
from torch.utils.flop_counter import FlopCounterMode


def einsum(equation, *shapes):
    inputs = [torch.randn(shape) for shape in shapes]
    with FlopCounterMode(display=False) as counter:
        output = torch.einsum(equation, *inputs)
    return {
        "name": "Einsum",
        "attributes": {"equation": equation},
        "inputs": [list(shape) for shape in shapes],
        "outputs": [list(output.shape)],
        "flops": counter.get_total_flops(),
    }


def transposed_product(x_shape, y_shape):
    with FlopCounterMode(display=False) as counter:
        output = torch.bmm(torch.randn(x_shape).transpose(1, 2), torch.randn(y_shape))
    return {
        "name": "BatchMatMulV2",
        "attributes": {"adj_x": True},
        "inputs": [x_shape, y_shape],
        "outputs": [list(output.shape)],
        "flops": counter.get_total_flops(),
    }


def first(shape):
    """Channels first."""
    return [shape[0], shape[-1], *shape[1:-1]]


def convolution(names, image, kernel, stride, groups=1):
    """Backward: of the input and of the filter, each of `names` an op with the flops of its own pass."""
    spatial = len(image) - 2
    forward = [torch.nn.functional.conv2d, torch.nn.functional.conv3d][spatial - 2]
    weight_shape = [kernel[-1] * (kernel[-2] if groups > 1 else 1), kernel[-2] // groups, *kernel[:spatial]]
    cases = []
    for which, name in enumerate(names):
        x = torch.randn(first(image), requires_grad=which == 0)
        weight = torch.randn(weight_shape, requires_grad=which == 1)
        output = forward(x, weight, stride=stride, groups=groups)
        with FlopCounterMode(display=False) as counter:
            output.sum().backward()
        dy = [output.shape[0], *output.shape[2:], output.shape[1]]
        inputs = [[spatial + 2], kernel, dy] if which == 0 else [image, [spatial + 2], dy]
        outputs = [image if which == 0 else kernel]
        cases.append(
            {"name": name, "attributes": {}, "inputs": inputs, "outputs": outputs, "flops": counter.get_total_flops()}
        )
    return cases


conv2d = ["Conv2DBackpropInput", "Conv2DBackpropFilter"]
conv3d = ["Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"]
# Of a filter in groups PyTorch counts the gradient as if there were one group, so that one is left out.
depthwise = ["DepthwiseConv2dNativeBackpropInput"]
cases = [
    transposed_product([2, 5, 3], [2, 5, 7]),
    einsum("ab,bc->ac", [2, 3], [3, 5]),
    einsum("abc,abd->acd", [2, 3, 4], [2, 3, 5]),
    einsum("bhqd,bhkd->bhqk", [2, 3, 4, 5], [2, 3, 6, 5]),
    einsum("abd,bc->a", [2, 3, 7], [3, 5]),
    einsum("...ij,jk->...ik", [2, 3, 4, 5], [5, 6]),
    *convolution(conv2d, [2, 9, 8, 3], [3, 2, 3, 5], 1),
    *convolution(conv2d, [2, 9, 9, 3], [3, 3, 3, 5], 2),
    *convolution(conv3d, [2, 5, 6, 7, 3], [3, 2, 3, 3, 4], 1),
    *convolution(depthwise, [2, 9, 8, 3], [3, 3, 3, 2], 1, groups=3),
]
result = {"torch": torch.__version__, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
