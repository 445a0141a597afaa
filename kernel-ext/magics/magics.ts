/** Every magic of the kernel. Add yours here: one import, one line. */
import { doctor } from "./doctor.js";
import { type MagicDefinition, MagicRegistry } from "./registry.js";
import { runs } from "./runs.js";

const definitions: MagicDefinition[] = [doctor, runs];

export const magics = new MagicRegistry(definitions);
