import type { Json, JsonObject } from '../../json';

/** Longer texts name nothing: they are cut-off logs or attacks, and would bloat the columns and indexes they end up in. */
const MAX_NAME_LENGTH = 200;

const CONFIG = /^[a-z][a-z0-9]*_[1-9][0-9]?p$/i;
const CONFIG_PREFIX = /^([a-z][a-z0-9]*_[1-9][0-9]?p)(?![a-z0-9])/i;

/** A text that can name something: not empty, not blank, not endless; else null. */
export function nameIn(value: Json | undefined): string | null {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_NAME_LENGTH) return null;
  return value.trim() === '' ? null : value;
}

/** True for `<board>_<n>p`, e.g. `hex8_2p`. */
export function looksLikeConfig(name: string): boolean {
  return CONFIG.test(name);
}

/**
 * The board configuration that an event is about: `config_key`; else `config` where it looks like one; else
 * `<board_type>_<num_players>p`; else the start of `model_id` where that looks like one; else null.
 */
export function configOf(payload: JsonObject): string | null {
  return (
    nameIn(payload['config_key']) ?? configField(payload) ?? boardConfig(payload) ?? modelConfig(payload)
  );
}

function configField(payload: JsonObject): string | null {
  const config = nameIn(payload['config']);
  return config !== null && looksLikeConfig(config) ? config : null;
}

function boardConfig(payload: JsonObject): string | null {
  const players = payload['num_players'];
  if (typeof players !== 'number' || !Number.isInteger(players) || players < 1 || players > 99) return null;
  const board = nameIn(payload['board_type']);
  return board === null ? null : nameIn(`${board}_${players}p`);
}

function modelConfig(payload: JsonObject): string | null {
  const model = nameIn(payload['model_id']);
  return model === null ? null : (CONFIG_PREFIX.exec(model)?.[1] ?? null);
}

/** The machine that an event is about: the first of the payload's node fields that names one, else the sender's host. */
export function nodeOf(payload: JsonObject, hostname: string): string | null {
  return (
    nameIn(payload['node_id']) ??
    nameIn(payload['node_name']) ??
    nameIn(payload['host_id']) ??
    nameIn(payload['host']) ??
    nameIn(hostname)
  );
}

/** The model that an event is about, also where it is what a recovery or a cache invalidation aims at; else null. */
export function modelOf(payload: JsonObject): string | null {
  const model = nameIn(payload['model_id']);
  if (model !== null) return model;
  if (payload['invalidation_type'] === 'model') return nameIn(payload['target_id']);
  return payload['recovery_type'] === 'model' ? nameIn(payload['target']) : null;
}
