"""Trains a model of bench step by tf.function for some steps and prints this process' peak of memory."""
import json
import resource
import sys
from pathlib import Path

import keras
import tensorflow as tf

sys.path.insert(0, str(Path(__file__).parents[1] / "step"))
from keras_models import MODELS, SHAPES

name, steps = sys.argv[1:]
model = MODELS[name]()
optimizer = keras.optimizers.Adam(1e-3)
optimizer.build(model.trainable_variables)
loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
x, y = tf.random.uniform(SHAPES[name]), tf.range(SHAPES[name][0]) % 10


@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = loss_of(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


for _ in range(int(steps)):
    float(step())
print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
