/** What to say of options' names that people know from PyTorch, optax and TensorFlow. */
export const foreignNames: Readonly<Record<string, string>> = {
  lr: "which is learningRate here",
  learning_rate: "which is learningRate here",
  eps: "which is epsilon here",
  betas: "which are beta1 and beta2 here",
  b1: "which is beta1 here",
  b2: "which is beta2 here",
  weight_decay: "which is weightDecay here",
  mask: "which is decayOn here",
};
