/** A table whose rows are sorted by the column whose head one presses: rising, falling, as they came. */
import { useState } from "preact/hooks";
import { cellText, longestUnbroken, type TableCell } from "../../base/table.js";
import type { TableContent } from "../cardContent.js";
import { nextOrder, type RowOrder, sortedRows } from "./sortedRows.js";

export function SortableTable({ title, table }: TableContent) {
  const { header, rows } = table;
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
                <td key={k} class={classOf(cell)}>
                  {cellText(table, k, cell, 6)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function classOf(cell: TableCell): string | undefined {
  if (typeof cell === "number") return "number";
  return (cell ?? "").length <= longestUnbroken ? "short" : undefined;
}
