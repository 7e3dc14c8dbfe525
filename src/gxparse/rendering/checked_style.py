"""How a check report looks: on a screen, narrow or wide, light or dark, and on paper."""

from __future__ import annotations

__all__ = ["PAGE_STYLE", "STYLE"]

#: What only a page of its own may say.
PAGE_STYLE = """
body { margin: 0; padding: 1.5rem clamp(0.75rem, 2vw, 2rem); background: #fff; }
@page { size: A4; margin: 15mm 14mm; }
@media print { body { padding: 0; } }
"""

#: The rest; every rule holds below the class ``gxparse`` only.
STYLE = """
.gxparse { --error: #b3261e; --warning: #8a5300; --info: #1f5fa8; color: #1b1b1b; line-height: 1.6;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.gxparse *, .gxparse *::before { box-sizing: border-box; }
.gxparse h1, .gxparse h2, .gxparse h3, .gxparse h4, .gxparse h5, .gxparse h6 { line-height: 1.35; margin: 1.2em 0 .4em;
  break-after: avoid; font-size: 1.05rem; text-align: start; }
.gxparse header h1, .gxparse header h2 { font-size: 1.45rem; margin: 0 0 .3em; }
.gxparse header small { display: block; font-size: .85rem; font-weight: normal; color: #555; }
.gxparse header dl { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: 0; font-size: .9rem; }
.gxparse header dt { color: #555; } .gxparse header dt::after { content: " "; }
.gxparse header dt, .gxparse header dd { display: inline; margin: 0; }
.gxparse header dd { margin-left: -1.1rem; overflow-wrap: anywhere; }
.gxparse .summary { margin: .4rem 0 1rem; font-weight: 600; }
.gxparse a { color: #0b4f9e; }
.gxparse a:focus-visible, .gxparse input:focus-visible, .gxparse .scroll:focus-visible
  { outline: 3px solid #0b57d0; outline-offset: 2px; }

.gxparse .findings { font-size: .92rem; }
.gxparse .findings h2, .gxparse .findings h3 { margin-top: 0; }
.gxparse .filter { margin: 0 1rem 0 .25rem; }
.gxparse .show-error:not(:checked) ~ .group.error, .gxparse .show-warning:not(:checked) ~ .group.warning,
.gxparse .show-info:not(:checked) ~ .group.info { display: none; }
.gxparse .group { margin-top: .8rem; }
.gxparse .group h3, .gxparse .group h4 { font-size: 1rem; margin: .2em 0; }
.gxparse .group.error h3, .gxparse .group.error h4 { color: var(--error); }
.gxparse .group.warning h3, .gxparse .group.warning h4 { color: var(--warning); }
.gxparse .group.info h3, .gxparse .group.info h4 { color: var(--info); }
.gxparse .group ul { list-style: none; margin: 0; padding: 0; }
.gxparse .group li { padding: .45rem .6rem; border-left: 4px solid; margin-bottom: .4rem; background: #f7f7f7;
  break-inside: avoid; overflow-wrap: anywhere; }
.gxparse .group.error li { border-color: var(--error); } .gxparse .group.warning li { border-color: var(--warning); }
.gxparse .group.info li { border-color: var(--info); }
.gxparse .group p { margin: .15rem 0 0; }
.gxparse .where { color: #555; font-size: .85em; }
.gxparse .suggestion { font-weight: 600; }

.gxparse .sign { display: inline-block; min-width: 1.5em; padding: 0 .3em; border-radius: .7em; color: #fff;
  font: 700 .75rem/1.45 system-ui, sans-serif; text-align: center; text-decoration: none; white-space: nowrap;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.gxparse a.sign { margin-left: .2em; }
.gxparse td a.sign { display: block; width: max-content; margin: .1rem auto 0; }
.gxparse li > a { text-decoration: none; } .gxparse li > a > .subject { text-decoration: underline; }
.gxparse .sign.error { background: var(--error); } .gxparse .sign.warning { background: var(--warning); }
.gxparse .sign.info { background: var(--info); }

.gxparse article { font-family: "FangSong", "STFangsong", "Noto Serif CJK SC", serif; }
.gxparse article p { margin: 0; text-indent: 2em; overflow-wrap: anywhere; }
.gxparse article p.signature { text-align: right; }
.gxparse article .title { text-align: center; font-size: 1.3rem; }
.gxparse .scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
.gxparse table { width: 100%; border-collapse: collapse; font-size: .85rem; line-height: 1.4; }
.gxparse caption.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.gxparse caption { text-align: left; font-size: .85rem; color: #555; padding: .2rem 0; }
.gxparse th, .gxparse td { border: 1px solid #767676; padding: .25rem .2rem; text-align: center; font-weight: normal;
  overflow-wrap: anywhere; }
.gxparse th { background: #f4f4f4; }
.gxparse td { font-variant-numeric: tabular-nums; }
.gxparse table.disclosure, .gxparse table.requests, .gxparse table.proceedings { table-layout: fixed; }
.gxparse table.requests col:nth-child(1) { width: 6%; } .gxparse table.requests col:nth-child(2) { width: 11%; }
.gxparse table.requests col:nth-child(3) { width: 27%; }
.gxparse table.requests { min-width: 44rem; } .gxparse table.proceedings { min-width: 40rem; }
.gxparse table.disclosure { min-width: 26rem; }
.gxparse table.requests tbody th { text-align: left; }
.gxparse .error:is(td, th, caption, p, h2, h3) { background: #fbdcd9; box-shadow: inset 0 0 0 2px var(--error); }
.gxparse .warning:is(td, th, caption, p, h2, h3) { background: #fdeccb; box-shadow: inset 0 0 0 2px var(--warning); }
.gxparse .info:is(td, th, caption, p, h2, h3) { background: #dfebf9; box-shadow: inset 0 0 0 1px var(--info); }
.gxparse :target { outline: 4px solid #0b57d0; outline-offset: 1px; scroll-margin: 30vh 2rem; }

.gxparse .index th { text-align: left; } .gxparse .index .number { text-align: right; }
.gxparse section.checked { margin-top: 3rem; border-top: 3px solid #767676; padding-top: 1rem; }

@media (min-width: 75rem) {
  .gxparse .checked > div { display: grid; grid-template-columns: 24rem minmax(0, 1fr); gap: 2rem; }
  .gxparse .findings { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto;
    padding: .5rem .5rem .5rem .3rem; }
}
@media print {
  .gxparse { font-size: 10pt; }
  .gxparse .checked > div { display: block; }
  .gxparse .findings { position: static; max-height: none; overflow: visible; }
  .gxparse .findings input, .gxparse .filter, .gxparse .back { display: none; }
  .gxparse .group { display: block; }
  .gxparse a { color: inherit; text-decoration: none; }
  .gxparse a.sign, .gxparse .sign { color: #fff; }
  .gxparse .scroll { overflow: visible; }
  .gxparse table.requests, .gxparse table.proceedings, .gxparse table.disclosure { min-width: 0; font-size: 7.5pt; }
  .gxparse tr, .gxparse .scroll { break-inside: avoid; }
  .gxparse td, .gxparse th, .gxparse caption { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .gxparse article { break-before: page; }
  .gxparse section.checked { break-before: page; border: 0; margin: 0; }
  .gxparse :target { outline: none; }
}
"""
