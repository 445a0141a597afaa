"""TensorFlow's own bytes for the ConfigProtos that the library writes by hand. Writes configProto.json.

Run with TensorFlow 2.21: python tests/oracles/native/configProto.py
"""
import json
import pathlib

from tensorflow.core.protobuf import config_pb2


def config(intra, inter, growth, rewrites, limit=0):
    proto = config_pb2.ConfigProto(
        intra_op_parallelism_threads=intra, inter_op_parallelism_threads=inter, allow_soft_placement=True)
    proto.experimental.disable_thread_spinning = True
    if growth:
        proto.gpu_options.allow_growth = True
    if limit:
        proto.gpu_options.experimental.virtual_devices.add().memory_limit_mb.append(limit)
    if not rewrites:
        proto.graph_options.rewrite_options.disable_meta_optimizer = True
    return {"intraOpThreads": intra, "interOpThreads": inter, "allowGrowth": growth, "gpuMemoryLimit": limit, "graphRewrites": rewrites,
            "bytes": proto.SerializeToString(deterministic=True).hex()}


result = [config(2, 2, True, False), config(200, 1, False, True), config(1, 300, True, True),
          config(2, 2, True, False, 4096), config(2, 2, False, True, 12345)]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
