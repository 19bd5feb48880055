'use client';

import Link from 'next/link';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { NodeDetailAnswer } from '@/server/api/pages/nodes';

/** Which champions it holds, by what distribution, sync and invalidation said of it last. */
export function ChampionsPanel({ data: { champions } }: { data: NodeDetailAnswer }) {
  const held = champions.filter((each) => each.held).length;
  return (
    <Panel title="Champions held" hint={`${held} of ${champions.length}`} flush>
      {champions.length === 0 ? (
        <Empty title="No champion yet">One appears with the first MODEL_PROMOTED.</Empty>
      ) : (
        <Table label="Champions held">
          <thead>
            <tr>
              <Th>Config</Th>
              <Th>Champion</Th>
              <Th>On this node</Th>
            </tr>
          </thead>
          <tbody>
            {champions.map(({ config, model, held: here }) => (
              <Tr key={config}>
                <Td>
                  <ConfigName name={config} />
                </Td>
                <Td className="font-mono whitespace-nowrap">
                  <Link
                    href={`/models/${encodeURIComponent(model)}`}
                    prefetch={false}
                    title={model}
                    className="inline-block max-w-64 truncate align-bottom underline decoration-line-strong underline-offset-2 hover:text-accent"
                  >
                    {model}
                  </Link>
                </Td>
                <Td>
                  {here ? (
                    <StatusDot tone="ok" label="held" />
                  ) : (
                    <StatusDot tone="off" label="not known to hold it" />
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
