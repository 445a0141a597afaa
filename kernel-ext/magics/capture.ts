import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";

export const capture = defineMagic({
  name: "capture",
  kind: "cell",
  summary:
    "Runs the cell and keeps what it writes and shows instead of putting it below the cell, its last value too.",
  examples: ["%%capture out\nconsole.log(1)", "out.stdout"],
  positionals: [{ name: "name", summary: "The variable that gets { stdout, stderr, displays, error }" }],
  body: "code",
  declares: ({ positionals: [name] }) =>
    name === undefined
      ? ""
      : `let ${requireIdentifier(name)}: { stdout: string; stderr: string; displays: Record<string, unknown>[]; error?: unknown };`,
  async run(context, { positionals: [name] }) {
    const {
      value: error,
      stdout,
      stderr,
      displays,
    } = await context.capture(async () => {
      try {
        const value = await context.runBody();
        if (value !== undefined) await context.show(value);
        return undefined;
      } catch (thrown) {
        return { thrown };
      }
    });
    const kept = { stdout, stderr, displays, ...(error && { error: error.thrown }) };
    if (name !== undefined) await context.assign(name, kept);
    if (error) throw error.thrown;
  },
});

function requireIdentifier(name: string): string {
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return name;
  throw new MagicError(`%%capture requires a variable's name, but was given ${JSON.stringify(name)}`);
}
