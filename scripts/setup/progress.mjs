// Tells how set-up goes: one line a step, rewritten in place on a terminal, every ten seconds elsewhere.

/** @typedef {{ tell(text: string): void, done(text?: string): void }} Step */

/**
 * @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} out
 */
export function createProgress(out = process.stdout) {
  /**
   * Starts a step; `tell` updates its line, `done` ends it. Both add the seconds since the start.
   * @param {string} title
   * @returns {Step}
   */
  function step(title) {
    const start = Date.now();
    let latest = "";
    let printed = start;
    const line = () =>
      `  ${title} … ${latest}${latest ? ", " : ""}${Math.round((Date.now() - start) / 1000)} s`;
    const show = () => {
      if (out.isTTY) {
        out.write(`\r\x1b[2K${line().slice(0, (out.columns ?? 80) - 1)}`);
      } else if (Date.now() - printed >= 10_000) {
        printed = Date.now();
        out.write(`${line()}\n`);
      }
    };
    if (!out.isTTY) out.write(`  ${title} …\n`);
    const timer = setInterval(show, out.isTTY ? 250 : 10_000);
    timer.unref();
    return {
      tell(text) {
        latest = text;
        show();
      },
      done(text) {
        clearInterval(timer);
        if (text !== undefined) latest = text;
        out.write(`${out.isTTY ? "\r\x1b[2K" : ""}${line().replace(" … ", ": ")}\n`);
      },
    };
  }
  return { step, say: (/** @type {string} */ text) => out.write(`${text}\n`) };
}
