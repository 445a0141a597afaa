"""Small saved models as TensorFlow and Keras export them, and what TensorFlow itself answers for them.

Writes the folder exported/ (classifier, keras, versions) and exported.json: for each call the signature, the inputs and
the outputs that a fresh tf.saved_model.load of the folder gives. A call is {"model", "tags", "signature", "inputs", "outputs"}, a tensor
{"dtype", "shape", "values"}, of complex64 with real, imaginary pairs.

Run with TensorFlow 2.21: python tests/oracles/native/exported.py
"""
import json
import pathlib
import shutil

import keras
import numpy as np
import tensorflow as tf

here = pathlib.Path(__file__).parent
exported = here / "exported"
v1 = tf.compat.v1


def spec(dtype, shape, name):
    return tf.TensorSpec(shape, dtype, name)


class Classifier(tf.Module):
    """Colours to one of three classes, and signatures with what else TensorFlow's types and shapes can be."""

    def __init__(self):
        self.weights = tf.Variable([[2.0, -1.0, 0.5], [-0.25, 1.5, 0.75], [0.125, -0.5, 1.0]])
        self.calls = tf.Variable(0, dtype=tf.int64)
        words = tf.lookup.KeyValueTensorInitializer(["red", "green", "blau"], tf.constant([0, 1, 2], tf.int64))
        self.vocabulary = tf.lookup.StaticHashTable(words, default_value=-1)

    @tf.function(input_signature=[spec(tf.float32, [None, 3], "colour")])
    def classify(self, colour):
        logits = colour @ self.weights
        return {"probabilities": tf.nn.softmax(logits), "label": tf.argmax(logits, 1)}

    @tf.function(input_signature=[spec(tf.string, [None], "words")])
    def spell(self, words):
        return {"ids": self.vocabulary.lookup(words), "shouted": tf.strings.upper(words, "utf-8")}

    @tf.function(
        input_signature=[
            spec(tf.float64, [None], "x"),
            spec(tf.uint8, [2, None], "pixels"),
            spec(tf.int64, [], "offset"),
            spec(tf.bool, [], "negate"),
        ]
    )
    def mix(self, x, pixels, offset, negate):
        total = tf.reduce_sum(x) + tf.cast(tf.reduce_sum(tf.cast(pixels, tf.int64)) + offset, tf.float64)
        return {"total": tf.where(negate, -total, total)}

    @tf.function(
        input_signature=[
            spec(tf.float16, [2], "half"),
            spec(tf.bfloat16, [2], "brain"),
            spec(tf.int8, [2], "tiny"),
            spec(tf.int16, [2], "short"),
            spec(tf.uint16, [2], "natural"),
        ]
    )
    def narrow(self, half, brain, tiny, short, natural):
        return {
            "half": half * 1.5,
            "brain": brain * 1.5,
            "tiny": tiny - 1,
            "short": short - 1,
            "natural": natural + 1,
            "byte": tf.cast(natural, tf.uint8),
        }

    @tf.function(input_signature=[spec(tf.complex64, [None], "z"), spec(tf.complex64, [None], "w")])
    def multiply(self, z, w):
        return {"product": z * w}

    @tf.function(input_signature=[spec(tf.float32, None, "x")])
    def measure(self, x):
        return {"rank": tf.rank(x), "total": tf.reduce_sum(x)}

    @tf.function(input_signature=[])
    def count(self):
        return {"calls": self.calls.assign_add(1)}

    @tf.function(input_signature=[spec(tf.int64, [None], "x")])
    def square(self, x):
        return {"squares": x * x}

    @tf.function(input_signature=[spec(tf.float32, [None, None], "a"), spec(tf.float32, [None, None], "b")])
    def product(self, a, b):
        return {"product": a @ b}

    @tf.function(input_signature=[spec(tf.uint64, [None], "x")])
    def unusual(self, x):
        return {"x": x}


def save_classifier():
    model = Classifier()
    names = "spell mix narrow multiply measure count square product unusual"
    signatures = {name: getattr(model, name) for name in names.split()}
    tf.saved_model.save(model, str(exported / "classifier"), {"serving_default": model.classify, **signatures})


def save_keras():
    keras.utils.set_random_seed(7)
    inputs = {"size": keras.Input([2], name="size"), "kind": keras.Input([1], dtype="int32", name="kind")}
    both = [inputs["size"], keras.layers.Flatten()(keras.layers.Embedding(4, 3)(inputs["kind"]))]
    hidden = keras.layers.Dense(4, "relu")(keras.layers.Concatenate()(both))
    outputs = {"price": keras.layers.Dense(1, name="price")(hidden), "class": keras.layers.Dense(2, "softmax")(hidden)}
    keras.Model(inputs, outputs).export(str(exported / "keras"), verbose=False)


