import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  byStage,
  findingSentence,
  isStall,
  judgement,
  stallSentence,
  worstFirst,
  type Finding,
} from './findings';
import { FindingsPanel } from './findings-panel';

const ref = {
  event_id: 'e',
  seq: 1,
  event_type: 'TRAINING_COMPLETED',
  timestamp: 1_000,
  config: 'hex8_2p',
  node: null,
};
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ id: 'f', lifecycle: 'pipeline', hop: 'pipeline.evaluate', kind: 'overdue', subject: 'hex8_2p_v1' },
  ...{ config: 'hex8_2p', node: null, message: '', stage: 'evaluation', at: 1_180, since: 1_000 },
  ...{
    awaits: ['EVALUATION_STARTED'],
    expected_seconds: 180,
    usual_seconds: 60,
    judged_by: 'config',
    samples: 20,
  },
  ...{ took_seconds: null, resolved: false, event: ref },
  ...more,
});

it('a finding stands beside what it is about, where a phone shows it', () => {
  const drawn = renderToStaticMarkup(createElement(FindingsPanel, { findings: [finding()] }));
  const heads = [...drawn.matchAll(/<th scope="col".*?<\/th>/g)].map(([head]) =>
    head.replaceAll(/<[^>]*>/g, ''),
  );
  expect(heads.slice(0, 3)).toEqual(['Subject', 'Finding', 'State']);
});

describe('a stall', () => {
  it('says what is awaited for how long, and what is usual', () => {
    expect(stallSentence(finding(), 1_000 + 41 * 60)).toBe(
      'TRAINING_COMPLETED 41 min ago, no EVALUATION_STARTED; usual is 1 min',
    );
    const pause = finding({ awaits: ['TRAINING_COMPLETED'], usual_seconds: null });
    expect(stallSentence(pause, 1_060)).toBe('TRAINING_COMPLETED 1 min ago, none since');
    expect(judgement(finding())).toBe('allowed 3 min, by the last 20 of hex8_2p');
  });

  it('is an open step of the pipeline; the furthest beyond its time comes first', () => {
    expect(isStall(finding())).toBe(true);
    expect(isStall(finding({ resolved: true }))).toBe(false);
    expect(isStall(finding({ stage: null }))).toBe(false);
    const slow = finding({ id: 'slow', since: 0, expected_seconds: 10_000 });
    expect(worstFirst([slow, finding()], 2_000).map(({ id }) => id)).toEqual(['f', 'slow']);
  });
});

describe('stalls of many configs', () => {
  it('stand by stage, each in the order given, the stage of the worst first', () => {
    const of = (id: string, stage: Finding['stage']) => finding({ id, stage });
    const groups = byStage([of('a', 'promotion'), of('b', 'selfplay'), of('c', 'promotion')]);
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['a', 'c'], ['b']]);
  });
});

describe('a finding that is over', () => {
  it('says how it ended', () => {
    expect(findingSentence(finding({ resolved: true, took_seconds: 600 }))).toBe(
      'EVALUATION_STARTED 10 min after TRAINING_COMPLETED; usual is 1 min',
    );
    expect(findingSentence(finding({ resolved: true }))).toBe(
      'no EVALUATION_STARTED after TRAINING_COMPLETED: given up; usual is 1 min',
    );
    expect(findingSentence(finding({ kind: 'out_of_order', awaits: ['TRAINING_STARTED'] }))).toBe(
      'TRAINING_COMPLETED without TRAINING_STARTED before it',
    );
  });
});
