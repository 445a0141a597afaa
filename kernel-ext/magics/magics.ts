/** Every magic of the kernel. Add yours here: one import, one line. */
import { best } from "./best.js";
import { board } from "./board.js";
import { capture } from "./capture.js";
import { cd } from "./cd.js";
import { clear } from "./clear.js";
import { compare } from "./compare.js";
import { doctor } from "./doctor.js";
import { env } from "./env.js";
import { history } from "./history.js";
import { lsmagicOf } from "./lsmagic.js";
import { npm } from "./npm.js";
import { profile } from "./profile.js";
import { type MagicDefinition, MagicRegistry } from "./registry.js";
import { reset } from "./reset.js";
import { runs } from "./runs.js";
import { sweep } from "./sweep.js";
import { time } from "./time.js";
import { timeit } from "./timeit.js";
import { typecheck } from "./typecheck.js";
import { who } from "./who.js";
import { writefile } from "./writefile.js";

const definitions: MagicDefinition[] = [
  best,
  board,
  capture,
  cd,
  clear,
  compare,
  doctor,
  env,
  history,
  lsmagicOf(() => magics),
  npm,
  profile,
  reset,
  runs,
  sweep,
  time,
  timeit,
  typecheck,
  who,
  writefile,
];

export const magics: MagicRegistry = new MagicRegistry(definitions);
