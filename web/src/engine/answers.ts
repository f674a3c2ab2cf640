// What the engine tells: plans as src/karvan/wire writes them for every door, runs as
// apps/browser/simulate_json.cc does.

export interface Refused {
  ok: false;
  message?: string;
  complaints?: {severity: string; line: number; column: string; value: string; message: string; hint: string}[]; // of a scenario or bookings
}
export type Reply<T> = ({ok: true} & T) | Refused;

export interface Leg {
  mode: string;
  from: string;
  to: string;
  service: string;
  operator: string;
  depart: string;
  arrive: string;
  load_unit: string;
  units: number;
  tonnes: number;
  distance_km: number;
  cost_usd: number;
  co2e_kg: number;
  co2e_ttw_kg: number;
  links: string[];
}
export interface Transfer {
  place: string;
  from_side: string;
  to_side: string;
  what: string;
  begin: string;
  end: string;
  cost_usd: number;
  storage_usd: number;
  slack_hours: number;
  probability: number;
  co2e_kg: number;
}
export interface Crossing {
  name: string;
  leg: number;
  from_country: string;
  to_country: string;
  from: string;
  to: string;
  begin: string;
  end: string;
  steps: {kind: string; hours: number; cost_usd: number}[];
  regimes: string[];
  cost_usd: number;
}
export interface Itinerary {
  from: string;
  to: string;
  depart: string;
  arrive: string;
  duration_hours: number;
  cost_usd: number;
  co2e_kg: number;
  co2e_ttw_kg: number;
  distance_km: number;
  probability: number;
  risks: string[];
  legs: Leg[];
  handling: Transfer[];
  crossings: Crossing[];
  through_rates: {id: string; first_leg: number; last_leg: number; cost_usd: number; discount_usd: number}[];
  documents: {id: string; name: string; from: string | null; to: string | null; cost_usd: number; needed: string; apply_by: string}[];
  hire: {operator: string; empty_return: string; depot: string; returned: string; empty_return_usd: number; detention_usd: number} | null;
}
export interface Refusal {
  obstacle: string;
  message: string;
  place: string | null;
  service: string | null;
  hints: string[];
}
export interface PolicyStep {
  from: string;
  until: string;
  act: 'make_ready' | 'board' | 'deliver' | 'stuck';
  next: number | null; // the state it leads to
  service: string | null; // what is boarded
  depart: string | null;
  arrive: string;
  on_time: number;
}
export interface PolicyState {
  place: string;
  is_ready: boolean; // to leave by `side`; else it has come by it
  side: string;
  gauge_mm: number;
  load_unit: string;
  steps: PolicyStep[];
}
export interface Policy {
  aim: 'arrival' | 'on_time';
  states: PolicyState[];
}
export interface PlanAnswer {
  itineraries: Itinerary[];
  refusal: Refusal | null;
  complete: boolean;
  policy?: Policy;
}
export interface Reached {
  place: string;
  days: number;
  arrive: string;
  cost_usd: number;
}
export interface WhyNot {
  place: string | null;
  service: string | null;
  reason: string;
  message: string | null;
  used_by: number[];
  beaten_by: number[];
  nearest?: Itinerary;
  missed_by_hours: number | null;
  lacking: {id: string; name: string; place: string; ready: string; needed: string} | null;
  full: string | null;
  refusal: Refusal | null;
}
export interface Reliability {
  on_time: number;
  lost: number;
  mean: string;
  p10: string;
  p50: string;
  p80: string;
  p95: string;
  late_hours: number;
  penalty_usd: number;
  detention_usd: number;
  connections: {leg: number; slack_hours: number; missed: number; hours: number; on_time: number}[];
}
// An option sent through the simulated corridor, as src/karvan/wire writes it.
export interface Replayed {
  runs: number;
  depart: string;
  arrive: string; // as planned
  deadline: string | null;
  p10: string | null; // by when it arrived in a tenth of the runs; null: in fewer
  p50: string | null;
  p80: string | null;
  p90: string | null;
  p95: string | null;
  arrived: number; // runs
  as_planned: number;
  on_time: number | null;
  hours: Record<string, number>;
  legs: {mode: string; service: string; from: string; to: string; depart: string; arrive: string; loaded_p50: string | null; unloaded_p50: string | null}[];
}
export interface Spread {
  observations: number;
  mean: number;
  p10: number;
  p50: number;
  p90: number;
  p95: number;
}
export interface Facility {
  kind: string;
  name: string;
  code: string;
  served: number;
  tonnes: number;
  mean_wait_h: number;
  p90_wait_h: number;
  mean_queue: number;
  utilization: number;
  share_of_waiting: number;
  share_of_short: number;
  queue_by_week: number[];
  utilization_by_week: number[];
  tonnes_by_month: number[];
}
export interface Market {
  market: string;
  released_t: number;
  delivered_t: number;
  delivered_teu: number;
  late_share: number;
  usd_per_t: number;
  kg_co2e_per_t: number;
  transit: Spread;
  hours: Record<string, number>;
  tonnes_by_month: number[];
}
export interface Tank {
  name: string;
  place: string;
  room_t: number; // 0: not known
  mean_t: number;
  least_t: number;
  greatest_t: number;
  share_full: number;
  tonnes_by_week: number[];
}
// Shares of its time.
export interface VesselUse {
  name: string;
  voyages: number;
  tonnes: number;
  load_factor: number;
  sailing: number;
  ballast: number;
  working: number;
  filling: number;
  berth: number;
  stormbound: number;
  repair: number;
  idle: number;
  // Days of each week.
  sea_by_week: number[];
  port_by_week: number[];
  berth_by_week: number[];
  weather_by_week: number[];
}
export interface Flow {
  service: string;
  from: string;
  to: string;
  goods: string;
  tonnes: number;
}
export interface AssumedGroup {
  name: string;
  table: string;
  rows: number;
  cells: string[];
  notes: string[];
}
export interface RunAnswer {
  from: string;
  fingerprint: string;
  figures_fingerprint: string;
  events: number;
  shipments: number;
  delivered_t: number;
  markets: Market[];
  facilities: Facility[];
  vessels: VesselUse[];
  services: {code: string; departures: number; tonnes: number; load_factor: number}[];
  places: {place: string; loaded_t: number; unloaded_t: number; closed_share: number; tonnes_by_month: number[]}[];
  dwells: {code: string; tonnes: number; hours: Spread}[];
  tanks: Tank[];
}
// Mean, and half the width of its 95 % interval where there is one.
export type Figures = Record<string, [number] | [number, number]>;
export interface Estimates {
  runs: number;
  figures: Figures;
}
