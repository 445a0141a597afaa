import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";

let before: string | undefined;

export const cd = defineMagic({
  name: "cd",
  kind: "line",
  summary: "Changes the folder that modules, files and !commands are found from.",
  details: "Names of earlier cells stay. `-` goes back; nothing means the home folder.",
  examples: ["%cd data", "%cd ..", "%cd -"],
  positionals: [{ name: "dir", summary: "The folder", verbatim: true }],
  async run(context, { positionals: [typed = "~"] }) {
    const folder = target(context.lastFolder, typed.replace(/^(["'])(.*)\1$/, "$2"));
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new MagicError(`%cd requires a folder, but there is none at ${folder}`);
    }
    const left = context.lastFolder;
    process.chdir(folder);
    before = left;
    await context.request("folder", { folder });
    context.print(`${folder}\n`);
  },
});

function target(now: string, typed: string): string {
  if (typed === "-") {
    if (before === undefined)
      throw new MagicError("%cd - goes back to the folder before, but there was none yet");
    return before;
  }
  return resolve(now, typed.replace(/^~(?=\/|$)/, homedir()));
}
