import { normaliseEventType } from '@/domain/events';
import {
  DATA_TO_CROSS_PROCESS,
  LEGACY_TO_CANONICAL,
  STAGE_TO_CROSS_PROCESS,
  STAGE_TO_DATA,
} from '@/domain/events/names/aliases';

/** Another name under which a type may arrive. */
export interface Alias {
  readonly name: string;
  readonly from: 'stage bus' | 'shared queue' | 'earlier code';
}

const NAMES: readonly Alias[] = [
  ...Object.keys(STAGE_TO_DATA).map((name): Alias => ({ name, from: 'stage bus' })),
  ...Object.values(DATA_TO_CROSS_PROCESS).map((name): Alias => ({ name, from: 'shared queue' })),
  ...Object.values(STAGE_TO_CROSS_PROCESS).map((name): Alias => ({ name, from: 'shared queue' })),
  ...Object.keys(LEGACY_TO_CANONICAL).map((name): Alias => ({ name, from: 'earlier code' })),
];

/** The names of every type besides its canonical one and those in `known` (in any case), each once. */
export function aliasesOf(type: string, known: readonly string[]): Alias[] {
  const told = new Set([type, ...known.map((name) => name.toUpperCase())]);
  return NAMES.filter(({ name }) => {
    const spelled = name.toUpperCase();
    if (told.has(spelled) || normaliseEventType(name) !== type) return false;
    told.add(spelled);
    return true;
  });
}
