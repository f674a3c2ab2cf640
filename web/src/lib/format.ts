// Numbers, spans and instants for people.
import {language} from './i18n.svelte';

export function number(value: number, decimals = 0): string {
  return new Intl.NumberFormat(language.code, {minimumFractionDigits: decimals, maximumFractionDigits: decimals}).format(value);
}
export function usd(value: number): string {
  return `$${number(Math.round(value))}`;
}
export function tonnes(value: number): string {
  if (Math.abs(value) >= 1e6) return `${number(value / 1e6, 2)} Mt`;
  if (Math.abs(value) >= 1e4) return `${number(value / 1e3, 1)} kt`;
  return `${number(value)} t`;
}
export function co2(kg: number): string {
  return kg >= 1000 ? `${number(kg / 1000, kg < 1e5 ? 1 : 0)} t` : `${number(kg)} kg`;
}
export function span(hours: number): string {
  const whole = Math.round(hours);
  if (whole < 48) return hours < 10 ? `${number(hours, 1)} h` : `${whole} h`;
  const rest = whole % 24;
  return `${Math.floor(whole / 24)} d${rest ? ` ${rest} h` : ''}`;
}
// "2026-03-02T08:00:00+08:00" as the clock there shows it.
export function clock(text: string): string {
  if (text === 'never') return '–';
  const local = new Date(`${text.slice(0, 16)}Z`);
  return new Intl.DateTimeFormat(language.code, {
    timeZone: 'UTC', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).format(local);
}
export function day(date: Date): string {
  return new Intl.DateTimeFormat(language.code, {timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric'}).format(date);
}
export const instant = (text: string) => (text === 'never' ? Number.POSITIVE_INFINITY : Date.parse(text));
// "border_rail" as words, where there is no better.
export const words = (code: string) => code.replaceAll('_', ' ');
