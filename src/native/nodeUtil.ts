/**
 * Supplies the two functions of Node's `util` that tfjs-node's files call. Node 23 dropped one of them; older Nodes
 * have them, but warn of each use, so they are replaced there too.
 */
import { createRequire } from "node:module";

const util = createRequire(import.meta.url)("node:util") as {
  isNullOrUndefined: (value: unknown) => boolean;
  isArray: (value: unknown) => boolean;
};
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isArray = Array.isArray;
