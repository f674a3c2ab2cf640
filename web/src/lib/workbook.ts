// What-ifs side by side as a workbook. The library comes only when somebody asks for a file.
import {t} from './i18n.svelte';
import type {Laboratory, Trial} from './laboratory.svelte';
import {half, kCompared, mean} from './outcome';
import {settingsOf} from './report';
import type {Corridor} from './corridor';

type Cell = {value: string | number; type: typeof String | typeof Number; fontWeight?: 'bold'} | null;
const text = (value: string, isHead = false): Cell => ({value, type: String, ...(isHead ? {fontWeight: 'bold' as const} : {})});
const count = (value: number | undefined): Cell => (value === undefined ? null : {value, type: Number});

export async function workbook(corridor: Corridor, lab: Laboratory, trials: Trial[]): Promise<Blob> {
  const {default: write} = await import('write-excel-file/browser');
  const heads = [t('figure'), t('unit'), t('unchanged'), '±', ...trials.flatMap((one) => [one.name || t('changed'), '±', t('difference'), '±'])];
  const figures = kCompared.map((figure) => [
    text(t(figure.key)), text(figure.unit), count(mean(lab.basis?.told, figure.name)), count(half(lab.basis?.told, figure.name)),
    ...trials.flatMap((one) => [
      count(mean(one.told, figure.name)), count(half(one.told, figure.name)), count(mean(one.paired, figure.name)), count(half(one.paired, figure.name)),
    ]),
  ]);
  const runs = [text(t('runs')), null, count(lab.basis?.told?.runs), null, ...trials.flatMap((one) => [count(one.told?.runs), null, count(one.paired?.runs), null])];
  const needs = (lab.basis?.shortages ?? []).map((one) => [
    text(one.name), text(one.kind), count(one.share), ...trials.map((trial) => count(trial.shortages.find((other) => other.name === one.name)?.share)),
  ]);
  const settings = trials.flatMap((one) => settingsOf(corridor, one.change).map(([what, value]) => [text(one.name || t('changed')), text(what), text(value)]));
  const wide = [{width: 36}, {width: 10}, ...heads.slice(2).map(() => ({width: 14}))];
  return write([
    {data: [heads.map((one) => text(one, true)), ...figures, runs], sheet: t('sheet_figures'), columns: wide},
    {data: [[t('where'), t('kind'), t('unchanged'), ...trials.map((one) => one.name || t('changed'))].map((one) => text(one, true)), ...needs],
      sheet: t('sheet_bottlenecks'), columns: [{width: 44}, {width: 14}, ...trials.map(() => ({width: 16})), {width: 16}]},
    {data: [[t('what_if'), t('setting'), t('value')].map((one) => text(one, true)), ...settings], sheet: t('sheet_settings'),
      columns: [{width: 28}, {width: 44}, {width: 20}]},
  ]).toBlob();
}
