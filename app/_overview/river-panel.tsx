'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect, useRef, useState } from 'react';
import type { Anchor } from '@/components/river/anchor';
import { LaneTable } from '@/components/river/lane-table';
import type { Describe } from '@/components/river/hit-card';
import type { RiverLane } from '@/components/river/lanes';
import { Legend } from '@/components/river/legend';
import { River } from '@/components/river/river';
import { Button } from '@/components/ui/controls/button';
import { useGo } from '@/components/ui/go';
import { Panel } from '@/components/ui/panel/panel';
import { Select } from '@/components/ui/controls/select';
import { Time } from '@/components/ui/time/time';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import { useServerStatus } from '../_client/live/live-provider';
import { PICKED } from '../_client/page/page-search';
import { useTRPCClient } from '../_client/queries/trpc';
import type { DotOrigin } from './use-dots';
import { useDots } from './use-dots';

const WINDOWS = ['1m', '5m', '10m'] as const;
const SECONDS: Readonly<Record<(typeof WINDOWS)[number], number>> = { '1m': 60, '5m': 300, '10m': 600 };

const LANES: readonly RiverLane[] = CATEGORIES.map(({ id, label }) => ({
  id,
  label,
  href: `/events?category=${id}`,
}));

/** The server's wall clock, read by the drawing loop without rendering: a browser's own may be minutes off. */
function useServerNow(): () => number {
  const { now } = useServerStatus();
  const offset = useRef(0);
  useEffect(() => {
    offset.current = now - Date.now() / 1000;
  }, [now]);
  return () => Date.now() / 1000 + offset.current;
}

/** Finds the event of a dot by its type and moment, for what the dot does not carry. */
function useDescribe(): Describe {
  const client = useTRPCClient();
  return async ({ seq, eventType, time }) => {
    const filter = { type: [eventType], since: time - 0.01, until: time + 0.01 };
    const { events } = await client.events.list.query({ filter, limit: 100, count: false });
    return events.find((event) => event.seq === seq) ?? null;
  };
}

export function RiverPanel(props: Omit<DotOrigin, 'reach'>) {
  const source = useDots({ ...props, reach: SECONDS['10m'] });
  const describe = useDescribe();
  const now = useServerNow();
  const go = useGo();
  const [span, setSpan] = useQueryState(
    'river',
    parseAsStringLiteral(WINDOWS).withDefault('5m').withOptions(PICKED),
  );
  const [asTable, setAsTable] = useState(false);
  /** Time of the newest event while the river rests on it; null while it ends at the present. */
  const [restsAt, setRestsAt] = useState<number | null>(null);
  const onAnchor = (anchor: Anchor): void => setRestsAt(anchor.kind === 'live' ? null : anchor.end);
  return (
    <Panel
      title="River of events"
      hint={restsAt === null ? undefined : <RestNote at={restsAt} />}
      header={
        <>
          <Select
            aria-label="Time shown"
            value={span}
            onChange={(event) => void setSpan(event.target.value as typeof span)}
          >
            {WINDOWS.map((window) => (
              <option key={window} value={window}>
                {SECONDS[window] / 60} min
              </option>
            ))}
          </Select>
          <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
        </>
      }
    >
      {asTable ? (
        <LaneTable source={source} lanes={LANES} end={restsAt} windowSeconds={SECONDS[span]} />
      ) : (
        <>
          <River
            source={source}
            lanes={LANES}
            windowSeconds={SECONDS[span]}
            now={now}
            describe={describe}
            onOpen={(seq) => go(`/events/${seq}`)}
            onAnchor={onAnchor}
          />
          <Legend />
        </>
      )}
    </Panel>
  );
}

function RestNote({ at }: { at: number }) {
  return (
    <>
      ends at the newest event, <Time at={at} />
    </>
  );
}
