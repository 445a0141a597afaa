/** Types of 16 bits that products may be computed in. */
export type Narrow = "bfloat16" | "float16";
