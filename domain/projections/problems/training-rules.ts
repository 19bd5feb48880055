import type { Severity, StoredEvent } from '../../events/envelope';
import { isGoodQuality, QUALITY_THRESHOLD } from '../flows';
import { saysLifted } from '../quality/marks';
import { lineField, nameField, numberField, saysFailed } from '../shared/fields';
import { idsUnder } from '../shared/ids';
import { firstLine, type LevelOf, type ProblemRule, type ProblemRules, type Report } from './rules';

const qualityId = idsUnder('quality');
const evaluationId = idsUnder('evaluation');

/** A report about a config, with what closes it elsewhere under the same prefix. */
function ofConfig(
  prefix: string,
  title: string,
  severity: Severity,
  page: string,
  ...keys: string[]
): ProblemRule {
  return {
    opens: (event) =>
      event.config === null
        ? null
        : {
            id: `${prefix}:${event.config}`,
            severity,
            title: `${title} for ${event.config}`,
            detail: firstLine(event, ...keys),
            kind: 'config',
            subject: event.config,
            page,
          },
  };
}

/** A report about the model (or what else `field` names). */
function ofSubject(
  prefix: string,
  field: string,
  title: (subject: string) => string,
  part: Pick<Report, 'severity' | 'kind' | 'page'>,
  ...keys: string[]
): ProblemRule {
  return {
    opens: (event) => {
      const subject = nameField(event.payload, field);
      if (subject === null) return null;
      return {
        id: `${prefix}:${subject}`,
        title: title(subject),
        detail: firstLine(event, ...keys),
        subject,
        ...part,
      };
    },
  };
}

/** Closes the problem of the event's config, unless the event itself says that it failed. */
function configIsFine(prefix: string): ProblemRule {
  return {
    closes: ({ config, payload }) => (config === null || saysFailed(payload) ? [] : [`${prefix}:${config}`]),
  };
}

function closesBy(field: string, ...prefixes: string[]): ProblemRule {
  return {
    closes: ({ payload }) => {
      const subject = nameField(payload, field);
      return subject === null ? [] : prefixes.map((prefix) => `${prefix}:${subject}`);
    },
  };
}

function degraded(event: StoredEvent): Report | null {
  const { config } = event;
  if (config === null) return null;
  const quality = ['current_quality', 'avg_quality', 'quality']
    .map((key) => numberField(event.payload, key))
    .find(isNumber);
  const threshold = numberField(event.payload, 'threshold') ?? numberField(event.payload, 'required_quality');
  const figures = [
    quality === undefined ? '' : `quality ${quality}`,
    threshold === null ? '' : `threshold ${threshold}`,
  ];
  return {
    id: `quality:${config}`,
    severity: 'warning',
    title: `Data quality of ${config} is too low`,
    detail: figures.filter((figure) => figure !== '').join(', ') || 'no figures given',
    kind: 'config',
    subject: config,
    page: '/quality',
    level: threshold,
    // Training may ask for less than what was called too low: that is not over for it.
    raises: event.eventType === 'TRAINING_BLOCKED_BY_QUALITY',
  };
}

function isNumber(value: number | null): value is number {
  return value !== null;
}

/** The words that end an episode on the page of quality; scores are compared with the level that was reported. */
function recovered(event: StoredEvent, levelOf: LevelOf): readonly string[] {
  if (event.config === null) return [];
  const id = qualityId(event.config);
  return saysGood(event, levelOf(id)) ? [id] : [];
}

function saysGood(event: StoredEvent, level: number | null): boolean {
  if (event.eventType === 'QUALITY_FEEDBACK_ADJUSTED') return saysLifted(event);
  const untold = event.eventType === 'HIGH_QUALITY_DATA_AVAILABLE' && !('avg_quality' in event.payload);
  return untold || isGoodQuality(event, level ?? QUALITY_THRESHOLD);
}

const SEVERITY_OF: ReadonlyMap<string, Severity> = new Map([
  ['minor', 'warning'],
  ['moderate', 'error'],
  ['severe', 'error'],
  ['critical', 'critical'],
]);

function regressed(event: StoredEvent): Report | null {
  const subject = nameField(event.payload, 'model_id') ?? event.config;
  if (subject === null) return null;
  const amount = numberField(event.payload, 'regression_amount');
  const metric = lineField(event.payload, 'metric_name') ?? 'its metric';
  return {
    id: `regression:${subject}`,
    severity: SEVERITY_OF.get(lineField(event.payload, 'severity') ?? '') ?? 'error',
    title: `${subject} got worse`,
    detail: amount === null ? metric : `${metric} fell by ${amount}`,
    kind: 'model',
    subject,
    page: '/models',
  };
}

