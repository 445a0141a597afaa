"""A saved model of a few bytes: doubled = 2 * x, label = "class " + name. Writes the folder savedModel.

Run with TensorFlow 2.21: python tests/oracles/native/savedModel.py
"""
import pathlib

import tensorflow as tf


class Small(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, "x"), tf.TensorSpec([], tf.string, "name")])
    def __call__(self, x, name):
        return {"doubled": 2.0 * x, "label": tf.strings.join(["class ", name])}


model = Small()
folder = pathlib.Path(__file__).with_name("savedModel")
tf.saved_model.save(model, str(folder), signatures=model.__call__)
for file in folder.rglob("*"):
    if file.is_file() and file.name == "fingerprint.pb":
        file.unlink()
