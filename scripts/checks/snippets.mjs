// The code blocks of a document, type-checked against the built package and run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The blocks of a Markdown text that are fenced as ts. One fenced as `ts no-run` is type-checked only.
 * @param {string} markdown
 * @returns {{ code: string, line: number, run: boolean }[]}
 */
export function snippetsOf(markdown) {
  return [...markdown.matchAll(/^```ts( no-run)?\n(.*?)^```$/gms)].map((match) => ({
    code: match[2] ?? "",
    line: markdown.slice(0, match.index).split("\n").length,
    run: match[1] === undefined,
  }));
}

/**
 * Type-checks and runs the snippets of `documents`. Returns what went wrong, one text each.
 * Each snippet runs in a folder of its own, with the package importable as "tunelab". In the folder lies what Python
 * left there in the documents' stories, and nothing else: saved models, in `exported`.
 * @param {string} root
 * @param {string[]} documents
 */
export function checkSnippets(root, documents) {
  const folder = join(root, ".cache", "snippets");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const snippets = documents.flatMap((document) =>
    snippetsOf(readFileSync(join(root, document), "utf8")).map((snippet, index) => ({
      ...snippet,
      name: `${document}:${snippet.line}`,
      file: `${document.replace(/\W/g, "-")}-${index}`,
    })),
  );
  for (const { file, code } of snippets) {
    // A snippet stands at the root of the checkout; what it imports from there is found where it was built.
    const placed = code.replace(/(from ")\.\/(src|kernel-ext)\//g, "$1../../dist/$2/");
    writeFileSync(join(folder, `${file}.mts`), `${placed}\nexport {};\n`);
  }
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.json",
      compilerOptions: {
        rootDir: ".",
        outDir: "out",
        declaration: false,
        noUnusedLocals: false,
        sourceMap: false,
      },
      include: ["*.mts"],
    }),
  );
  const tsc = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
    encoding: "utf8",
  });
  if (tsc.status !== 0) return [tsc.stdout + tsc.stderr];
  return snippets.flatMap(({ name, file, run }) => {
    if (!run) return [];
    const cwd = mkdtempSync(join(folder, "run-"));
    symlinkSync(join(root, "tests/oracles/native/exported"), join(cwd, "exported"));
    const result = spawnSync(process.execPath, [join(folder, "out", `${file}.mjs`)], {
      cwd,
      encoding: "utf8",
      timeout: 300_000,
    });
    return result.status === 0 ? [] : [`${name} failed:\n${result.stdout}${result.stderr}`];
  });
}
