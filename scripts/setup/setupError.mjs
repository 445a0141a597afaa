/** Set-up cannot go on. The message is the one sentence to show; `log` names the file with everything that was said. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [log]
   */
  constructor(message, log) {
    super(message);
    this.name = "SetupError";
    this.log = log;
  }
}
