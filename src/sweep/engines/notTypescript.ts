/** Marks the errors of the module hooks: a `code`, since from their thread an error arrives with its texts alone. */
const code = "ERR_NOT_TYPESCRIPT";

/** Of a file that cannot be read as TypeScript; the sentence says where. */
export function notTypescript(sentence: string): SyntaxError {
  return Object.assign(new SyntaxError(sentence), { code });
}

/** Whether the sentence says all: any other SyntaxError, such as one of `JSON.parse`, needs its frames. */
export function isNotTypescript(error: unknown): error is SyntaxError {
  return error instanceof SyntaxError && "code" in error && error.code === code;
}
