import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { JsonObject } from '../../../domain/json';
import type { ClockSegment } from './clock';
import type { RngState } from '../random';
import type { SavedSimulation } from '../simulation/simulation';
import type { World } from '../world';

/** Raised whenever the shape of the world or of the actors' messages changes: older states then start afresh. */
const VERSION = 1;

/** All that a demo needs to go on where it stopped. */
export interface DemoState {
  readonly simulation: SavedSimulation;
  readonly clock: readonly ClockSegment[];
  /** Last row of the shared file that this demo wrote or has looked at. */
  readonly lastRowId: number;
}

const shell = z.object({
  version: z.literal(VERSION),
  lastRowId: z.int().nonnegative(),
  clock: z.array(z.object({ virtual: z.number(), wall: z.number(), speed: z.number().positive() })).min(1),
  simulation: z.object({
    now: z.number(),
    order: z.int(),
    rate: z.number().positive(),
    rng: z.custom<RngState>(
      (value) => Array.isArray(value) && value.length === 4 && value.every((n) => Number.isInteger(n)),
    ),
    agenda: z
      .array(
        z.object({
          at: z.number(),
          order: z.int(),
          actor: z.string(),
          kind: z.string(),
          data: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null),
        }),
      )
      .min(1),
    // The version vouches for the inside; here only for the tables being there.
    world: z.custom<World>((value) => {
      const tables = value as Partial<World> | null;
      return (
        tables?.nodes instanceof Map &&
        tables.nodes.size > 0 &&
        tables.configs instanceof Map &&
        tables.daemons instanceof Map
      );
    }),
  }),
});

/** Writes to a draft and renames, so that a crash leaves the former state in place. */
export function saveDemoState(file: string, state: DemoState): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify({ version: VERSION, ...state }, mapsOut));
  renameSync(draft, file);
}

/** The saved state; null when there is none or it cannot be used, which means starting afresh. */
export function loadDemoState(file: string): DemoState | null {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'), mapsIn);
  } catch {
    return null;
  }
  const { success, data } = shell.safeParse(content);
  return success ? data : null;
}

function mapsOut(_key: string, value: unknown): unknown {
  return value instanceof Map ? { $map: [...value] as unknown[] } : value;
}

function mapsIn(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$map' in value)) return value;
  return new Map(value.$map as [unknown, unknown][]);
}
