import { chmodSync } from "node:fs";
import { dirname } from "node:path";

/** What a user without rights over everything gets of `look`, where the tests are run by root; `root` is opened for them. */
export function withoutRights<T>(root: string, look: () => T): T {
  if (process.geteuid?.() !== 0) return look();
  for (const dir of [root, dirname(root)]) chmodSync(dir, 0o755);
  process.seteuid?.(65_534);
  try {
    return look();
  } finally {
    process.seteuid?.(0);
  }
}
