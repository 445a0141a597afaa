/** A table whose rows are sorted by the column whose head one presses: rising, falling, as they came. */
import { useState } from "preact/hooks";
import { shortNumber, type TableCell } from "../../base/table.js";
import type { TableContent } from "../cardContent.js";
import { nextOrder, type RowOrder, sortedRows } from "./sortedRows.js";

export function SortableTable({ title, table: { header, rows } }: TableContent) {
  const [order, setOrder] = useState<RowOrder>();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys
    <section class="scrolled" tabIndex={0} aria-label={`rows of ${title}`}>
      <table>
        <thead>
          <tr>
            {header.map((name, k) => (
              <th
                // Names may be equal, such as long ones that were cut.
                key={k}
                scope="col"
                class={rows.some((row) => typeof row[k] === "number") ? "number" : undefined}
                aria-sort={order?.column === k ? order.direction : undefined}
              >
                <button type="button" onClick={() => setOrder(nextOrder(order, k))}>
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sortedRows(rows, order).map((row, i) => (
            <tr key={i}>
              {row.map((cell, k) => (
                <td key={k} class={typeof cell === "number" ? "number" : undefined}>
                  {textOf(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function textOf(cell: TableCell): string {
  return typeof cell === "number" ? shortNumber(cell, 6) : (cell ?? "");
}
