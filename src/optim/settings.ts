/** An optimiser's options as they were given, for a run's record; the base rate has a place of its own there. */
export function settings(options: object): Readonly<Record<string, unknown>> {
  const given = Object.entries(options).filter(
    ([name, value]) => name !== "learningRate" && value !== undefined,
  );
  return Object.fromEntries(given);
}
