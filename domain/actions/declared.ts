import type { JsonObject } from '../json';
import { COMPOSE } from './actor';
import type { Field } from './field';

const MINUTE = 60;
const HOUR = 3600;

/** Which event shows that the cluster did what was asked, and how long that may take. */
export interface Answer {
  readonly types: readonly string[];
  /** What the answer must have in common with the action's event; null: nothing. */
  readonly by: 'model' | 'config' | 'node' | null;
  /** Seconds until it is overdue. */
  readonly within: number;
}

/** Where buttons of requests stand: a page, or a part of it. */
export type RequestPage = '/models' | '/quality' | '/work' | '/work?tab=learning' | '/nodes' | '/';

/** An action, declared once: its event, its form, where its button stands and what answers it. */
export interface ActionSpec {
  readonly kind: string;
  readonly title: string;
  /** What it makes the cluster do. */
  readonly says: string;
  /** Null for the composer, whose operator chooses it. */
  readonly eventType: string | null;
  readonly answer: Answer | null;
  /** Present for what any form can ask; champions have dialogs of their own. */
  readonly form?: {
    /** Payload fields, by their names in the catalogue. */
    readonly fields: readonly Field[];
    /** What the payload says besides. */
    readonly fixed?: JsonObject;
    /** The field that names what it is about. */
    readonly subject: string;
    readonly page: RequestPage;
    /** What is pressed, and what is said then, where it is no request. */
    readonly words?: { readonly press: string; readonly done: string };
  };
}

const config = (name = 'config_key'): Field => ({ name, label: 'Config', type: 'config', required: true });
const model: Field = { name: 'model_id', label: 'Model', type: 'model', required: true };

