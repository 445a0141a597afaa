"""What TensorFlow in Python reads of saved models: python read_saved_model.py FOLDER...

Beside each folder lies FOLDER.json: a list of batches, each a map from an input's name to {"shape", "values"}. Printed is one
JSON object, by folder: the variables as [name, shape, trainable]; the inputs and outputs of serving_default as [dtype,
shape] by name, None where a size is free; and for each batch the outputs by name, {"shape", "values"}.
"""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf


def described(tensors):
    return {name: [tensor.dtype.name, tensor.shape.as_list()] for name, tensor in tensors.items()}


def read(folder):
    loaded = tf.saved_model.load(folder)
    signature = loaded.signatures["serving_default"]
    specs = signature.structured_input_signature[1]
    with open(folder + ".json") as file:
        batches = json.load(file)
    answers = []
    for batch in batches:
        given = {
            name: tf.constant(np.array(one["values"]).reshape(one["shape"]), specs[name].dtype)
            for name, one in batch.items()
        }
        answers.append(
            {
                name: {"shape": tensor.shape.as_list(), "values": np.ravel(tensor.numpy()).tolist()}
                for name, tensor in signature(**given).items()
            }
        )
    return {
        "variables": [
            [variable.name.split(":")[0], variable.shape.as_list(), variable.trainable] for variable in loaded.variables
        ],
        "inputs": described(specs),
        "outputs": described(signature.structured_outputs),
        "answers": answers,
    }


print(json.dumps({folder: read(folder) for folder in sys.argv[1:]}))
