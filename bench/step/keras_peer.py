"""Keras 3 on TensorFlow: `fit` as it comes, or a hand-written tf.function around the same model and optimiser."""
import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf
from keras import layers

kind = sys.argv[1]
keras.utils.set_random_seed(1)


def network(name):
    if name == "mlp":
        return keras.Sequential([keras.Input((784,)), layers.Dense(256, "relu"), layers.Dense(10)])
    return keras.Sequential([
        keras.Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(10)])


def fit_runner(name, shape):
    model = network(name)
    model.compile(optimizer=keras.optimizers.Adam(1e-3),
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def run(steps):
        x = np.random.default_rng(1).random((64 * steps, *shape), dtype=np.float32)
        y = np.arange(64 * steps) % 10
        start = time.perf_counter()
        history = model.fit(x, y, batch_size=64, epochs=1, verbose=0, shuffle=False)
        spent = (time.perf_counter() - start) * 1000 / steps
        assert np.isfinite(history.history["loss"][0])
        return [spent]
    return run


def function_runner(name, shape):
    model = network(name)
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(model.trainable_variables)
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    x = tf.constant(np.random.default_rng(1).random((64, *shape), dtype=np.float32))
    y = tf.constant(np.arange(64) % 10, tf.int32)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    def run(steps):
        times = []
        for _ in range(steps):
            start = time.perf_counter()
            value = float(step(x, y))
            times.append((time.perf_counter() - start) * 1000)
            assert np.isfinite(value)
        return times
    return run


make = fit_runner if kind == "fit" else function_runner
runners = {"mlp": make("mlp", (784,)), "cnn": make("cnn", (28, 28, 1))}
versions = f"Keras {keras.__version__} {kind}, TensorFlow {tf.__version__}"
print(json.dumps({"ready": True, "versions": versions}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"milliseconds": runners[request["model"]](request["steps"])}), flush=True)
