"""How a brief looks as a page: a quiet newspaper, light and dark, on a phone and on paper."""

from __future__ import annotations

STYLE = """\
:root { --ink: #1a1a1a; --dim: #5c5c5c; --line: #d8d4cc; --paper: #fdfcf9; --mark: #8a2b0e; --link: #1d4f7a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e1; --dim: #a8a49c; --line: #3b3a37; --paper: #171614; --mark: #f0a184; --link: #9cc7ee; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 Georgia, "Times New Roman", serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
header { border-bottom: 3px double var(--line); margin-bottom: 1.2rem; padding-bottom: .5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font: 700 .85rem/1.3 system-ui, sans-serif; letter-spacing: .08em; text-transform: uppercase; color: var(--dim);
  border-top: 1px solid var(--line); margin: 2.2rem 0 .8rem; padding-top: .8rem; }
header + section h2 { border-top: 0; margin-top: 1.2rem; padding-top: 0; }
h3 { font-size: 1.2rem; line-height: 1.3; margin: 1.4rem 0 .1rem; }
.basis, .counts, .source, .above { color: var(--dim); font: .84rem/1.4 system-ui, sans-serif; }
.basis, .counts { margin: .1rem 0 .4rem; }
.short { font-size: 1.12rem; }
.short b { font: 700 .8rem/1 system-ui, sans-serif; letter-spacing: .06em; text-transform: uppercase; color: var(--mark);
  margin-right: .3rem; }
ul { margin: .3rem 0; padding-left: 1.1rem; }
li { margin: .35rem 0; }
li::marker { color: var(--dim); }
.label { font: 600 .75rem/1.3 system-ui, sans-serif; color: var(--mark); border: 1px solid currentColor; border-radius: .2rem;
  padding: 0 .3rem; }
a { color: var(--link); }
sup { line-height: 0; font: .72rem/0 system-ui, sans-serif; margin-left: .12rem; }
sup a { padding: .1rem; text-decoration: none; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.reports { color: var(--dim); font: .84rem/1.45 system-ui, sans-serif; padding-left: 2.2rem; }
.reports li:target { color: var(--ink); background: color-mix(in srgb, var(--link) 15%, transparent); }
@media print {
  :root { --ink: #000; --dim: #444; --line: #bbb; --paper: #fff; --mark: #000; --link: #000; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  article, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""
