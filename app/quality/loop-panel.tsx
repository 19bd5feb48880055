'use client';

import { memo, useCallback, useMemo } from 'react';
import { useQueryState } from 'nuqs';
import { useTopic } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { Flow } from '@/components/flow/flow';
import { layoutLayered } from '@/components/flow/layered';
import type { StepFigures } from '@/components/flow/model';
import { EventLink } from '@/components/live/event-link';
import { flowSteps } from '@/components/overview/steps';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import { formatCount, formatFixed, formatPlural, formatQuality } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Select } from '@/components/ui/controls/select';
import { FLOWS } from '@/domain/events/relations/flows';
import type { QualityEntity } from '@/domain/projections/quality/entities';
import type { FlowStepEntity } from '@/domain/realtime/entities';
import { byName } from '@/domain/text/order';
import { linked } from './refs';
import { loopConfig, qualitySearch } from './search-params';
import { STATE_LOOK } from './states';

export type LoopInitial = Initial<{ config: string }, FlowStepEntity[]> | null;

const LOOP = FLOWS.quality;
const IDS = LOOP.steps.map(({ id }) => id);
const layoutOf = (width: number) => layoutLayered(IDS, LOOP.edges, width);

/** The quality loop as the catalogue draws it, for all configs or for the one in the URL, and where that one stands in it. */
export const LoopPanel = memo(function LoopPanel({
  configs,
  chosen,
  initial,
}: {
  /** Worst first. */
  configs: readonly QualityEntity[];
  /** The configs that the page is about. */
  chosen: readonly string[];
  initial: LoopInitial;
}) {
  const [loop, setLoop] = useQueryState('loop', qualitySearch.loop);
  const config = loopConfig(loop, chosen);
  const entity = configs.find((each) => each.config === config);
  // By name: nobody finds a config in a list that changes its order while it is open.
  const options = [...new Set([...configs.map((each) => each.config), ...(config === null ? [] : [config])])];
  options.sort(byName);
  return (
    <Panel
      title="Quality loop"
      hint="events in all and per hour; a dashed step has no event of its own"
      header={
        <Select
          className="max-w-48"
          aria-label="Config of the loop"
          value={config ?? ''}
          onChange={(event) => void setLoop(event.target.value)}
        >
          <option value="">All configs</option>
          {options.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      }
      bodyClassName="flex flex-col gap-3"
    >
      {config === null ? (
        <States configs={configs} onPick={(name) => void setLoop(name)} />
      ) : (
        <Standing config={config} entity={entity} />
      )}
      {config === null ? <LoopOfAll /> : <LoopOf key={config} config={config} initial={initial} />}
    </Panel>
  );
});

/** Worst first; the others are picked from the list at the panel's head. */
const SHOWN_STATES = 12;

/** Each config as a chip with its state; a click shows its own loop. */
function States({
  configs,
  onPick,
}: {
  configs: readonly QualityEntity[];
  onPick: (config: string) => void;
}) {
  if (configs.length === 0) return null;
  const shown = configs.slice(0, SHOWN_STATES);
  const rest = configs.slice(SHOWN_STATES);
  return (
    <ul aria-label="Where each config stands in the loop" className="flex flex-wrap items-center gap-1.5">
      {shown.map(({ config, state }) => (
        <li key={config}>
          <button
            type="button"
            onClick={() => onPick(config)}
            title={`Show the loop of ${config}: ${STATE_LOOK[state].says}`}
            className="flex items-center gap-1.5 rounded border px-1.5 py-0.5 text-xs hover:border-accent"
          >
            <ConfigName name={config} />
            <Badge dense tone={STATE_LOOK[state].tone} shape>
              {STATE_LOOK[state].label}
            </Badge>
          </button>
        </li>
      ))}
      {rest.length > 0 && <li className="text-xs text-faint">and {othersText(rest)}</li>}
    </ul>
  );
}

/** 38 others, 2 of them not good: the table above names them. */
function othersText(rest: readonly QualityEntity[]): string {
  const bad = rest.filter(({ state }) => STATE_LOOK[state].tone !== 'ok').length;
  const others = formatPlural(rest.length, 'other');
  return bad === 0
    ? `${others}, all ${STATE_LOOK.good.label.toLowerCase()}`
    : `${others}, ${bad} of them not good`;
}

function Standing({ config, entity }: { config: string; entity: QualityEntity | undefined }) {
  if (entity === undefined)
    return <p className="text-xs text-faint">No event of the quality loop has named {config} yet.</p>;
  const look = STATE_LOOK[entity.state];
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-dim">
      <ConfigName name={config} className="text-fg" />
      <Badge tone={look.tone} shape>
        {look.label}
      </Badge>
      <span>{look.says}</span>
      {entity.state_event !== null && (
        <span>
          since <EventLink event={entity.state_event} />
        </span>
      )}
      {entity.average !== null && (
        <span>
          average {formatQuality(entity.average)}, threshold {entity.threshold}
        </span>
      )}
      {entity.high_quality_at !== null && (
        <span>
          {formatCount(entity.high_quality_count)} good games announced{' '}
          <EventLink
            event={linked('HIGH_QUALITY_DATA_AVAILABLE', entity.high_quality_id, entity.high_quality_at)}
          />
        </span>
      )}
      {entity.boost_event !== null && (
        <span>
          exploration boost {entity.boost === null ? '' : `×${formatFixed(entity.boost, 2)} `}
          <EventLink event={entity.boost_event} />
        </span>
      )}
    </p>
  );
}

function LoopOfAll() {
  const entities = useTopic<FlowStepEntity>('flows.steps');
  const steps = useMemo(() => flowSteps('quality', LOOP, entities), [entities]);
  return <Flow label="Quality loop of all configs" steps={steps} layoutOf={layoutOf} />;
}

function LoopOf({ config, initial }: { config: string; initial: LoopInitial }) {
  const trpc = useTRPC();
  const version = useTopic<FlowStepEntity>('flows.steps');
  const input = useMemo(() => ({ config }), [config]);
  const { data, error } = useLiveQuery(trpc.pages.quality.loop.queryOptions(input), input, version, initial);
  const withConfig = useCallback(
    (step: StepFigures): StepFigures =>
      step.href === null ? step : { ...step, href: `${step.href}&config=${encodeURIComponent(config)}` },
    [config],
  );
  const steps = useMemo(() => {
    const entities = new Map((data ?? []).map((step) => [`quality/${step.step}`, step]));
    return new Map([...flowSteps('quality', LOOP, entities)].map(([id, step]) => [id, withConfig(step)]));
  }, [data, withConfig]);
  if (error !== null && data === undefined) return <p className="text-xs text-bad">{error}</p>;
  return <Flow label={`Quality loop of ${config}`} steps={steps} layoutOf={layoutOf} />;
}
