import { EventLink } from '@/components/live/event-link';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { Tone } from '@/components/ui/signs/tone';
import type { AlertEntity, ServiceChange } from '@/domain/projections/daemons/entities';

export const CHANGE_TONE: Readonly<Record<ServiceChange['what'], Tone>> = {
  started: 'ok',
  healthy: 'ok',
  stopped: 'off',
  'shut down': 'off',
  changed: 'info',
  degraded: 'warn',
  unhealthy: 'bad',
  failed: 'bad',
};

const MAX_SHOWN = 60;

/** Starts, stops and changes of health, newest first. */
export function ChangesPanel({ changes }: { changes: readonly ServiceChange[] }) {
  return (
    <Panel title="What changed" hint={`${formatCount(changes.length)} in the time range, newest first`} flush>
      {changes.length === 0 ? (
        <Empty title="No change in this stretch">Starts, stops and changes of health stand here.</Empty>
      ) : (
        <div className="max-h-80 overflow-y-auto">
          <Table label="Changes of daemons and coordinators">
            <thead>
              <tr>
                <Th>When</Th>
                <Th>Name</Th>
                <Th>What</Th>
                <Th>Detail</Th>
              </tr>
            </thead>
            <tbody>
              {changes.slice(0, MAX_SHOWN).map((change) => (
                <Tr key={change.event.event_id}>
                  <Td className="whitespace-nowrap">
                    <EventLink event={change.event} />
                  </Td>
                  <Td className="font-mono">{change.name}</Td>
                  <Td>
                    <Badge tone={CHANGE_TONE[change.what]} shape>
                      {change.what}
                    </Badge>
                  </Td>
                  <Td className="text-dim">{change.detail ?? NONE}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Panel>
  );
}

const LOUD = /^(critical|fatal|emergency)$/i;
const BAD = /^(error|high|severe|major)$/i;

function alertTone(severity: string | null): Tone {
  if (severity === null) return 'warn';
  if (LOUD.test(severity)) return 'crit';
  return BAD.test(severity) ? 'bad' : 'warn';
}

/** HEALTH_ALERTs, newest first. */
export function AlertsPanel({ alerts }: { alerts: readonly AlertEntity[] }) {
  return (
    <Panel title="Health alerts" hint="the newest 50" flush>
      {alerts.length === 0 ? (
        <Empty title="No alert in this stretch">A HEALTH_ALERT would stand here.</Empty>
      ) : (
        <div className="max-h-80 overflow-y-auto">
          <Table label="Health alerts">
            <thead>
              <tr>
                <Th>When</Th>
                <Th>Alert</Th>
                <Th>Severity</Th>
                <Th>Node</Th>
                <Th>Message</Th>
              </tr>
            </thead>
            <tbody>
              {alerts.map((alert) => (
                <Tr key={alert.event.event_id}>
                  <Td className="whitespace-nowrap">
                    <EventLink event={alert.event} />
                  </Td>
                  <Td className="font-mono">{alert.alert}</Td>
                  <Td>
                    <Badge tone={alertTone(alert.severity)} shape>
                      {alert.severity ?? 'not given'}
                    </Badge>
                  </Td>
                  <Td className="font-mono text-dim">{alert.node ?? NONE}</Td>
                  <Td className="text-dim">{alert.message ?? NONE}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Panel>
  );
}
