/** Opens an address that holds a secret in the person's browser, if there is one. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { escapeHtml } from "../base/escapeHtml.js";

/**
 * What a program is called with every user of the machine can read. So the browser is given a file that only its owner
 * can, and that leads on, as Jupyter does. Nothing is said where it cannot be done: the address was printed.
 *
 * @returns removes the file.
 */
export function openBrowser(url: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-open-"));
  const file = join(folder, "open.html");
  writeFileSync(file, redirection(url), { mode: 0o600 });
  const [command, ...words] = opener(pathToFileURL(file).href);
  const child = spawn(command, words, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
  return () => rmSync(folder, { recursive: true, force: true });
}

function redirection(url: string): string {
  const address = escapeHtml(url);
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>tunelab board</title>
<p><a href="${address}">board</a></p>
`;
}

/** The system's way of opening an address. */
export function opener(url: string, platform: NodeJS.Platform = process.platform): [string, ...string[]] {
  if (platform === "darwin") return ["open", url];
  // The empty title is start's first argument in quotes.
  if (platform === "win32") return ["cmd", "/c", "start", '""', url.replaceAll("&", "^&")];
  return ["xdg-open", url];
}
