'use client';

import { useTopic } from '@/app/_client/live-provider';
import { sorted } from '@/components/live/rows';
import { TypesTable } from '@/components/live/types-table';
import { Panel } from '@/components/ui/panel';
import type { TypeTrafficEntity } from '@/domain/realtime/entities';

const GROUPS = [
  { title: 'Queue and tasks', categories: ['work_queue', 'task'] },
  { title: 'Locks and checkpoints', categories: ['lock', 'checkpoint'] },
  { title: 'Daemons and coordinators', categories: ['daemon', 'system'] },
  { title: 'Optimisation and curriculum', categories: ['optimization', 'curriculum'] },
] as const;

export function WorkView() {
  const types = useTopic<TypeTrafficEntity>('traffic.types');
  const rows = sorted(types, (a, b) => b.count - a.count);
  return (
    <div className="grid min-w-0 gap-3 2xl:grid-cols-2">
      {GROUPS.map(({ title, categories }) => {
        const wanted = new Set<string>(categories);
        return (
          <Panel key={title} title={title} hint="events by type, most frequent first" flush>
            <TypesTable types={rows.filter((type) => wanted.has(type.category))} label={title} />
          </Panel>
        );
      })}
    </div>
  );
}
