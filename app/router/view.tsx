'use client';

import { useEntity, useTopic } from '@/app/_client/live-provider';
import { byName, sorted } from '@/components/live/rows';
import { TypesTable } from '@/components/live/types-table';
import { Panel } from '@/components/ui/panel';
import type {
  BridgeEntity,
  RouterStatusEntity,
  TrafficEntity,
  TypeTrafficEntity,
} from '@/domain/realtime/entities';
import { BridgeList } from './bridge-list';
import { DeadLetters } from './dead-letters';
import { RouterFigures } from './router-figures';

export function RouterView() {
  const status = useEntity<RouterStatusEntity>('router.status', 'router');
  const traffic = useEntity<TrafficEntity>('traffic.total', 'all');
  const bridges = useTopic<BridgeEntity>('router.bridges');
  const types = useTopic<TypeTrafficEntity>('traffic.types');
  const rows = sorted(types, (a, b) => b.drifted - a.drifted || b.count - a.count);
  return (
    <>
      <RouterFigures status={status} traffic={traffic} />
      <Panel title="Bridges" hint="to the logs that other processes share">
        <BridgeList bridges={sorted(bridges, (a, b) => byName(a.name, b.name))} />
      </Panel>
      <DeadLetters total={status?.dead_letters ?? 0} />
      <Panel title="Traffic by type" hint={`${rows.length} types, most drift from the catalogue first`} flush>
        <TypesTable types={rows} label="Traffic by type" />
      </Panel>
    </>
  );
}
