"""The splits that exportMnist.mjs wrote."""
from pathlib import Path

import numpy as np


def split(folder, name):
    folder = Path(folder)
    x = np.fromfile(folder / f"{name}-x.bin", np.float32).reshape(-1, 784)
    y = np.fromfile(folder / f"{name}-y.bin", np.int32)
    assert len(x) == len(y), (len(x), len(y))
    return x, y
