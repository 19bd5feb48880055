import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { Page } from '@/components/shell/page/page';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { may } from '@/domain/access/permissions';
import type { Principal } from '@/domain/access/principal';
import { accessOverview } from '@/server/api/settings/access';
import type { HealthReport } from '@/server/services';
import { services } from '@/server/services';
import { AccessAdmin, OwnSessions } from './_access/view';
import { RetentionPanel } from './retention-panel';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const principal = await viewer();
  const { health: report, retention } = services();
  const health = report();
  return (
    <Page title="Settings" lead="How this server is set up, and who may use it.">
      <Panel title="This server" hint={`version ${health.version}, ${health.status}`} flush>
        <Checks checks={health.checks} />
      </Panel>
      <AccessSection principal={principal} />
      <RetentionPanel initial={retention.status()} />
      <p className="text-xs text-faint">
        The rest is set up by the environment. Your theme and the folded navigation are kept in this browser.
      </p>
    </Page>
  );
}

async function AccessSection({ principal }: { principal: Principal }) {
  const { access, demo } = services();
  if (access.mode === 'open') return <OpenAccess demo={demo} />;
  const current = principal.sessionId ?? null;
  if (may(principal.role, 'administer'))
    return <AccessAdmin initial={await accessOverview()} current={current} />;
  const own = principal.kind === 'user' ? await access.users.sessions(principal.id) : [];
  return <OwnSessions initial={own} current={current} />;
}

function OpenAccess({ demo }: { demo: boolean }) {
  return (
    <Panel title="Access" hint="open">
      <div className="flex max-w-prose flex-col gap-2 text-sm">
        <p>
          {demo
            ? 'You are signed in as operator of the simulated cluster. Nothing you do here is real.'
            : 'This server has no accounts: it listens on this machine only, and whoever uses this machine is its operator.'}
        </p>
        {!demo && (
          <p className="text-dim">
            It was started with <code className="font-mono">RINGSIDE_ACCESS=open</code>. Without that it asks
            for accounts, and its start shows a link for the first admin. Keys for scripts can be made now:{' '}
            <code className="font-mono">npx ringside keys create</code>.
          </p>
        )}
      </div>
    </Panel>
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
