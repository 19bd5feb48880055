import { parse } from 'secure-json-parse';
import { KEY_PREFIX } from '../../../domain/actions';
import { isJsonObject } from '../../../domain/json';
import { readConfig } from '../../config';
import { openCore } from '../../core';
import { claimInstance } from '../../process/instance-lock';
import { createLog } from '../../process/log';
import { payloadProblem } from '../../router/prepare/payload-limits';
import type { PublishAnswer } from '../../../domain/realtime/producers';
import { CliError } from '../common/cli-error';
import { post, runningUrl } from '../common/target';

/** Publishes through the running server, or, when none runs, straight into its history: it is forwarded at the next start. */
export async function publish(
  type: string,
  json: string,
  options: { source: string; idempotencyKey?: string },
): Promise<void> {
  const payload = parsePayload(json);
  if (options.idempotencyKey?.startsWith(KEY_PREFIX))
    throw new CliError(`keys that begin with ${KEY_PREFIX} belong to operators' actions: use another`);
  const config = readConfig(process.env);
  const url = runningUrl(config);
  const result = url
    ? await throughServer(url, {
        event_type: type,
        payload,
        source: options.source,
        idempotency_key: options.idempotencyKey,
      })
    : await offline();
  process.stdout.write(`${JSON.stringify(result)}\n`);

  async function offline(): Promise<unknown> {
    const claim = claimInstance(config.dataDir);
    const core = await openCore(config, createLog('warn'));
    try {
      const answer = await core.router.publishRequest({
        eventType: type,
        payload,
        source: options.source,
        idempotencyKey: options.idempotencyKey,
      });
      if (answer.status === 'rejected') throw new CliError(answer.error.message);
      return { event_id: answer.eventId, seq: answer.seq, status: answer.status };
    } finally {
      await core.close();
      claim.release();
    }
  }
}

async function throughServer(url: string, event: unknown): Promise<unknown> {
  const answer = (await post(`${url}/api/events`, event)) as PublishAnswer;
  const result = answer.results[0];
  if (result?.status === 'rejected') throw new CliError(result.error.message);
  return result;
}

function parsePayload(json: string) {
  let value: unknown;
  try {
    value = parse(json, { protoAction: 'ignore', constructorAction: 'ignore' });
  } catch (error) {
    throw new CliError(
      `the payload is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (!isJsonObject(value))
    throw new CliError('the payload must be a JSON object, e.g. \'{"model_id": "hex8_2p_v43"}\'');
  // On its way to the server a number like 1e999 would become null.
  const problem = payloadProblem(value);
  if (problem) throw new CliError(problem.message);
  return value;
}
