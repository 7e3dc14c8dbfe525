"""How the page of a comparison looks, on a screen and on A4 paper.

Every colour stands beside a sign that says the same, and is dark enough to be read on its ground.
"""

__all__ = ["STYLE"]

STYLE = """
:root { --line: #8a8f98; --soft: #f4f5f7; --quiet: #5c6470; --up: #0b4f9e; --up-bg: #e3eefb; --down: #94360a;
  --down-bg: #fdebe0; --other: #6a1b7a; --other-bg: #f5e6f8; --before-bg: #f1f1ee; --ins: #0f5132; --ins-bg: #d8f0e0;
  --del: #842029; --del-bg: #fbe1e3; }
* { box-sizing: border-box; }
body { max-width: 96rem; margin: 0 auto; padding: 1.5rem; color: #1a1d21; background: #fff; line-height: 1.7;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { margin: 0; font-size: 1.6rem; text-align: center; text-wrap: balance; }
h2 { margin: 2.2rem 0 0.8rem; padding-bottom: 0.2rem; border-bottom: 2px solid #1a1d21; font-size: 1.15rem; }
h3 { margin: 1.2rem 0 0.4rem; font-size: 1rem; }
h2, h3 { break-after: avoid; }
small { color: var(--quiet); font-size: 0.8rem; font-weight: normal; }
.agency { margin: 0.3rem 0 0; text-align: center; font-size: 1.1rem; }
.notes { max-width: 60rem; margin: 1rem auto 0; padding: 0.5rem 1rem 0.5rem 2rem; background: #fff8dc;
  border-left: 4px solid #b58900; }
.legend { margin: 1rem 0 0; color: var(--quiet); font-size: 0.85rem; text-align: center; }
.legend span { padding: 0 0.35em; border-radius: 3px; }
.up { color: var(--up); background: var(--up-bg); }
.down { color: var(--down); background: var(--down-bg); }
.other { color: var(--other); background: var(--other-bg); }
.before { background: var(--before-bg); font-weight: bold; }
.apart { color: var(--quiet); }
td.apart { background: repeating-linear-gradient(45deg, #fff 0 5px, #f1f2f4 5px 10px); }
.copied { padding: 0 0.4em; border: 1px solid var(--other); border-radius: 3px; color: var(--other); font-size: 0.8rem;
  white-space: nowrap; }
ins { color: var(--ins); background: var(--ins-bg); text-decoration: underline; text-underline-offset: 0.2em; }
del { color: var(--del); background: var(--del-bg); }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.5rem 1.5rem; align-items: start; }
.text p { margin: 0 0 0.4rem; text-align: justify; overflow-wrap: anywhere; white-space: pre-line; }
.text.same { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.4rem; border: 1px solid var(--line); font-weight: normal; overflow-wrap: anywhere; }
caption { padding: 0.3rem 0; font-weight: bold; text-align: left; }
.list { margin-bottom: 1rem; font-size: 0.9rem; }
.list thead th { background: var(--soft); }
.list th { text-align: left; }
.list.changes { table-layout: fixed; }
.list.changes thead th:first-child { width: 55%; }
.list.changes td, .list.changes thead th:not(:first-child) { text-align: right; }
.list td span { padding: 0 0.3em; border-radius: 3px; }
.list.uncompared { table-layout: fixed; }
.list.uncompared thead th:first-child { width: 30%; }
.list.uncompared thead th:last-child { width: 46%; }
.form { font-size: 0.75rem; line-height: 1.35; }
.form caption { text-align: center; font-size: 0.95rem; }
.form th { background: var(--soft); }
.form td { text-align: center; white-space: nowrap; }
.form td.nothing { color: var(--quiet); }
.form td.up, .form td.down, .form td.other { color: inherit; font-weight: bold; }
.form.requests, .form.proceedings { table-layout: fixed; }
.form.requests th, .form.requests td, .form.proceedings th, .form.proceedings td { padding: 0.2rem 0.1rem; }
.form.requests td, .form.proceedings td { white-space: normal; }
.form.requests th[scope=row] { text-align: left; }
.form td { height: 3.6em; }
.requests .outer { width: 4%; }
.requests .group { width: 10%; }
.requests .row { width: 24%; }
.narrow span { writing-mode: vertical-rl; letter-spacing: 0.1em; }
th.narrow { text-align: center !important; }
.sign { display: block; }
.up .sign { color: var(--up); }
.down .sign { color: var(--down); }
.other .sign { color: var(--other); }
li.error { color: var(--del); }
@media screen and (max-width: 64rem) { .pair:not(.text) { grid-template-columns: minmax(0, 1fr); } }
@media screen and (max-width: 40rem) { .pair { grid-template-columns: minmax(0, 1fr); } body { padding: 0.7rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.5; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 15pt; } h2 { font-size: 12pt; margin-top: 14pt; }
  .list { font-size: 8.5pt; } .form { font-size: 7pt; line-height: 1.15; } .form caption { font-size: 8pt; padding: 0; }
  .form.form td, .form.form th { height: 2.65em; padding: 0.5pt 1pt; }
  .pair { gap: 4pt 10pt; }
  tr, .form, .pair:not(.text) { break-inside: avoid; }
  thead { display: table-header-group; }
}
@page { size: A4 landscape; margin: 12mm; }
"""
