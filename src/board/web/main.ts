/** The page's program: controls on top, runs at the left, charts that are drawn when they come into sight. */
import type { PageData } from "../pageData.js";
import { unpackBoard } from "../unpackBoard.js";
import { Charts } from "./charts.js";
import { makeControls } from "./controls.js";
import { element } from "./element.js";
import { makeRunList } from "./runList.js";

const source = document.getElementById("board-data");
if (!source?.textContent) throw new Error("show board: the page must hold its data, and there is none");
const data = JSON.parse(source.textContent) as PageData;
const board = unpackBoard(data);

const main = element("main", {});
const charts = new Charts(main, board);
const controls = makeControls(data.settings, (view) => charts.show(view));
const runList = makeRunList(board.runs, (picked) => charts.pick(picked));

const heading = element("h1", { text: document.title.replace(" · tunelab board", "") });
document.body.append(
  element("header", { children: [heading, ...controls] }),
  board.runs.length > 0
    ? element("div", { className: "layout beside", children: [sidebar(), main] })
    : element("div", { className: "layout", children: [main] }),
);
charts.draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.draw());

function sidebar(): HTMLElement {
  const note = data.thinned
    ? "Long series are thinned; every extreme is kept, smoothing weighs what was left out."
    : "Every logged point is here.";
  return element("nav", { children: [runList, element("p", { className: "soft", text: note })] });
}
