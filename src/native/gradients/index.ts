/** Importing this replaces the gradients that TensorFlow has better kernels for. */
import "./activations.js";
import "./tile.js";
