/** What people call the data of a training in the names of series and folders, in lower case. */

export const trainingWords = ["train", "training"] as const;

/** Data that a model is judged on; those of a validation before those of a test. */
export const validationWords = ["validation", "valid", "val", "eval", "evaluation", "dev", "test"] as const;
