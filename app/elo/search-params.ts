import { createLoader, parseAsFloat, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { PageInput } from '@/app/_client/page/page-search';
import { listOf, PICKED } from '@/app/_client/page/page-search';

export const AXES = ['time', 'epochs'] as const;
export type Axis = (typeof AXES)[number];

/** What the URL of the Elo page says beyond configs and time. */
export const eloParams = {
  axis: parseAsStringLiteral(AXES).withDefault('time').withOptions(PICKED),
  /** `<config>:<Elo>` each. */
  target: listOf(parseAsString).withDefault([]),
  /** Models that are compared. */
  models: listOf(parseAsString).withDefault([]).withOptions(PICKED),
  /** Hypotheses of the sequential test, Elo against the champion. */
  elo0: parseAsFloat.withDefault(0),
  elo1: parseAsFloat.withDefault(30),
};
export const loadEloParams = createLoader(eloParams);
export type EloParams = Awaited<ReturnType<typeof loadEloParams>>;

export type EloQuestion = PageInput & {
  elo0: number;
  elo1: number;
  targets: [config: string, elo: number][];
};

/** What the page's queries ask by. Numbers from a URL may be anything: they are kept within what makes sense. */
export function questionOf(input: PageInput, { elo0, elo1, target }: EloParams): EloQuestion {
  return {
    ...input,
    elo0: clamp(elo0, -1_000, 999),
    elo1: clamp(elo1, -999, 1_000),
    targets: target.flatMap((text) => parseTarget(text) ?? []).slice(0, 50),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, low), high) : low;
}

function parseTarget(text: string): [[config: string, elo: number]] | null {
  const colon = text.lastIndexOf(':');
  const elo = Number(text.slice(colon + 1));
  const config = text.slice(0, Math.max(0, colon));
  const fits = config !== '' && config.length <= 200 && text.slice(colon + 1) !== '' && Math.abs(elo) <= 1e5;
  return fits ? [[config, elo]] : null;
}

/** The targets with one config's set to `elo`, or taken away (null). */
export function withTarget(targets: readonly string[], config: string, elo: number | null): string[] {
  const others = targets.filter((text) => parseTarget(text)?.[0][0] !== config);
  return elo === null ? others : [...others, `${config}:${elo}`];
}
