/** The page's program: takes its data from itself or from its server, and shows them. */
import "uplot/dist/uPlot.min.css";
import "./page.css";
import { render } from "preact";
import type { PageData } from "../packedPage.js";
import type { PageSource } from "../source/pageSource.js";
import { App } from "./app.js";
import { embeddedSource } from "./embeddedSource.js";
import { servedSource } from "./servedSource.js";
import { pageToken } from "./vega.js";

const place = document.getElementById("board");
if (!place) throw new Error("show board: the page must have a place for it, and there is none");
render(<App source={source()} />, place);

function source(): PageSource {
  const carried = document.getElementById("board-data")?.textContent;
  if (carried) return embeddedSource(JSON.parse(carried) as PageData);
  const made = servedSource({ base: document.baseURI.replace(/[?#].*$/, ""), token: pageToken() });
  hideToken();
  return made;
}

/** Out of sight where a cookie can stand for it: on this machine's own names, not in another site's frame. */
function hideToken(): void {
  const isOwn = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  if (isOwn && window.top === window) history.replaceState(null, "", location.pathname + location.hash);
}
