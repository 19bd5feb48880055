import type { Metadata } from 'next';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { Empty } from '@/components/ui/empty';
import { Panel } from '@/components/ui/panel';
import { StatusDot } from '@/components/ui/status-dot';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { HealthReport } from '@/server/services';
import { services } from '@/server/services';
import { RetentionPanel } from './retention-panel';

export const metadata: Metadata = { title: 'Settings' };

const PLANNED = [
  'Accounts with roles: who may look, who may act, who may change settings.',
  'Keys for producers and scripts, limited to sources and types, with their last use.',
  'Sessions that can be ended, invitations and resets.',
  'Windows of the duplicate rule and thresholds for silent nodes.',
];

export default function SettingsPage() {
  const { health: report, retention } = services();
  const health = report();
  return (
    <Page title="Settings" lead="How this server is set up, and who may use it.">
      <Panel title="This server" hint={`version ${health.version}, ${health.status}`} flush>
        <Checks checks={health.checks} />
      </Panel>
      <RetentionPanel initial={retention.status()} />
      <Planned
        items={PLANNED}
        today="Until then the server listens on this machine only and is set up by its environment. Your theme and the folded navigation are kept in this browser."
      />
    </Page>
  );
}

function Checks({ checks }: Pick<HealthReport, 'checks'>) {
  if (checks.length === 0) return <Empty title="No checks have run yet" />;
  return (
    <Table label="Checks of this server">
      <thead>
        <tr>
          <Th>Check</Th>
          <Th>State</Th>
          <Th>Detail</Th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <Tr key={check.name}>
            <Td className="font-mono">{check.name}</Td>
            <Td>
              <StatusDot tone={check.ok ? 'ok' : 'bad'} label={check.ok ? 'ok' : 'failing'} />
            </Td>
            <Td className="text-dim">{check.detail ?? 'nothing to report'}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
