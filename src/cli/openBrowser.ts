/** Opens an address in the person's browser, if there is one. */
import { spawn } from "node:child_process";

/** Nothing is said where it cannot be done: the address was printed. */
export function openBrowser(url: string): void {
  const [command, ...words] = opener(url);
  const child = spawn(command, words, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

/** The system's way of opening an address. */
export function opener(url: string, platform: NodeJS.Platform = process.platform): [string, ...string[]] {
  if (platform === "darwin") return ["open", url];
  // The empty title is start's first argument in quotes.
  if (platform === "win32") return ["cmd", "/c", "start", '""', url.replaceAll("&", "^&")];
  return ["xdg-open", url];
}
