/** A log that a flood of bad messages cannot fill: what goes beyond a line's length or a second's share is counted. */

const limits = { lines: 50, milliseconds: 1000, length: 8000 };

/**
 * The first lines of each period are written at once; at its end the number of the others is.
 *
 * @param write gets one line or stack at a time, without a newline at its end.
 */
export function boundedLog(write: (text: string) => void): (text: string) => void {
  let written = 0;
  let dropped = 0;
  const end = () => {
    if (dropped > 0) write(`${dropped} more lines were left out, as too many came at once`);
    written = 0;
    dropped = 0;
  };
  return (text) => {
    if (written === 0) setTimeout(end, limits.milliseconds).unref();
    if (written++ < limits.lines) write(shorten(text));
    else dropped++;
  };
}

function shorten(text: string): string {
  return text.length <= limits.length ? text : `${text.slice(0, limits.length)}… (${text.length} characters)`;
}
