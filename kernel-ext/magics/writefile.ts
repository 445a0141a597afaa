import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileInside } from "./fileInside.js";
import { defineMagic } from "./registry.js";

export const writefile = defineMagic({
  name: "writefile",
  kind: "cell",
  summary: "Writes the lines below to a file.",
  details: "A relative path stays inside the notebook's folder; for another place give an absolute one.",
  examples: ["%%writefile model.ts\nexport const units = 3;"],
  options: { append: { type: "flag", short: "a", summary: "Add to the file instead of replacing it" } },
  positionals: [{ name: "file", summary: "The file", required: true }],
  run(context, { options, positionals: [path = ""] }) {
    const file = fileInside(context.folder, path, "%%writefile");
    const body = context.call?.body ?? "";
    const text = body === "" || body.endsWith("\n") ? body : `${body}\n`;
    mkdirSync(dirname(file), { recursive: true });
    if (options.append) appendFileSync(file, text);
    else writeFileSync(file, text);
    context.print(`${options.append ? "added" : "wrote"} ${Buffer.byteLength(text)} bytes to ${path}\n`);
  },
});
