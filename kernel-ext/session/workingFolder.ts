/** The folder of this process. */
import process from "node:process";

export class WorkingFolder {
  private last = process.cwd();

  /** The last one known where the system cannot tell: it was removed, its path is too long. */
  get path(): string {
    try {
      this.last = process.cwd();
    } catch {
      // Whoever uses the folder is told.
    }
    return this.last;
  }
}
