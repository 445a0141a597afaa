"""An epoch of Keras' `fit` on TensorFlow, with validation. Usage: keras_fit.py FOLDER"""
import json
import sys
import time

import keras
from keras import layers

from mnist_files import split

train, valid = split(sys.argv[1], "train"), split(sys.argv[1], "validation")


def epoch(seed):
    keras.utils.set_random_seed(seed)
    start = time.perf_counter()
    model = keras.Sequential([keras.Input((784,)), layers.Dense(256, "relu"), layers.Dense(10)])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), metrics=["accuracy"],
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = model.fit(*train, batch_size=64, epochs=1, verbose=2, validation_data=valid)
    return time.perf_counter() - start, history.history["val_accuracy"][0]


print(json.dumps({"ready": True, "versions": f"Keras {keras.__version__} on TensorFlow"}), flush=True)
for line in sys.stdin:
    seconds, accuracy = epoch(json.loads(line)["seed"])
    print(json.dumps({"seconds": seconds, "accuracy": accuracy}), flush=True)
