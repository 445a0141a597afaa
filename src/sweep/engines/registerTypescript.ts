import { register } from "node:module";

/** From here on this process imports TypeScript, and `tunelab` as this library where a folder has none of its own. */
export function registerTypescript(): void {
  register("./typescriptHooks.js", {
    parentURL: import.meta.url,
    data: { library: new URL("../../index.js", import.meta.url).href },
  });
}