def save_versions():
    """Two graphs in one file, as TensorFlow 1 makes them: doubled when serving, tripled on a GPU that few machines have
    with the tags serve and gpu."""
    builder = v1.saved_model.Builder(str(exported / "versions"))
    for factor, tags in [(2.0, ["serve"]), (3.0, ["serve", "gpu"])]:
        with tf.Graph().as_default(), v1.Session() as session:
            x = v1.placeholder(tf.float32, [None], "x")
            weight = v1.get_variable("weight", initializer=2.0, use_resource=True)
            with tf.device("/device:GPU:7" if "gpu" in tags else None):
                y = tf.multiply(x, weight * (factor / 2.0), name="y")
            sparse = v1.sparse_placeholder(tf.float32, [None, 3], "sparse")
            total = tf.reduce_sum(sparse.values)
            of = v1.saved_model.predict_signature_def
            signatures = {"serving_default": of({"x": x}, {"y": y})}
            if factor == 2.0:
                encoded = v1.saved_model.build_tensor_info(sparse)
                info = v1.saved_model.build_tensor_info(total)
                signatures["sparse"] = v1.saved_model.build_signature_def({"x": encoded}, {"total": info})
                session.run(v1.global_variables_initializer())
                builder.add_meta_graph_and_variables(session, tags, signature_def_map=signatures)
            else:
                builder.add_meta_graph(tags, signature_def_map=signatures)
    builder.save()


def as_json(tensor):
    """Values in the order of memory; texts are UTF-8."""
    array = tensor.numpy()
    if tensor.dtype == tf.string:
        values = [text.decode() for text in np.ravel(array)]
    elif tensor.dtype == tf.complex64:
        values = np.ravel(array).view(np.float32).tolist()
    elif tensor.dtype in (tf.float16, tf.bfloat16):
        values = np.ravel(array).astype(np.float32).tolist()
    else:
        values = np.ravel(array).tolist()
    return {"dtype": tensor.dtype.name, "shape": list(array.shape), "values": values}


def answers():
    c = tf.constant
    mixed = {
        "x": c([1.5, 2.25], tf.float64),
        "pixels": c([[255, 1, 2], [3, 0, 4]], tf.uint8),
        "offset": c(-7, tf.int64),
        "negate": c(True),
    }
    narrow = {
        "half": c([1.5, -2], tf.float16),
        "brain": c([3.0, 0.5], tf.bfloat16),
        "tiny": c([-127, 127], tf.int8),
        "short": c([-32767, 5], tf.int16),
        "natural": c([65534, 8], tf.uint16),
    }
    classifier = [
        ("serving_default", {"colour": c([[1.0, 0, 0], [0.25, 0.5, 0.75]])}),
        ("serving_default", {"colour": c([[0.0, 1, 0]])}),
        ("serving_default", {"colour": tf.zeros([0, 3])}),
        ("spell", {"words": c(["green", "straße", "", "blau"])}),
        ("mix", mixed),
        ("narrow", narrow),
        ("multiply", {"z": c([1 + 2j, 0.5j], tf.complex64), "w": c([3 - 1j, 4j], tf.complex64)}),
        ("measure", {"x": tf.reshape(tf.range(24.0), [2, 3, 4])}),
        ("measure", {"x": c(5.0)}),
        ("count", {}),
        ("count", {}),
        ("square", {"x": c([3, -46340], tf.int64)}),
        ("square", {"x": c([3, 2147483647], tf.int64)}),
    ]
    house = ("serving_default", {"size": c([[1.0, -2], [0.5, 3]]), "kind": c([[2], [0]])})
    for folder, calls in [("classifier", classifier), ("keras", [house])]:
        loaded = tf.saved_model.load(str(exported / folder))
        for name, inputs in calls:
            outputs = loaded.signatures[name](**inputs)
            tensors = {"inputs": inputs, "outputs": outputs}
            yield {
                "model": folder,
                "tags": ["serve"],
                "signature": name,
                **{key: {one: as_json(tensor) for one, tensor in sorted(some.items())} for key, some in tensors.items()},
            }
    for tags in (["serve"], ["serve", "gpu"]):
        config = v1.ConfigProto(allow_soft_placement=True)
        with tf.Graph().as_default(), v1.Session(config=config) as session:
            v1.saved_model.load(session, tags, str(exported / "versions"))
            x = np.array([1.5, -4], np.float32)
            y = session.run("y:0", {"x:0": x})
        tensors = {"inputs": {"x": as_json(c(x))}, "outputs": {"y": as_json(c(y))}}
        yield {"model": "versions", "tags": tags, "signature": "serving_default", **tensors}


shutil.rmtree(exported, ignore_errors=True)
save_classifier()
save_keras()
save_versions()
for file in exported.rglob("fingerprint.pb"):
    file.unlink()
lines = ",\n".join(json.dumps(call, ensure_ascii=False) for call in answers())
(here / "exported.json").write_text(f"[\n{lines}\n]\n")
