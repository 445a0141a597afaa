/** Who this kernel is, as `kernel_info_reply` says it. */
import { createRequire } from "node:module";
import { protocolVersion } from "../wire/message.js";

const require = createRequire(import.meta.url);
// From dist/kernel-ext/front; the sources lie one folder less deep, but only tests run those.
const { version } = requireFirst("../../../package.json", "../../package.json");
const typescript = require("typescript/package.json") as { version: string };

export const kernelInfo = {
  status: "ok",
  protocol_version: protocolVersion,
  implementation: "tunelab",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: typescript.version,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `tunelab ${version}: TypeScript ${typescript.version} on Node ${process.versions.node}`,
  help_links: [
    { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
    { text: "TensorFlow.js", url: "https://js.tensorflow.org/api/latest/" },
    { text: "Node.js", url: "https://nodejs.org/api/" },
  ],
  supported_features: [],
} as const;

function requireFirst(...paths: string[]): { version: string } {
  for (const path of paths) {
    try {
      const found = require(path) as { name?: string; version: string };
      if (found.name === "tunelab") return found;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    }
  }
  throw new Error("the package.json of tunelab is missing: the installation is broken");
}
