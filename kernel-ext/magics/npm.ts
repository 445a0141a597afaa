import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import type { MagicContext } from "../session/magicContext.js";
import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { cutWords } from "./tokens.js";

/** npm's own names and slips of the pen for `install`, as `npm help install` lists them. */
const INSTALLS = "install add i in ins inst insta instal isnt isnta isntal isntall".split(" ");
/** These leave the packages as they are. */
const READS =
  "ls list la ll view info show outdated search help audit fund explain why config get pack".split(" ");

export const npm = defineMagic({
  name: "npm",
  kind: "line",
  summary: "Runs npm in the current folder; what it installs can be imported at once, with its types.",
  details: [
    "The current folder is the notebook's until %cd changes it; inside a project, the folder of its package.json is taken.",
    "After an install, packages without types of their own get @types/NAME where there is one.",
  ].join("\n"),
  examples: ["%npm install d3-array", "%npm ls"],
  positionals: [
    {
      name: "command",
      summary: "npm's command and its arguments",
      required: true,
      verbatim: true,
      suggest: () => ["install", "uninstall", "ls", "outdated", "view"],
    },
  ],
  async run(context, { text }) {
    const [command = "", ...rest] = cutWords(text).map(({ value }) => value);
    const folder = installFolder(context.folder);
    if (INSTALLS.includes(command)) await install(rest, folder, context);
    else await runNpm([command, ...rest], folder, context);
    if (!READS.includes(command)) await context.request("packagesChanged", {});
  },
});

async function install(words: readonly string[], folder: string, context: MagicContext): Promise<void> {
  await runNpm(["install", ...words, "--no-audit", "--no-fund", "--loglevel=error"], folder, context);
  const names = words.filter((word) => !word.startsWith("-")).flatMap(packageName);
  for (const name of names) await installTypes(name, folder, context);
}

/**
 * Where npm installs: the project the notebook is part of, else its own folder. Never the kernel's own package, into
 * which npm would go from a notebook that lies inside it.
 */
export function installFolder(folder: string): string {
  const own = fileURLToPath(
    new URL(import.meta.url.includes("/dist/") ? "../../.." : "../..", import.meta.url),
  );
  for (let at = folder; at !== parse(at).root; at = dirname(at)) {
    if (join(at, "/") === join(own, "/")) return folder;
    if (existsSync(join(at, "package.json"))) return at;
  }
  return folder;
}

/** `@scope/name@1.2` → `@scope/name`; nothing for folders, tarballs and addresses. */
function packageName(word: string): string[] {
  const name = /^(@[\w.-]+\/[\w.-]+|[\w][\w.-]*)(@[^/]*)?$/.exec(word)?.[1];
  return name === undefined ? [] : [name];
}

async function installTypes(name: string, folder: string, context: MagicContext): Promise<void> {
  const at = join(folder, "node_modules", name);
  if (!existsSync(join(at, "package.json")) || hasTypes(at) || name.startsWith("@types/")) return;
  const types = `@types/${name.replace(/^@/, "").replace("/", "__")}`;
  try {
    await runNpm(
      ["install", "--save-dev", types, "--no-audit", "--no-fund", "--loglevel=silent"],
      folder,
      context,
    );
    context.print(`types of ${name}: ${types}\n`);
  } catch (error) {
    if (context.signal.aborted) throw error;
    // That there is no such package is the usual case.
    context.print(
      `${name} brings no types, and ${types} could not be installed: its values are of type any\n`,
    );
  }
}

function hasTypes(folder: string): boolean {
  const text = readFileSync(join(folder, "package.json"), "utf8");
  const { types, typings, exports } = JSON.parse(text) as Record<string, unknown>;
  if (types || typings || existsSync(join(folder, "index.d.ts"))) return true;
  return /"types"|\.d\.[cm]?ts"/.test(JSON.stringify(exports ?? ""));
}

async function runNpm(args: readonly string[], folder: string, context: MagicContext): Promise<void> {
  context.signal.throwIfAborted();
  const child = spawn("npm", [...args, "--prefix", folder], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => context.print(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => context.printError(text));
  const stop = () => child.kill("SIGINT");
  context.signal.addEventListener("abort", stop);
  try {
    const code = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
      child.once("error", (cause) =>
        reject(new MagicError("%npm requires npm, which is not on the PATH", { cause })),
      );
      child.once("close", (exit, signal) => resolve(exit ?? signal ?? 1));
    });
    if (context.signal.aborted) throw context.signal.reason;
    if (code !== 0)
      throw new MagicError(
        `npm ${args[0]} ended with ${typeof code === "number" ? `exit code ${code}` : code}`,
      );
  } finally {
    context.signal.removeEventListener("abort", stop);
  }
}
