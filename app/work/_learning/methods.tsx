import { EventLink } from '@/components/live/event-link';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { LearningTypeEntity, MethodEntity } from '@/domain/projections/learning/entities';

export const METHOD_NAMES: Readonly<Record<MethodEntity['method'], string>> = {
  cmaes: 'CMA-ES',
  nas: 'NAS',
  pbt: 'PBT',
};

const MEANS: Readonly<Record<MethodEntity['method'], string>> = {
  cmaes: 'hyperparameters',
  nas: 'architectures',
  pbt: 'populations',
};

/** Kinds of events that stand beside the searches, and what to call them. */
const BESIDES: readonly (readonly [type: string, label: string])[] = [
  ['PLATEAU_DETECTED', 'Plateaus'],
  ['HYPERPARAMETER_UPDATED', 'Hyperparameters updated'],
  ['ADAPTIVE_PARAMS_CHANGED', 'Adaptive changes'],
  ['PER_BUFFER_REBUILT', 'Replay buffers rebuilt'],
  ['PER_PRIORITIES_UPDATED', 'Replay priorities updated'],
];

/** How many searches there were and how they ended, and what else moves the parameters. */
export function MethodsPanel({
  methods,
  types,
}: {
  methods: ReadonlyMap<string, MethodEntity>;
  types: ReadonlyMap<string, LearningTypeEntity>;
}) {
  return (
    <Panel title="Optimisation" hint="since history began">
      <div className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-3 xl:grid-cols-[repeat(3,minmax(0,1fr))_minmax(0,2fr)]">
        {[...methods.values()].map((method) => (
          <Method key={method.method} method={method} />
        ))}
        <dl className="grid grid-cols-[minmax(0,1fr)_auto_auto] content-start gap-x-3 gap-y-2 text-xs sm:col-span-3 xl:col-span-1">
          {BESIDES.map(([type, label]) => (
            <Beside key={type} label={label} found={types.get(type)} />
          ))}
        </dl>
      </div>
    </Panel>
  );
}

function Method({ method: { method, runs, open, completed, failed } }: { method: MethodEntity }) {
  const ends = [
    [open, 'open'],
    [completed, 'completed'],
    [failed, 'failed'],
  ] as const;
  return (
    <div className="min-w-0">
      <div className="truncate text-xs text-dim">
        {METHOD_NAMES[method]} <span className="text-faint">{MEANS[method]}</span>
      </div>
      <div className="flex items-baseline gap-1">
        <span className="text-xl font-semibold tracking-tight">{formatCount(runs)}</span>
        <span className="text-xs text-faint">{runs === 1 ? 'search' : 'searches'}</span>
      </div>
      <div className="flex flex-wrap gap-x-3 text-2xs text-dim">
        {ends.map(([count, label]) => (
          <span key={label} className={label === 'failed' && count > 0 ? 'font-medium text-bad' : undefined}>
            {formatCount(count)} {label}
          </span>
        ))}
        {runs > open + completed + failed && (
          <span title="Neither ended nor heard of for six hours">
            {formatCount(runs - open - completed - failed)} silent
          </span>
        )}
      </div>
    </div>
  );
}

function Beside({ label, found }: { label: string; found: LearningTypeEntity | undefined }) {
  return (
    <>
      <dt className="truncate text-dim">{label}</dt>
      <dd className="text-right font-medium tabular-nums">{formatCount(found?.count ?? 0)}</dd>
      <dd className="text-right text-2xs">
        <EventLink event={found?.last ?? null}>{found && <Time at={found.last.timestamp} />}</EventLink>
      </dd>
    </>
  );
}