const MODEL = { severity: 'error', kind: 'model', page: '/models' } as const;

/** Of a config: a model that was given up is not evaluated again, but the next of its config is. */
function evaluationFailed(event: StoredEvent): Report | null {
  const model = nameField(event.payload, 'model_id');
  const subject = model ?? event.config;
  if (subject === null) return null;
  return {
    id: evaluationId(event.config ?? subject),
    title: `Evaluation of ${subject} failed`,
    detail: firstLine(event, 'error'),
    subject,
    ...(model === null ? { ...MODEL, kind: 'config' } : MODEL),
  };
}

function evaluated({ config, payload }: StoredEvent): readonly string[] {
  const subject = config ?? nameField(payload, 'model_id');
  return subject === null || saysFailed(payload) ? [] : [evaluationId(subject)];
}

const NODE = { kind: 'node', page: '/nodes' } as const;

/** Of a node or a model, which have pages of their own, or of what else the cluster tries to bring back. */
function recoveryFailed(event: StoredEvent): Report | null {
  const target = nameField(event.payload, 'target');
  if (target === null) return null;
  const type = lineField(event.payload, 'recovery_type');
  return {
    id: `recovery:${target}`,
    title: `Recovery of ${target} failed`,
    detail: firstLine(event, 'error'),
    subject: target,
    ...MODEL,
    ...(type === 'node' ? NODE : type === 'model' ? {} : { kind: 'run' }),
  };
}

function parityBroken(event: StoredEvent): Report | null {
  if (!saysFailed(event.payload) || event.config === null) return null;
  const rate = numberField(event.payload, 'parity_rate');
  return {
    id: `parity:${event.config}`,
    severity: 'error',
    title: `Parity validation fails for ${event.config}`,
    detail: rate === null ? 'no rate given' : `parity rate ${rate}`,
    kind: 'config',
    subject: event.config,
    page: '/quality',
  };
}

export const TRAINING_RULES: ProblemRules = [
  [['TRAINING_FAILED'], ofConfig('training', 'Training failed', 'error', '/training', 'error')],
  [['TRAINING_COMPLETED'], configIsFine('training')],
  [['EVALUATION_FAILED'], { opens: evaluationFailed }],
  [['EVALUATION_COMPLETED'], { closes: evaluated }],
  [['PROMOTION_FAILED'], ofConfig('promotion', 'Promotion failed', 'error', '/models', 'error', 'reason')],
  [['MODEL_PROMOTED'], configIsFine('promotion')],
  [['QUALITY_DEGRADED', 'LOW_QUALITY_DATA_WARNING', 'TRAINING_BLOCKED_BY_QUALITY'], { opens: degraded }],
  [
    ['QUALITY_SCORE_UPDATED', 'HIGH_QUALITY_DATA_AVAILABLE', 'QUALITY_FEEDBACK_ADJUSTED'],
    { closes: recovered },
  ],
  [['DATA_STALE'], ofConfig('stale', 'Training data is stale', 'warning', '/quality', 'last_sync')],
  [['DATA_FRESH'], configIsFine('stale')],
  [
    [
      'REGRESSION_DETECTED',
      'REGRESSION_MINOR',
      'REGRESSION_MODERATE',
      'REGRESSION_SEVERE',
      'REGRESSION_CRITICAL',
    ],
    { opens: regressed },
  ],
  [['REGRESSION_CLEARED', 'PROMOTION_ROLLED_BACK'], closesBy('model_id', 'regression', 'rollback')],
  [
    ['TRAINING_ROLLBACK_NEEDED'],
    ofSubject('rollback', 'model_id', (id) => `${id} must be rolled back`, MODEL, 'reason'),
  ],
  [
    ['TRAINING_ROLLBACK_COMPLETED'],
    closesBy('rollback_from', 'regression', 'rollback', 'corrupted', 'recovery'),
  ],
  [
    ['MODEL_CORRUPTED'],
    ofSubject(
      'corrupted',
      'model_id',
      (id) => `${id} is corrupted`,
      { ...MODEL, severity: 'critical' },
      'corruption_type',
    ),
  ],
  [['MODEL_UPDATED', 'MODEL_DISTRIBUTION_COMPLETE'], closesBy('model_id', 'corrupted')],
  [['RECOVERY_FAILED'], { opens: recoveryFailed }],
  [['RECOVERY_COMPLETED'], closesBy('target', 'recovery')],
  [
    ['PARITY_VALIDATION_COMPLETED'],
    {
      opens: parityBroken,
      closes: (event, levelOf) => configIsFine('parity').closes?.(event, levelOf) ?? [],
    },
  ],
];
