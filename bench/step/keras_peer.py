"""Keras 3: `fit` as it comes, a hand-written `function` (tf.function), or `jax` (a step compiled by jax.jit)."""
import json
import os
import sys
import time

kind = sys.argv[1]
os.environ["KERAS_BACKEND"] = "jax" if kind == "jax" else "tensorflow"

import keras
import numpy as np

from answer import answer
from keras_models import MODELS, SHAPES

keras.utils.set_random_seed(1)


def pixels(shape):
    return np.random.default_rng(1).random(shape, dtype=np.float32)


def loss_function():
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def timed(step, steps):
    """Milliseconds of each call; `step` returns the loss as a number, so that it has ended."""
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        value = step()
        times.append((time.perf_counter() - start) * 1000)
        assert np.isfinite(value)
    return times


def fit_runner(name):
    batch, *shape = SHAPES[name]
    model = MODELS[name]()
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss_function())

    def run(steps, _):
        x, y = pixels((batch * steps, *shape)), np.arange(batch * steps) % 10
        start = time.perf_counter()
        history = model.fit(x, y, batch_size=batch, epochs=1, verbose=0, shuffle=False)
        spent = (time.perf_counter() - start) * 1000 / steps
        assert np.isfinite(history.history["loss"][0])
        return [spent]
    return run


def function_runner(name):
    import tensorflow as tf
    model = MODELS[name]()
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(model.trainable_variables)
    loss_of = loss_function()
    usual, *shape = SHAPES[name]
    batches = {}

    def batch(size):
        if size not in batches:
            rows = size or usual
            batches[size] = tf.constant(pixels((rows, *shape))), tf.constant(np.arange(rows) % 10, tf.int32)
        return batches[size]

    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    # Where sizes of batches are compared, one function takes all: the batch's axis is symbolic.
    anyhow = [tf.TensorSpec((None, *shape), tf.float32), tf.TensorSpec((None,), tf.int32)]
    functions = {False: tf.function(train), True: tf.function(train, input_signature=anyhow)}

    def run(steps, size):
        x, y = batch(size)
        step = functions[size is not None]
        return timed(lambda: float(step(x, y)), steps)
    return run


def jax_runner(name):
    import jax
    model = MODELS[name]()
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(model.trainable_variables)
    loss_of = loss_function()
    x = jax.numpy.asarray(pixels(SHAPES[name]))
    y = jax.numpy.asarray(np.arange(SHAPES[name][0]) % 10)

    def loss_and_rest(trainable, others):
        predicted, others = model.stateless_call(trainable, others, x, training=True)
        return loss_of(y, predicted), others

    @jax.jit
    def step(trainable, others, slots):
        (loss, others), gradients = jax.value_and_grad(loss_and_rest, has_aux=True)(trainable, others)
        trainable, slots = optimizer.stateless_apply(slots, gradients, trainable)
        return loss, trainable, others, slots

    state = [[variable.value for variable in variables] for variables in
             (model.trainable_variables, model.non_trainable_variables, optimizer.variables)]

    def call():
        loss, *state[:] = step(*state)
        return float(loss)
    return lambda steps, _: timed(call, steps)


make = {"fit": fit_runner, "function": function_runner, "jax": jax_runner}[kind]
runners = {}


def run(name, steps, size):
    if name not in runners:
        runners[name] = make(name)
    return runners[name](steps, size)


versions = f"Keras {keras.__version__} {kind} on {keras.backend.backend()}"
print(json.dumps({"ready": True, "versions": versions}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    answer(lambda: run(request["model"], request["steps"], request.get("batchSize")))
