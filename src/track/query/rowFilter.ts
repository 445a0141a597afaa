/** Makes a filter's text into a question that a run answers with yes or no. */
import { nearestName } from "../../base/nearestName.js";
import { typedExpression } from "../../base/typedExpression.js";
import { runStatuses } from "../runRecord.js";
import type { RunRow } from "../runRow.js";
import { type FieldValue, fieldOf, isDuration, isField, isTime, nearestFields } from "./fields.js";
import type { Refuse } from "./filterTokens.js";
import { isOrdered, type Operand, operandOf, ordered } from "./operand.js";
import { type ComparisonNode, type FilterNode, parseFilter, refuseFilter } from "./parseFilter.js";

type Question = (row: RunRow) => boolean;

/**
 * A comparison with a field that a run lacks is false, `!=` and `!~` are true: they are the contrary of `=` and `~`.
 * `= none` finds the runs without it, `= nan` those with NaN. Of tags one is enough.
 *
 * @param rows the runs that will be asked: what none of them has is no field.
 * @throws SyntaxError with the column, and the nearest names of an unknown field.
 * @example rows.filter(rowFilter("valAccuracy > 0.97 and config.lr < 0.01", rows))
 */
export function rowFilter(filter: string, rows: readonly RunRow[]): Question {
  const refuse = refuseFilter(filter);
  return question(parseFilter(filter), rows, refuse);
}

function question(node: FilterNode, rows: readonly RunRow[], refuse: Refuse): Question {
  if (node.kind === "comparison") return comparison(node, rows, refuse);
  if (node.kind === "not") {
    const inner = question(node.of, rows, refuse);
    return (row) => !inner(row);
  }
  const parts = node.of.map((part) => question(part, rows, refuse));
  return node.kind === "and"
    ? (row) => parts.every((part) => part(row))
    : (row) => parts.some((part) => part(row));
}

function comparison(node: ComparisonNode, rows: readonly RunRow[], refuse: Refuse): Question {
  const { field, sign } = node;
  if (rows.length > 0 && !isField(rows, field))
    refuse(node.fieldAt, `no run has a field ${JSON.stringify(field)}; ${nearestFields(rows, field)}`);
  if (sign === "~" || sign === "!~") {
    const expression = expressionOf(node, refuse);
    const fits: Question = (row) => some(fieldOf(row, field), (value) => expression.test(String(value)));
    return sign === "~" ? fits : (row) => !fits(row);
  }
  const operand = operandOf(node, refuse);
  if (sign === "=" || sign === "!=") {
    if (field === "status" && !operand.missing) checkStatus(node, refuse);
    const equal: Question = (row) => isEqual(fieldOf(row, field), { ...operand, field });
    return sign === "=" ? equal : (row) => !equal(row);
  }
  if (!isComparable(node, { rows, operand }))
    refuse(
      node.valueAt,
      `${field} is a number, and so must be what it is compared with; got ${JSON.stringify(node.value)}`,
    );
  return (row) => some(fieldOf(row, field), (value) => isOrdered(ordered(value, field), operand, sign));
}

function checkStatus({ value, valueAt }: ComparisonNode, refuse: Refuse): void {
  if ((runStatuses as readonly string[]).includes(value)) return;
  const near = nearestName(value, runStatuses);
  const hint = near === undefined ? "" : `, the nearest is ${near}`;
  refuse(valueAt, `a status is ${runStatuses.join(", ")}; got ${JSON.stringify(value)}${hint}`);
}

function expressionOf({ value, valueAt }: ComparisonNode, refuse: Refuse): RegExp {
  try {
    return typedExpression(value);
  } catch (error) {
    return refuse(valueAt, `a regular expression is needed; ${(error as Error).message}`);
  }
}

function some(value: FieldValue, fits: (one: string | number | boolean) => boolean): boolean {
  if (value === undefined) return false;
  return Array.isArray(value) ? value.some(fits) : fits(value as string | number | boolean);
}

function isEqual(
  value: FieldValue,
  { text, number, missing, field }: Operand & { readonly field: string },
): boolean {
  if (missing) return value === undefined || (Array.isArray(value) && value.length === 0);
  return some(value, (one) => {
    if (typeof one === "number")
      return number !== undefined && (one === number || (Number.isNaN(one) && Number.isNaN(number)));
    // A day, or a minute, stands for all of its moments.
    if (isTime(field)) return String(one).startsWith(text.replace(" ", "T").replace(/Z$/, ""));
    return String(one) === text;
  });
}

/** Whether some run has a value that can be less or more than the operand. */
function isComparable(
  { field }: ComparisonNode,
  { rows, operand }: { readonly rows: readonly RunRow[]; readonly operand: Operand },
): boolean {
  if (operand.number !== undefined || isTime(field) || isDuration(field)) return true;
  const values = rows.map((row) => fieldOf(row, field)).filter((value) => value !== undefined);
  return values.length === 0 || values.some((value) => typeof value !== "number");
}
