import { randomUUID } from 'node:crypto';
import { FORMS, type FormSpec } from '../../../domain/actions';
import { definitionOf, normaliseEventType } from '../../../domain/events';
import type { Json } from '../../../domain/json';
import type { Evidence } from '../../api/actions/evidence';
import type { Pressed } from '../../api/actions/press';
import { readConfig } from '../../config';
import { CliError } from '../common/cli-error';
import { composedPayload } from './composed-payload';
import { credentials, runningUrl } from '../common/target';

interface Common {
  readonly reason: string;
  /** Under one key it happens once, however often it is asked. */
  readonly key?: string;
}

interface Decide extends Common {
  /** Warnings that were read, separated by commas. */
  readonly acknowledge?: string;
  /** Promotes although a recovery runs; admins only. */
  readonly force?: boolean;
}

/** Makes a model champion, judged against the champion as it is now. */
export async function promoteModel(model: string, options: Decide): Promise<void> {
  const evidence = await ask<Evidence>('promotionEvidence', { model_id: model });
  await decide('promote', model, evidence, options, {});
}

/** Takes a champion back to the one before, or to the one named. */
export async function rollbackModel(model: string, options: Decide & { to?: string }): Promise<void> {
  const evidence = await ask<Evidence>('rollbackEvidence', {
    model_id: model,
    rollback_to: options.to ?? null,
  });
  await decide('rollback', model, evidence, options, { rollback_to: evidence.coming.model_id });
}

/** Lifts the hold of a model that was rolled back. */
export async function releaseModel(model: string, options: Common): Promise<void> {
  print(await tell('releaseHold', { key: keyOf(options), model_id: model, reason: options.reason }));
}

/**
 * Asks the cluster for something by one of the declared forms, or sends an event of any catalogued type. `fields` are
 * written `name=value`; those of an event may also be one JSON object.
 */
export async function act(
  kind: string,
  fields: readonly string[],
  options: Common & { readonly allowDrift?: boolean },
): Promise<void> {
  const spec = FORMS.find((each) => each.kind === kind);
  if (spec !== undefined) return askFor(spec, fields, options);
  const eventType = normaliseEventType(kind);
  const definition = definitionOf(eventType);
  if (definition === undefined)
    throw new CliError(
      `no action and no event type is called ${kind}; there are ${FORMS.map((each) => each.kind).join(', ')}, and the types of the catalogue`,
    );
  const allow_drift = options.allowDrift === true;
  const payload = composedPayload(definition, fields, allow_drift);
  const { reason } = options;
  print(await tell('compose', { key: keyOf(options), event_type: eventType, payload, allow_drift, reason }));
}

async function askFor(spec: FormSpec, fields: readonly string[], options: Common): Promise<void> {
  const values: Record<string, Json> = {};
  for (const text of fields) {
    const at = text.indexOf('=');
    if (at < 1) throw new CliError(`${text}: write fields as name=value`);
    const [name, value] = [text.slice(0, at), text.slice(at + 1)];
    const type = spec.form.fields.find((field) => field.name === name)?.type;
    values[name] =
      type === 'number' || type === 'integer' ? Number(value) : type === 'nodes' ? value.split(',') : value;
  }
  print(
    await tell('request', { kind: spec.kind, key: keyOf(options), reason: options.reason, fields: values }),
  );
}

async function decide(
  procedure: 'promote' | 'rollback',
  model: string,
  evidence: Evidence,
  options: Decide,
  more: object,
): Promise<void> {
  const { coming, going, warnings } = evidence;
  const figures = (side: Evidence['coming'] | null): string =>
    side === null
      ? 'nobody'
      : `${side.model_id} (Elo ${side.elo?.toFixed(1) ?? 'unknown'}, ${side.games ?? 'no'} games)`;
  process.stderr.write(`comes: ${figures(coming)}\ngoes:  ${figures(going)}\n`);
  for (const { code, text } of warnings) process.stderr.write(`warning ${code}: ${text}\n`);
  if (evidence.refusal !== null)
    process.stderr.write(`in the way: ${evidence.refusal}${forceHint(evidence)}\n`);
  const acknowledged = options.acknowledge?.split(',').filter(Boolean) ?? [];
  const common = {
    reason: options.reason,
    confirm: model,
    expected_champion: evidence.champion,
    acknowledged,
    ...(options.force === true ? { force: true } : {}),
  };
  print(await tell(procedure, { key: keyOf(options), model_id: model, ...common, ...more }));
}

const forceHint = ({ forcible }: Evidence): string => (forcible ? ' An admin can force it: --force' : '');

const keyOf = ({ key }: Common): string => key ?? randomUUID();

function print({ action_id, seq, repeated }: Pressed): void {
  process.stdout.write(`${JSON.stringify({ action_id, seq, repeated })}\n`);
}

/** An action is judged against the live state, so it needs the server that holds it. */
function base(): string {
  const url = runningUrl(readConfig(process.env));
  if (url === null)
    throw new CliError(
      'no server runs on this data folder: start it first, actions are judged against its state',
    );
  return `${url}/api/trpc/actions.`;
}

function ask<T>(procedure: string, input: object): Promise<T> {
  return call(`${base()}${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, {});
}

function tell(procedure: string, input: object): Promise<Pressed> {
  return call(`${base()}${procedure}`, { method: 'POST', body: JSON.stringify(input) });
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const headers = { 'Content-Type': 'application/json', ...credentials(readConfig(process.env)) };
  const response = await fetch(url, { ...init, headers }).catch((error: unknown) => {
    throw new CliError(
      `the server does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const answer = (await response.json()) as { result?: { data: T }; error?: { message: string } };
  if (answer.result === undefined)
    throw new CliError(answer.error?.message ?? `the server answered ${response.status}`);
  return answer.result.data;
}
