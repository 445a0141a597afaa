/** Importing this gives gradients to ops that have none, and replaces those that TensorFlow has better kernels for. */
import "./activations.js";
import "./clipByValue.js";
import "./conv3dTranspose.js";
import "./dilatedConvolutions.js";
import "./einsum.js";
import "./elu.js";
import "./places.js";
import "./tile.js";
import "./truths.js";
import "./unpack.js";
