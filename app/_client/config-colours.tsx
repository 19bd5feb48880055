'use client';

import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { coloursOf } from '@/components/charts/look/colours';

const KnownConfigs = createContext<readonly string[]>([]);

/** Tells all pages the configs that there are, in the order in which their colours are given out. */
export function KnownConfigsProvider({
  configs,
  children,
}: {
  configs: readonly string[];
  children: ReactNode;
}) {
  return <KnownConfigs value={configs}>{children}</KnownConfigs>;
}

/**
 * The palette colours of what a chart draws, by index, from the config of each: a config has the same one on every page,
 * whatever is filtered, as far as no other on the same chart has it. A config that came after the page gets the next one.
 */
export function useColoursByConfig(drawn: readonly (string | null)[]): readonly number[] {
  const known = useContext(KnownConfigs);
  const key = JSON.stringify(drawn);
  return useMemo(() => {
    const names = JSON.parse(key) as (string | null)[];
    return coloursOf(names.map((name) => placeOf(name, known)));
  }, [key, known]);
}

/** The same where each config is drawn once, by its name. */
export function useConfigColours(drawn: readonly string[]): ReadonlyMap<string, number> {
  const colours = useColoursByConfig(drawn);
  const key = JSON.stringify(drawn);
  return useMemo(() => {
    const names = JSON.parse(key) as string[];
    return new Map(names.map((name, index) => [name, colours[index] ?? 0]));
  }, [key, colours]);
}

function placeOf(config: string | null, known: readonly string[]): number {
  const place = config === null ? -1 : known.indexOf(config);
  return place < 0 ? known.length : place;
}
