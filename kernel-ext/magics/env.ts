import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";

export const env = defineMagic({
  name: "env",
  kind: "line",
  summary: "Shows, sets or removes environment variables of the session and of !commands.",
  details:
    "They stay after %reset, unless the session cannot begin with them. Values whose names look like secrets are masked, since outputs are saved with the notebook.",
  examples: ["%env", "%env HOME", "%env TUNELAB_RUNS=/data/runs"],
  options: {
    unset: { type: "flag", summary: "Remove the variable" },
    reveal: { type: "flag", summary: "Show secrets as they are" },
  },
  positionals: [
    {
      name: "assignment",
      summary: "NAME to show, or NAME=VALUE to set; all without",
      verbatim: true,
      suggest: () => Object.keys(process.env),
    },
  ],
  async run(context, { options, positionals: [assignment] }) {
    const [, name, equals, given = ""] = /^([^=\s]+)\s*(=?)\s*(.*)$/.exec(assignment ?? "") ?? [];
    const show = (key: string, value: string) =>
      context.print(`${key}=${options.reveal ? value : masked(key, value)}\n`);
    if (name === undefined) {
      for (const [key, value] of Object.entries(process.env).sort()) show(key, value ?? "");
    } else if (options.unset) {
      delete process.env[name];
      await context.request("environment", { name });
      context.print(`${name} is removed\n`);
    } else if (equals !== "" || given !== "") {
      const value = given.replace(/^(["'])(.*)\1$/, "$2");
      process.env[name] = value;
      await context.request("environment", { name, value });
      show(name, value);
      if (readAtImport.has(name))
        context.print(`${name} counts when tunelab is imported: where it was, after %reset\n`);
    } else {
      const value = process.env[name];
      if (value === undefined)
        throw new MagicError(`%env knows no variable ${name}: %env ${name}=VALUE sets it`);
      show(name, value);
    }
  },
});

/** What decides what computes. */
const readAtImport = new Set(["TUNELAB_BACKEND", "TUNELAB_LIBTENSORFLOW", "TF_ENABLE_ONEDNN_OPTS"]);

const SECRET = /KEY|TOKEN|SECRET|PASS(WORD|WD|PHRASE)?($|_)|CREDENTIAL|AUTH|COOKIE|PRIVATE|SIGNATURE|DSN/i;

/** Secrets by name become `…`; of a URL only the password. */
export function masked(name: string, value: string): string {
  if (value !== "" && SECRET.test(name)) return "…";
  return value.replace(/(\b\w+:\/\/[^\s:/@]*):[^\s@/]+@/g, "$1:…@");
}
