import { describe, expect, it } from 'vitest';
import { event, T0 } from '../projections/testing/event';
import { matches, parseQuery } from './index';

const EVENT = event(
  'EVALUATION_COMPLETED',
  {
    config_key: 'hex8_2p',
    model_id: 'hex8_2p_v43',
    new_elo: 1700,
    success: false,
    reason: 'out of memory',
    note: null,
    nested: { deep: [{ x: 1 }, 'two'] },
  },
  0,
  { source: 'Arena', node: 'gh200-a', severity: 'error' },
);

function finds(text: string, now = T0 + 60): boolean {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
  return matches(parsed.node, EVENT, now);
}

/** What the search of history must find too: it is compared with this matcher, so this one is told in plain cases. */
describe('a query', () => {
  it.each([
    'payload.new_elo:1700',
    'payload.new_elo>=1700',
    'payload.new_elo<=1700',
    'payload.new_elo>1699',
    'payload.new_elo<1701',
    'payload.new_elo!=1',
    'payload.success:false',
    'payload.note:null',
    'payload.note!=1',
    'payload.reason:"out of memory"',
    'payload.reason:x,"out of memory"',
    'payload.nested.deep.0.x:1',
    'payload.nested.deep.1:two',
    'type:evaluation_completed',
    'type:EVAL*',
    'type!=ELO_UPDATED',
    'node:gh200-a',
    'node:*',
    'source:Ar*',
    'model:hex8_2p_v43',
    'config:hex8_2p',
    'category:evaluation',
    'severity:error,info',
    'arena',
    'out memo*',
    '"out of memory"',
    '-severity:info',
    '(nothing OR memory) -other',
    'after:2m',
    'since:1m',
    'until:60s',
    'before:59s',
  ])('%s finds the event', (text) => expect(finds(text)).toBe(true));

  it.each([
    'payload.new_elo>1700',
    'payload.new_elo<1700',
    'payload.new_elo!=1700',
    'payload.new_elo:"1700"',
    'payload.success:true',
    'payload.missing:null',
    'payload.missing!=1',
    'payload.reason>1',
    'payload.reason:out',
    'payload.nested.deep.2:two',
    'payload.reason.length:13',
    'payload.note.x:null',
    'type:EVALUATION*,X -type:*',
    'node:gh200',
    'source:arena',
    'severity:info',
    '"memory of"',
    'emory',
    '-arena',
    'nothing OR other',
    'after:59s',
    'before:60s',
  ])('%s does not', (text) => expect(finds(text)).toBe(false));
});
