/** Every magic of the kernel. Add yours here: one import, one line. */
import { type MagicDefinition, MagicRegistry } from "./registry.js";

const definitions: MagicDefinition[] = [];

export const magics = new MagicRegistry(definitions);
