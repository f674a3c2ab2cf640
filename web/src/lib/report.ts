// What-ifs side by side as one HTML file that needs nothing else, for people who were not there.
import type {Corridor} from './corridor';
import {number} from './format';
import {language, t} from './i18n.svelte';
import {kQuarter, type Laboratory, type Trial} from './laboratory.svelte';
import {difference, differenceText, half, kCompared, mean, worst} from './outcome';
import {kSliders, type Change} from './whatif';

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'})[sign]!);

export function scenarioTitle(corridor: Corridor, name: string): string {
  return name === 'base' ? t('scenario_base') : (corridor.scenarios.find((one) => one.name === name)?.title ?? name);
}
// What was set, in words.
export function settingsOf(corridor: Corridor, change: Change): [string, string][] {
  return [
    [t('start'), scenarioTitle(corridor, change.start)],
    ...kSliders.filter((one) => change.factors[one] !== 1).map((one): [string, string] => [t(`sl_${one}`), `× ${number(change.factors[one], 2)}`]),
    ...change.switches.map((one): [string, string] => [t('switches'), scenarioTitle(corridor, one)]),
  ];
}

const kStyle = `body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem;color:#17252d}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border-bottom:1px solid #d5dde1;padding:.4rem .6rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}small{color:#4c5d67;display:block}.good{color:#00745a}.bad{color:#9a4a00}`;

export function report(corridor: Corridor, lab: Laboratory, trials: Trial[]): Blob {
  const cell = (inner: string) => `<td class="n">${inner}</td>`;
  const around = (value: number | undefined, text: (value: number) => string) => (value === undefined ? '' : `<small>± ${escape(text(value))}</small>`);
  const rows = kCompared.map((figure) => {
    const base = mean(lab.basis?.told, figure.name);
    if (base === undefined) return '';
    const cells = trials.map((one) => {
      const now = mean(one.told, figure.name);
      if (now === undefined) return cell('');
      const gap = difference(lab.basis?.told, one.paired, figure);
      const told = !gap ? '' : `<small class="${gap.verdict}">${differenceText(gap)}${gap.half === undefined ? '' : gap.verdict === 'chance' ? ` · ${escape(t('not_sure'))}` : ` ± ${number(gap.half, 1)} %`}</small>`;
      return cell(`${escape(figure.text(now))}${around(half(one.told, figure.name), figure.text)}${told}`);
    });
    return `<tr><th scope="row">${escape(t(figure.key))}</th>${cell(escape(figure.text(base)) + around(half(lab.basis?.told, figure.name), figure.text))}${cells.join('')}</tr>`;
  });
  const heads = [t('unchanged'), ...trials.map((one) => one.name || t('changed'))].map((one) => `<th class="n" scope="col">${escape(one)}</th>`);
  const settings = trials.map((one) => `<h3>${escape(one.name || t('changed'))}</h3><ul>${settingsOf(corridor, one.change).map(([what, value]) => `<li>${escape(what)}: ${escape(value)}</li>`).join('')}</ul>`);
  const needs = [lab.basis, ...trials].filter((one) => one?.first).map((one) => {
    const name = one === lab.basis ? t('unchanged') : one!.name || t('changed');
    return `<h3>${escape(name)}</h3><ol>${worst(one!.shortages, 5).map((f) => `<li>${escape(f.name)}, ${number(f.share * 100, 1)} %</li>`).join('')}</ol>`;
  });
  const method = t('report_method', {from: kQuarter.from, days: kQuarter.days, warm_up: kQuarter.warm_up_days, runs: lab.basis?.told?.runs ?? 0, print: lab.basis?.first?.fingerprint ?? ''});
  const text = `<!doctype html>
<html lang="${language.code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(t('report_title'))}</title><style>${kStyle}</style></head><body>
<h1>${escape(t('report_title'))}</h1>
<table><thead><tr><td></td>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>
<p><small>${escape(t('intervals'))}</small></p>
<h2>${escape(t('sheet_settings'))}</h2>${settings.join('')}
<h2>${escape(t('bottlenecks'))}</h2>${needs.join('')}
<p><small>${escape(t('bottleneck_share_report'))}</small></p>
<h2>${escape(t('report_how'))}</h2><p>${escape(method)}</p>
</body></html>
`;
  return new Blob([text], {type: 'text/html'});
}
