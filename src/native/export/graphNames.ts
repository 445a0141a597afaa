/** Names in a TensorFlow graph: of letters, digits and a few signs, each once. */

/** Lifecycle: one for a graph. */
export class GraphNames {
  readonly #taken = new Set<string>();

  /** The wanted name as TensorFlow takes it, with a number where it is taken. */
  name(wanted: string): string {
    const legal = wanted
      .replace(/[^A-Za-z0-9_.\\/>-]/g, "_")
      .replace(/^(?=[^A-Za-z0-9.])/, "v")
      .replace(/\/+$/, "");
    return this.#once(legal || "v");
  }

  #once(name: string): string {
    let found = name;
    for (let i = 1; this.#taken.has(found); i++) found = `${name}_${i}`;
    this.#taken.add(found);
    return found;
  }
}
