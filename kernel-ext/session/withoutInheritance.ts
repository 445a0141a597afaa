/** Commands as the front sent them, whatever a cell gave `Object.prototype`. */
import type { SessionCommand } from "./protocol.js";

const { setPrototypeOf } = Reflect;

/** The command, of which no field is inherited: a cell without a magic has none. What a cell's code is given stays as it is. */
export function withoutInheritance(command: SessionCommand): SessionCommand {
  setPrototypeOf(command, null);
  if (command.type !== "run") return command;
  const { cell, expressions } = command;
  setPrototypeOf(cell, null);
  if (!expressions) return command;
  setPrototypeOf(expressions, null);
  for (const name in expressions) setPrototypeOf(expressions[name] as object, null);
  return command;
}
