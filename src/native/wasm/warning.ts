/** What a process says once when it begins to compute without TensorFlow's library. */
export const warning =
  "TensorFlow's library was not found, so WebAssembly computes: several times slower, on one core, without GPU, captured steps, saved models and profiles of ops. Run `tunelab setup` to get it, then start again.";
