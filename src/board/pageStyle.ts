/** The page's style sheet. Light or dark as the person's system has it. */
export const pageStyle = `
:root { color-scheme: light dark; scrollbar-gutter: stable; --back: #f6f7f9; --card: #ffffff; --text: #1c2025; --soft: #5b636d; --line: #dfe3e8; --accent: #1f6fbd; }
@media (prefers-color-scheme: dark) {
  :root { --back: #15181c; --card: #1e2227; --text: #e6e9ed; --soft: #a2abb5; --line: #343a42; --accent: #6fb1ee; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
header { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: 8px 22px; align-items: center; padding: 10px 22px; background: var(--card); border-bottom: 1px solid var(--line); }
h1 { font-size: 15px; margin: 0 6px 0 0; }
label { display: inline-flex; align-items: center; gap: 8px; color: var(--soft); }
input, select, button { font: inherit; color: var(--text); background: var(--back); border: 1px solid var(--line); border-radius: 5px; padding: 3px 8px; }
input[type=range] { padding: 0; width: 150px; accent-color: var(--accent); }
input[type=checkbox] { accent-color: var(--accent); margin: 0; }
input:invalid { border-color: #d6306f; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
output { min-width: 2.9em; color: var(--text); font-variant-numeric: tabular-nums; }
.layout { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; padding: 18px 22px; max-width: 1500px; margin: 0 auto; }
.layout.beside { grid-template-columns: 230px minmax(0, 1fr); }
nav { position: sticky; top: 70px; align-self: start; max-height: calc(100vh - 90px); overflow: auto; }
nav h2, summary h2 { font-size: 14px; margin: 0; }
nav ul { list-style: none; margin: 8px 0 0; padding: 0; }
nav li label { width: 100%; color: var(--text); padding: 3px 0; overflow-wrap: anywhere; }
nav input[type=search] { width: 100%; margin-top: 8px; }
.swatch { flex: none; width: 12px; height: 12px; border-radius: 3px; }
.soft { color: var(--soft); font-size: 12.5px; }
details { margin-bottom: 18px; }
summary { cursor: pointer; padding: 4px 0; }
summary h2 { display: inline; }
.cards { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 14px; margin-top: 8px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 10px 6px; position: relative; max-width: 100%; overflow-x: auto; }
.card.vega-embed { padding-right: 10px; }
.card.vega-embed > details { position: absolute; top: 0; right: 0; margin: 0; }
.card.vega-embed summary { opacity: 0.25; }
.card.vega-embed:hover summary, .card.vega-embed summary:focus-visible { opacity: 1; }
@media (max-width: 800px) { .layout.beside { grid-template-columns: minmax(0, 1fr); } nav { position: static; max-height: 240px; } }
`;
