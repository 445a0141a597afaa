/** Every magic of the kernel. Add yours here: one import, one line. */
import { board } from "./board.js";
import { doctor } from "./doctor.js";
import { type MagicDefinition, MagicRegistry } from "./registry.js";
import { runs } from "./runs.js";

const definitions: MagicDefinition[] = [board, doctor, runs];

export const magics = new MagicRegistry(definitions);
