import type { MagicContext } from "../session/magicContext.js";
import { MagicError } from "./magicError.js";

/**
 * Code is on the line of a line magic, or below a cell magic, and in one place only: what stood in the other would not
 * run, and nobody would say so.
 *
 * @param code what the line says
 */
export function requireCode(
  name: string,
  { call }: Pick<MagicContext, "call">,
  code: string | undefined,
): void {
  if (!call && code === undefined) throw new MagicError(`%${name} requires code: TypeScript to run`);
  if (call && code !== undefined)
    throw new MagicError(
      `%%${name} runs the lines below it, but was given ${JSON.stringify(code)} beside it`,
    );
}
