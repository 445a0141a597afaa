"""The models of `bench step` in Keras 3, for any of its backends: the same layers, in the same order, as models/*.mjs."""
import keras
from keras import layers


def mlp():
    return keras.Sequential([keras.Input((784,)), layers.Dense(256, "relu"), layers.Dense(10)])


def cnn():
    return keras.Sequential([
        keras.Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(10)])


def convolution(x, filters, size=1, strides=1):
    return layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)


def basic_block(x, filters, strides):
    def norm(y):
        return layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(y)
    y = layers.ReLU()(norm(convolution(x, filters, 3, strides)))
    y = norm(convolution(y, filters, 3))
    same = strides == 1 and x.shape[-1] == filters
    return layers.ReLU()(layers.add([y, x if same else norm(convolution(x, filters, 1, strides))]))


def resnet18():
    inputs = keras.Input((32, 32, 3))
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(convolution(inputs, 64, 3)))
    for filters in (64, 128, 256, 512):
        x = basic_block(x, filters, 1 if filters == 64 else 2)
        x = basic_block(x, filters, 1)
    return keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


class Positions(layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=shape[1:], initializer=keras.initializers.RandomNormal(stddev=0.02))

    def call(self, x):
        return x + self.table


def vit():
    inputs = keras.Input((32, 32, 3))
    x = layers.Reshape((64, 128))(layers.Conv2D(128, 4, 4)(inputs))
    x = Positions()(x)
    for _ in range(4):
        y = layers.LayerNormalization(epsilon=1e-6)(x)
        x = layers.add([x, layers.MultiHeadAttention(4, 32)(y, y)])
        y = layers.LayerNormalization(epsilon=1e-6)(x)
        y = layers.Dense(512, lambda value: keras.activations.gelu(value, approximate=False))(y)
        x = layers.add([x, layers.Dense(128)(y)])
    x = layers.GlobalAveragePooling1D()(layers.LayerNormalization(epsilon=1e-6)(x))
    return keras.Model(inputs, layers.Dense(10)(x))


def lstm():
    return keras.Sequential([
        keras.Input((50, 32)), layers.LSTM(128, return_sequences=True), layers.LSTM(128), layers.Dense(10)])


STAGES = [(1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3), (6, 112, 3, 1, 5), (6, 192, 4, 2, 5),
          (6, 320, 1, 1, 3)]


def inverted_bottleneck(x, expansion, filters, strides, size):
    def norm(y):
        return layers.BatchNormalization()(y)
    channels = x.shape[-1]
    y = x if expansion == 1 else layers.Activation("silu")(norm(convolution(x, channels * expansion)))
    y = layers.DepthwiseConv2D(size, strides=strides, padding="same", use_bias=False)(y)
    y = layers.Activation("silu")(norm(y))
    weights = layers.GlobalAveragePooling2D(keepdims=True)(y)
    weights = layers.Conv2D(channels // 4, 1, activation="silu")(weights)
    weights = layers.Conv2D(y.shape[-1], 1, activation="sigmoid")(weights)
    y = norm(convolution(layers.multiply([y, weights]), filters))
    return layers.add([y, x]) if strides == 1 and channels == filters else y


def efficientnet():
    inputs = keras.Input((64, 64, 3))
    x = layers.Activation("silu")(layers.BatchNormalization()(convolution(inputs, 32, 3, 2)))
    for expansion, filters, repeats, strides, size in STAGES:
        for i in range(repeats):
            x = inverted_bottleneck(x, expansion, filters, strides if i == 0 else 1, size)
    x = layers.Activation("silu")(layers.BatchNormalization()(convolution(x, 1280)))
    return keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


MODELS = {"mlp": mlp, "cnn": cnn, "resnet18": resnet18, "vit": vit, "lstm": lstm, "efficientnet": efficientnet}
SHAPES = {"mlp": (64, 784), "cnn": (64, 28, 28, 1), "resnet18": (32, 32, 32, 3), "vit": (32, 32, 32, 3),
          "lstm": (64, 50, 32), "efficientnet": (16, 64, 64, 3)}
