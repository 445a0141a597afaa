/** By which a file is known again that was read before. */
import { statSync } from "node:fs";

/** Another text once the file is replaced or written to; undefined where there is none. */
export function fileVersion(file: string): string | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}
