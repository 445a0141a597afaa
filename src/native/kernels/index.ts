/** Kernels that tfjs-node lacks or has in part, over TensorFlow's own. */
import "./compareTexts.js";
import "./conv2d.js";
import "./einsum.js";
import "./elementwise.js";
import "./gather.js";
import "./matMul.js";
import "./maxPoolWithArgmax.js";
import "./multinomial.js";
import "./pooling.js";
import "./ragged.js";
import "./scatterNd.js";
import "./search.js";
import "./sparse.js";
import "./strings.js";
import "./transform.js";
import "./unique.js";
