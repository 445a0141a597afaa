"""The other end of peer.mjs, for writers in Python: says that it is ready, then answers each request."""
import json
import sys
import time

TAGS = ["train/loss", "train/accuracy", "train/learningRate", "train/gradientNorm"]


def serve(versions, write):
    """`write(values, calls)` logs that often so many values."""
    print(json.dumps({"ready": True, "versions": versions}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        start = time.perf_counter()
        write(request["values"], request["calls"])
        print(json.dumps({"milliseconds": (time.perf_counter() - start) * 1e3}), flush=True)
