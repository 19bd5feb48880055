import { createLoader, createMultiParser, createParser, parseAsStringLiteral } from 'nuqs/server';
import { TRAINING_STATUSES } from '@/domain/projections/training/entities';
import { PICKED } from '@/app/_client/page/page-search';

/** What the URL of /training says besides configs and time: which runs are compared and how, and which are listed. */

/** As many lines as a reader can tell apart; the server answers no more. */
export const MAX_COMPARED = 8;

export const MEASURES = ['val', 'train', 'both', 'lr'] as const;
export type Measure = (typeof MEASURES)[number];
export const AXES = ['epoch', 'minutes'] as const;
export type Axis = (typeof AXES)[number];

/** Repeated, not joined: a job id may hold a comma. */
const runs = createMultiParser<string[]>({
  parse: (given) => {
    const known = given.filter((id) => id !== '' && id.length <= 200);
    return known.length === 0 ? null : [...new Set(known)].slice(0, MAX_COMPARED);
  },
  serialize: (values) => values,
  eq: (a, b) => a.join('\n') === b.join('\n'),
});

const text = createParser<string>({
  parse: (given) => given.slice(0, 200) || null,
  serialize: String,
});

export const trainingSearch = {
  run: runs.withDefault([]).withOptions(PICKED),
  measure: parseAsStringLiteral(MEASURES).withDefault('val').withOptions(PICKED),
  axis: parseAsStringLiteral(AXES).withDefault('epoch').withOptions(PICKED),
  status: parseAsStringLiteral(TRAINING_STATUSES).withOptions(PICKED),
  /** Words that all occur in a listed run. */
  q: text.withDefault(''),
};

export const loadTrainingSearch = createLoader(trainingSearch);
