"""What TensorFlow's own counter says of ops' floating-point operations. Writes opFlops.json.

It does not look at adj_x of matrices in batches: opFlopsTorch.py has such a one.

Run with TensorFlow 2.21: python tests/oracles/native/opFlops.py
"""
import json
import pathlib

import tensorflow as tf

profiler = tf.compat.v1.profiler


def counted(name, inputs, **attributes):
    """One op in a graph of its own; an input is a shape, or what `sizes` gives."""
    with tf.Graph().as_default() as graph:
        given = [
            tf.constant(x["values"], tf.int32) if isinstance(x, dict) else tf.compat.v1.placeholder(tf.float32, x)
            for x in inputs
        ]
        output = getattr(tf.raw_ops, name)(**dict(zip(ARGUMENTS[name], given)), **attributes)
    options = profiler.ProfileOptionBuilder(profiler.ProfileOptionBuilder.float_operation()).with_empty_output().build()
    total = profiler.profile(graph, options=options).total_float_ops
    return {
        "name": output.op.type,
        "attributes": attributes,
        "inputs": [[len(x["values"])] if isinstance(x, dict) else x for x in inputs],
        "outputs": [output.shape.as_list()],
        "flops": total,
    }


def sizes(*values):
    return {"values": list(values)}


ARGUMENTS = {
    "MatMul": ["a", "b"],
    "BatchMatMul": ["x", "y"],
    "BatchMatMulV2": ["x", "y"],
    "BatchMatMulV3": ["x", "y"],
    "Conv2D": ["input", "filter"],
    "Conv2DBackpropInput": ["input_sizes", "filter", "out_backprop"],
    "Conv2DBackpropFilter": ["input", "filter_sizes", "out_backprop"],
    "DepthwiseConv2dNative": ["input", "filter"],
    "Conv3D": ["input", "filter"],
}
same = dict(strides=[1, 1, 1, 1], padding="SAME")
halved = dict(strides=[1, 2, 2, 1], padding="SAME")
inside = dict(strides=[1, 1, 1, 1], padding="VALID")

cases = [
    counted("MatMul", [[3, 5], [5, 7]]),
    counted("MatMul", [[5, 3], [5, 7]], transpose_a=True),
    counted("MatMul", [[3, 5], [7, 5]], transpose_b=True),
    counted("MatMul", [[5, 3], [7, 5]], transpose_a=True, transpose_b=True),
    counted("BatchMatMul", [[2, 3, 5], [2, 5, 7]]),
    counted("BatchMatMulV2", [[2, 4, 3, 5], [4, 5, 7]]),
    counted("BatchMatMulV3", [[2, 3, 5], [2, 5, 7]], Tout=tf.float32),
    counted("Conv2D", [[2, 9, 8, 3], [3, 2, 3, 5]], **same),
    counted("Conv2D", [[2, 9, 8, 3], [3, 2, 3, 5]], **inside),
    counted("Conv2D", [[2, 9, 8, 6], [3, 3, 6, 5]], **halved),
    counted("Conv2DBackpropInput", [sizes(2, 8, 6, 3), [3, 3, 3, 5], [2, 8, 6, 5]], **same),
    counted("Conv2DBackpropInput", [sizes(2, 8, 6, 3), [3, 3, 3, 5], [2, 4, 3, 5]], **halved),
    counted("Conv2DBackpropFilter", [[2, 8, 6, 3], sizes(3, 3, 3, 5), [2, 8, 6, 5]], **same),
    counted("Conv2DBackpropFilter", [[2, 8, 6, 3], sizes(3, 3, 3, 5), [2, 4, 3, 5]], **halved),
    counted("DepthwiseConv2dNative", [[2, 8, 6, 3], [3, 3, 3, 2]], **same),
    counted("DepthwiseConv2dNative", [[2, 8, 6, 3], [3, 3, 3, 1]], **inside),
    counted("Conv3D", [[2, 5, 6, 7, 3], [3, 2, 3, 3, 4]], strides=[1] * 5, padding="SAME"),
    counted("Conv3D", [[2, 5, 6, 7, 3], [3, 2, 3, 3, 4]], strides=[1, 2, 2, 2, 1], padding="VALID"),
]
for case in cases:
    case["attributes"] = {name: value for name, value in case["attributes"].items() if name != "Tout"}
result = {"tensorflow": tf.__version__, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