export const DECLARED = [
  {
    kind: 'models.promote',
    title: 'Promote a model',
    says: 'The model becomes champion of its config and is distributed to the nodes.',
    eventType: 'MODEL_PROMOTED',
    answer: { types: ['MODEL_DISTRIBUTION_COMPLETE'], by: 'model', within: HOUR },
  },
  {
    kind: 'models.rollback',
    title: 'Roll back a champion',
    says: 'An earlier champion returns; the one that goes is held until an operator lifts the hold.',
    eventType: 'PROMOTION_ROLLED_BACK',
    answer: {
      types: ['MODEL_DISTRIBUTION_COMPLETE', 'TRAINING_ROLLBACK_COMPLETED', 'CACHE_INVALIDATED'],
      by: 'config',
      within: HOUR,
    },
  },
  {
    kind: 'models.release_hold',
    title: 'Lift the hold of a model',
    says: 'The model may be promoted automatically again.',
    eventType: 'RINGSIDE_HOLD_RELEASED',
    answer: null,
  },
  {
    kind: 'models.evaluate',
    title: 'Ask for an evaluation',
    says: 'The model is put forward as a candidate, so that it is evaluated.',
    eventType: 'PROMOTION_CANDIDATE',
    answer: { types: ['EVALUATION_STARTED', 'EVALUATION_COMPLETED'], by: 'model', within: 2 * HOUR },
    form: { fields: [model], subject: 'model_id', page: '/models' },
  },
  {
    kind: 'models.sync',
    title: 'Ask for a model sync',
    says: 'The model is copied to the nodes named.',
    eventType: 'MODEL_SYNC_REQUESTED',
    answer: {
      types: ['P2P_MODEL_SYNCED', 'MODEL_DISTRIBUTION_COMPLETE'],
      by: 'model',
      within: HOUR,
    },
    form: {
      fields: [model, { name: 'target_nodes', label: 'To which nodes', type: 'nodes', required: true }],
      subject: 'model_id',
      page: '/models',
    },
  },
  {
    kind: 'sync.request',
    title: 'Ask for a data sync',
    says: 'Games are copied from one place to another.',
    eventType: 'SYNC_REQUEST',
    answer: { types: ['DATA_SYNC_STARTED', 'DATA_SYNC_COMPLETED'], by: null, within: 30 * MINUTE },
    form: {
      fields: [
        { name: 'source', label: 'From', type: 'text', required: true, hint: 'A node, or "all"' },
        { name: 'target', label: 'To', type: 'text', required: true, hint: 'A node, or "coordinator"' },
        { name: 'priority', label: 'Priority', type: 'choice', required: true, options: ['normal', 'high'] },
      ],
      subject: 'source',
      page: '/quality',
    },
  },
  {
    kind: 'quality.check',
    title: 'Ask for a quality check',
    says: 'The newest games of the config are scored anew.',
    eventType: 'QUALITY_CHECK_REQUESTED',
    answer: { types: ['QUALITY_SCORE_UPDATED', 'QUALITY_CHECK_FAILED'], by: 'config', within: 30 * MINUTE },
    form: { fields: [config()], subject: 'config_key', page: '/quality' },
  },
  {
    kind: 'selfplay.boost',
    title: 'Boost exploration',
    says: 'Selfplay of the config explores more.',
    eventType: 'EXPLORATION_BOOST',
    answer: { types: ['EXPLORATION_ADJUSTED', 'SELFPLAY_RATE_CHANGED'], by: 'config', within: HOUR },
    form: {
      fields: [
        config(),
        { name: 'boost_factor', label: 'Factor', type: 'number', required: true, least: 1, most: 5 },
      ],
      subject: 'config_key',
      page: '/quality',
    },
  },
  {
    kind: 'selfplay.target',
    title: 'Change the selfplay target',
    says: 'The config is to play so many games.',
    eventType: 'SELFPLAY_TARGET_UPDATED',
    answer: { types: ['SELFPLAY_RATE_CHANGED', 'SELFPLAY_COMPLETE'], by: 'config', within: 6 * HOUR },
    form: {
      fields: [
        config(),
        { name: 'old_target', label: 'Target now', type: 'integer', required: true, least: 0, most: 1e7 },
        { name: 'new_target', label: 'New target', type: 'integer', required: true, least: 0, most: 1e7 },
      ],
      subject: 'config_key',
      page: '/quality',
    },
  },
  {
    kind: 'curriculum.weights',
    title: 'Change a curriculum weight',
    says: 'The config gets more or less of the cluster’s selfplay and training.',
    eventType: 'WEIGHT_UPDATED',
    answer: { types: ['CURRICULUM_REBALANCED', 'SELFPLAY_RATE_CHANGED'], by: null, within: 6 * HOUR },
    form: {
      fields: [
        config(),
        { name: 'old_weight', label: 'Weight now', type: 'number', required: true, least: 0, most: 100 },
        { name: 'new_weight', label: 'New weight', type: 'number', required: true, least: 0, most: 100 },
      ],
      subject: 'config_key',
      page: '/work?tab=learning',
    },
  },
  {
    kind: 'training.hyperparameter',
    title: 'Change a hyperparameter',
    says: 'The next training of the config uses the new value.',
    eventType: 'HYPERPARAMETER_UPDATED',
    answer: { types: ['TRAINING_STARTED'], by: 'config', within: 6 * HOUR },
    form: {
      fields: [
        config('config'),
        { name: 'param_name', label: 'Parameter', type: 'text', required: true, hint: 'e.g. learning_rate' },
        { name: 'old_value', label: 'Value now', type: 'number', required: true },
        { name: 'new_value', label: 'New value', type: 'number', required: true },
      ],
      fixed: { optimizer: 'manual' },
      subject: 'config',
      page: '/work?tab=learning',
    },
  },
  {
    kind: 'work.cancel',
    title: 'Cancel a work item',
    says: 'The item is taken out of the queue; a node that works on it stops.',
    eventType: 'WORK_CANCELLED',
    answer: null,
    form: {
      fields: [{ name: 'work_id', label: 'Work item', type: 'text', required: true }],
      words: { press: 'Take it out', done: 'The cluster is told to leave it.' },
      subject: 'work_id',
      page: '/work',
    },
  },
  {
    kind: 'nodes.recover',
    title: 'Recover a node',
    says: 'Recovery of the node begins: its services are restarted.',
    eventType: 'RECOVERY_INITIATED',
    answer: {
      types: ['NODE_RECOVERED', 'HOST_ONLINE', 'RECOVERY_COMPLETED', 'RECOVERY_FAILED'],
      by: 'node',
      within: 30 * MINUTE,
    },
    form: {
      fields: [{ name: 'target', label: 'Node', type: 'node', required: true }],
      fixed: { recovery_type: 'node' },
      subject: 'target',
      page: '/nodes',
    },
  },
  {
    kind: 'problems.acknowledge',
    title: 'Acknowledge a problem',
    says: 'Says that somebody has seen it and takes care of it. It stays open until its cause ends.',
    eventType: 'RINGSIDE_PROBLEM_ACKNOWLEDGED',
    answer: null,
    form: {
      fields: [{ name: 'problem_id', label: 'Problem', type: 'problem', required: true }],
      subject: 'problem_id',
      page: '/',
      words: { press: 'Acknowledge', done: 'Acknowledged.' },
    },
  },
  {
    kind: COMPOSE,
    title: 'Send an event',
    says: 'An event of any type of the catalogue, with the payload that the operator wrote.',
    eventType: null,
    answer: null,
  },
] as const satisfies readonly ActionSpec[];

export type ActionKind = (typeof DECLARED)[number]['kind'];

const BY_KIND = new Map<string, ActionSpec>(DECLARED.map((spec) => [spec.kind, spec]));

/** Undefined for a kind that a newer version wrote. */
export function specOf(kind: string): ActionSpec | undefined {
  return BY_KIND.get(kind);
}

export type FormSpec = ActionSpec & {
  readonly eventType: string;
  readonly form: NonNullable<ActionSpec['form']>;
};

/** Those that any form can ask, in the order in which they are offered. */
export const FORMS: readonly FormSpec[] = [...BY_KIND.values()].flatMap((spec) => {
  const { form, eventType } = spec;
  return form === undefined || eventType === null ? [] : [{ ...spec, form, eventType }];
});

/** What shows that the cluster did what an action asked; a composed event counts as the form of its type would. */
export function answerOf({ kind, eventType }: { kind: string; eventType: string }): Answer | null {
  if (kind !== COMPOSE) return specOf(kind)?.answer ?? null;
  return FORMS.find((spec) => spec.eventType === eventType)?.answer ?? null;
}

/** What an entry of the log did, in a few words. */
export function titleOf({ kind, eventType }: { kind: string; eventType: string }): string {
  return kind === COMPOSE ? `Send ${eventType}` : (specOf(kind)?.title ?? kind);
}
