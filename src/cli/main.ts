/** The command line: finds the verb, reads its arguments, runs it. Exit codes: 0 done, 1 failed, 2 misuse. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hostInstalled, installHost } from "../base/host.js";
import { showsLibraryFrames } from "../base/libraryFrames.js";
import { didYouMean } from "../base/nearestName.js";
import { terminalHost } from "../base/terminalHost.js";
import { root } from "./checkout.js";
import { type Command, helpText, Misuse, readArguments } from "./command.js";
import { commands } from "./commands.js";

/** Runs `tunelab ARGV…` and resolves to the exit code. Everything it says goes to `out` and `complain`. */
export async function main(
  argv: readonly string[],
  out: (text: string) => void = (text) => process.stdout.write(text),
  complain: (text: string) => void = (text) => process.stderr.write(text),
): Promise<number> {
  if (!hostInstalled()) installHost(terminalHost());
  if (argv.length === 0 || isHelp(argv[0])) {
    out(overview(commands));
    return argv.length === 0 ? 2 : 0;
  }
  if (argv[0] === "--version" || argv[0] === "-V") {
    out(`${version()}\n`);
    return 0;
  }
  try {
    const group = commands.filter(({ name }) => name.startsWith(`${argv[0]} `));
    if (group.length > 0 && isHelp(argv[1])) {
      out(overview(group));
      return 0;
    }
    const { command, rest } = findCommand(argv);
    const args = readArguments(command, rest);
    if (args.help) {
      out(helpText(command));
      return 0;
    }
    return (await command.run(args)) ?? 0;
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    if (showsLibraryFrames() && error instanceof Error) complain(`${error.stack}\n`);
    return error instanceof Misuse ? 2 : 1;
  }
}

function findCommand(argv: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const command = commands.find(({ name }) => name === argv.slice(0, words).join(" "));
    if (command) return { command, rest: argv.slice(words) };
  }
  const names = commands.map(({ name }) => name);
  const near = didYouMean(argv[0] ?? "", names);
  throw new Misuse(
    `tunelab has no verb ${JSON.stringify(argv[0])}${near === "" ? `; its verbs are ${names.join(", ")}` : `.${near}`}`,
  );
}

const isHelp = (word: string | undefined): boolean => ["--help", "-h", "help"].includes(word ?? "");

function overview(listed: readonly Command[]): string {
  const width = Math.max(...listed.map(({ name }) => name.length)) + 2;
  const rows = listed.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return `tunelab VERB [options]\n\n${rows.join("\n")}\n\nEach verb has --help. tunelab --version says the version. Exit codes: 0 done, 1 failed, 2 misuse.\n`;
}

function version(): string {
  const text = readFileSync(join(root, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
