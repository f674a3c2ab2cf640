#pragma once
// How a quote looks: light, for A4 and for a screen.

#include <string_view>

namespace karvan::report::detail {

inline constexpr std::string_view kQuoteStyle = R"css(
@page { size: A4; margin: 9mm 11mm; }
:root { --ink: #17212b; --soft: #5b6875; --line: #dfe5ea; --tint: #f3f6f8; --mark: #0f766e; }
* { box-sizing: border-box; }
html { background: #e9edf0; }
body { margin: 18px auto; padding: 9mm 11mm; width: 210mm; background: #fff; color: var(--ink);
  font: 7.5pt/1.3 "Inter", "Noto Sans", "DejaVu Sans", "Segoe UI", Arial,
    sans-serif;
  box-shadow: 0 1px 10px rgba(23, 33, 43, .14); font-variant-numeric: tabular-nums; }
@media print { html { background: #fff; }
  body { margin: 0; padding: 0; width: auto; box-shadow: none; zoom: var(--fit); } }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 16px;
  border-bottom: 2px solid var(--mark); padding-bottom: 5px; }
.kicker { color: var(--mark); font-weight: 600; letter-spacing: .09em; text-transform: uppercase;
  font-size: 7pt; }
h1 { font-size: 17pt; line-height: 1.1; margin: 0 0 1px; font-weight: 650; letter-spacing: -.01em; }
h1 span { color: var(--mark); font-weight: 400; }
header p { margin: 0; color: var(--soft); }
header .ref { text-align: right; white-space: nowrap; font-size: 7pt; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 7px; margin: 6px 0 5px; }
.figures div { background: var(--tint); border-radius: 5px; padding: 3px 8px 4px; }
.figures b { display: block; font-size: 12pt; line-height: 1.2; font-weight: 650; }
.figures i { font-style: normal; color: var(--soft); font-size: 6.2pt; }
.figures em { font-style: normal; color: var(--soft); font-size: 6.4pt; text-transform: uppercase;
  letter-spacing: .06em; }
.risk { color: #9a3412; }
svg { display: block; width: 100%; height: auto; }
svg.map { background: #f7fafb; border-radius: 5px; border: 1px solid var(--line); }
svg .net { fill: none; stroke: #d3dce2; stroke-width: .9; }
svg .leg { fill: none; stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
svg circle.via { fill: #fff; stroke: var(--ink); stroke-width: 1.2; }
svg circle.end { fill: var(--ink); }
svg text { font-size: 9.5px; fill: #33414d; }
svg text.via { paint-order: stroke; stroke: #f7fafb; stroke-width: 2.5px; }
svg text.end { font-weight: 700; font-size: 10.5px; fill: var(--ink); paint-order: stroke;
  stroke: #f7fafb; stroke-width: 3px; }
svg.days { margin-top: 5px; }
svg .waits { fill: #e2e8ec; } svg .work { fill: #84b38f; } svg .border { fill: #e0a33e; }
svg path.tick { stroke: #9aa7b2; stroke-width: .8; }
svg text.tick { font-size: 8.6px; fill: #5b6875; }
.legend { color: var(--soft); font-size: 6.5pt; margin: 1px 0 0; }
.legend span { display: inline-block; width: 9px; height: 7px; border-radius: 1.5px;
  margin: 0 4px 0 12px; }
.legend span:first-child { margin-left: 0; }
h2 { font-size: 7.2pt; text-transform: uppercase; letter-spacing: .07em; color: var(--mark);
  margin: 6px 0 1px; font-weight: 650; }
p { margin: 2px 0; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 6.2pt; padding: 0 6px 1px 0;
  border-bottom: 1px solid var(--line); }
td { padding: 1.2px 6px 1.2px 0; vertical-align: top; border-bottom: 1px solid #eef2f4; }
tr { break-inside: avoid; }
td.n, th.n { text-align: right; padding-right: 0; white-space: nowrap; }
td.n + td.n, th.n + th.n { padding-left: 8px; }
td.t { white-space: nowrap; }
small, .small { font-size: 6.5pt; color: var(--soft); }
td small { display: block; line-height: 1.22; }
tr.sum td { font-weight: 600; border-bottom: 1px solid var(--line); background: var(--tint); }
tr.total td { font-weight: 700; font-size: 8.8pt; border-bottom: 0;
  border-top: 1.5px solid var(--ink);
  padding-top: 3px; }
.two { display: grid; grid-template-columns: 1.45fr 1fr; gap: 0 14px; }
.prices { table-layout: fixed; }
.prices th:nth-child(1) { width: 41%; } .prices th:nth-child(3) { width: 15%; }
.prices th:nth-child(4) { width: 15%; }
.prices td { padding-top: .6px; padding-bottom: .6px; }
.prices code { white-space: normal; overflow-wrap: anywhere; }
.two td.t { padding-right: 2px; }
code { font-family: "DejaVu Sans Mono", ui-monospace, Menlo, Consolas, monospace; font-size: 5.7pt;
  color: #45525e; white-space: nowrap; }
sup { font-size: 5.2pt; color: var(--mark); line-height: 0; }
ul { margin: 0; padding-left: 13px; } li { margin: 1px 0; }
.sources { columns: 2; column-gap: 12px; font-size: 5.7pt; line-height: 1.2; color: var(--soft);
  margin: 0; padding-left: 13px; }
.sources li { break-inside: avoid; margin: 0 0 1px; }
footer { margin-top: 5px; border-top: 1px solid var(--line); padding-top: 4px; color: var(--soft);
  font-size: 6.2pt; }
)css";

}  // namespace karvan::report::detail
