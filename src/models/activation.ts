/** Names of the activation functions that TensorFlow.js' layers know. */
export type ActivationName =
  | "elu"
  | "gelu"
  | "gelu_new"
  | "hardSigmoid"
  | "linear"
  | "mish"
  | "relu"
  | "relu6"
  | "selu"
  | "sigmoid"
  | "softmax"
  | "softplus"
  | "softsign"
  | "swish"
  | "tanh";
