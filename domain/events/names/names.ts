import {
  DATA_TO_CROSS_PROCESS,
  DATA_TO_STAGE,
  LEGACY_TO_CANONICAL,
  STAGE_TO_CROSS_PROCESS,
  STAGE_TO_DATA,
} from './aliases';
import { CATALOGUE } from '../catalogue';

/** Distinct unknown spellings that are remembered; a producer that invents names cannot make memory grow beyond this. */
const MEMO_LIMIT = 4096;
/** Longer names are worked out anew each time: keeping them would let few entries hold much memory. */
const MEMO_MAX_LENGTH = 120;

const NOT_IN_NAMES = /[^\p{L}\p{N}_]+/gu;

/** Any spelling to UPPER_SNAKE_CASE; what cannot be part of a name becomes `_`. */
function upperSnake(name: string): string {
  return name.trim().toUpperCase().replace(NOT_IN_NAMES, '_');
}

const dataByValue = new Map<string, string>();
const dataByName = new Map<string, string>();
const stageByName = new Map<string, string>();
for (const entry of CATALOGUE) {
  if (entry.dataValue !== undefined) {
    dataByValue.set(entry.dataValue, entry.name);
    dataByName.set(entry.name, entry.dataValue);
  }
  if (entry.stageValue !== undefined) stageByName.set(entry.stageValue.toUpperCase(), entry.stageValue);
}

const canonicalByAlias = buildAliases();

/**
 * All known names in UPPER_SNAKE_CASE to the canonical one. Where tables disagree, the first of these wins: a data type's
 * own name (so that PBT_COMPLETED stays itself), a data value, a stage with a counterpart, a legacy name, a name in the
 * shared queue.
 */
function buildAliases(): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  const add = (alias: string, canonical: string | undefined): void => {
    const key = alias.toUpperCase();
    if (canonical !== undefined && !aliases.has(key)) aliases.set(key, canonical);
  };
  for (const name of dataByName.keys()) add(name, name);
  for (const [value, name] of dataByValue) add(value, name);
  for (const [stage, value] of Object.entries(STAGE_TO_DATA)) add(stage, dataByValue.get(value));
  for (const [legacy, name] of Object.entries(LEGACY_TO_CANONICAL)) add(legacy, name);
  for (const [value, name] of Object.entries(DATA_TO_CROSS_PROCESS)) add(name, dataByValue.get(value));
  for (const [stage, name] of Object.entries(STAGE_TO_CROSS_PROCESS))
    add(name, aliases.get(stage.toUpperCase()));
  return aliases;
}

const memo = new Map<string, string>();

/**
 * The canonical name of an event type written in any of the cluster's ways: data value, stage value, legacy name, name in
 * the shared queue, in any case, with blanks around. An unknown name becomes UPPER_SNAKE_CASE. Idempotent.
 */
export function normaliseEventType(name: string): string {
  const known = memo.get(name);
  if (known !== undefined) return known;
  const spelled = upperSnake(name);
  const canonical = canonicalByAlias.get(spelled) ?? spelled;
  if (name.length <= MEMO_MAX_LENGTH) {
    if (memo.size >= MEMO_LIMIT) memo.clear();
    memo.set(name, canonical);
  }
  return canonical;
}

/** The data bus value of an event type by any of its names; null where the data bus has no such type. */
export function dataValueOf(name: string): string | null {
  return dataByName.get(normaliseEventType(name)) ?? null;
}

/** The stage bus value: of the stage that is named, else of the stage that the data type completes; null for none. */
export function stageValueOf(name: string): string | null {
  const stage = stageByName.get(upperSnake(name));
  if (stage !== undefined) return stage;
  const value = dataValueOf(name);
  return value === null ? null : (lookUp(DATA_TO_STAGE, value) ?? null);
}

/** The name under which the cluster's processes know an event in their shared queue; an unknown one in UPPER_SNAKE_CASE. */
export function crossProcessNameOf(name: string): string {
  const stage = stageByName.get(upperSnake(name));
  const fromStage = stage === undefined ? undefined : lookUp(STAGE_TO_CROSS_PROCESS, stage);
  if (fromStage !== undefined) return fromStage;
  const value = dataValueOf(name);
  if (value === null) return normaliseEventType(name);
  return lookUp(DATA_TO_CROSS_PROCESS, value) ?? value.toUpperCase();
}

/** The data bus value that a stage value stands for; null for a stage that only the stage bus has. */
export function stageToData(stageValue: string): string | null {
  return lookUp(STAGE_TO_DATA, stageValue.trim().toLowerCase()) ?? null;
}

/** The stage value that a data bus value completes; null for none. */
export function dataToStage(dataValue: string): string | null {
  return lookUp(DATA_TO_STAGE, dataValue.trim().toLowerCase()) ?? null;
}

function lookUp(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
