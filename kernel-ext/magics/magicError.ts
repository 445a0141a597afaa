/** How a magic refuses what it was given: one sentence that says what was given, and what is needed. */
export class MagicError extends Error {
  override readonly name = "MagicError";
}

/** What the library finds wrong in a magic's words (a run that there is not, a filter that it cannot read) is the magic's refusal. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    const refusal = new MagicError(error.message);
    refusal.stack = error.stack?.replace(/^\w+/, refusal.name) ?? refusal.name;
    throw refusal;
  }
}
