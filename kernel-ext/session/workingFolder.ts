/** The folder of this process. */
export class WorkingFolder {
  private last = process.cwd();

  /** One that was removed stays it until somebody goes elsewhere. */
  get path(): string {
    try {
      this.last = process.cwd();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    return this.last;
  }
}
