import Link from 'next/link';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Panel } from '@/components/ui/panel/panel';

const WAYS = [
  { command: 'npm run demo', tells: 'A simulated cluster of 14 nodes, with data of its own.' },
  {
    command: 'npx ringside import FILE',
    tells: 'A recording: a cluster’s events.db, also gzipped.',
  },
  {
    command: `npx ringside publish TRAINING_STARTED '{"config":"hex8_2p"}'`,
    tells: 'A single event, to see it arrive.',
  },
] as const;

/** Before the first event: what Ringside waits for and how to give it something. */
export function Waiting() {
  return (
    <Panel title="Waiting for the first event">
      <div className="mx-auto flex max-w-prose flex-col gap-3 py-6 text-sm text-dim">
        <p>
          No event has been received yet. Ringside follows the cluster’s{' '}
          <code className="font-mono text-fg">events.db</code> and takes events over HTTP; this page fills as
          soon as one arrives, by itself. Which file it watches stands on the{' '}
          <Link href="/router" className="text-accent hover:underline">
            Router page
          </Link>
          .
        </p>
        <ul className="flex flex-col gap-2">
          {WAYS.map(({ command, tells }) => (
            <li key={command} className="min-w-0 rounded border px-3 py-2">
              <span className="flex min-w-0 items-center gap-2">
                <code className="min-w-0 flex-1 font-mono text-xs break-words text-fg">{command}</code>
                <CopyButton text={command} label={`Copy “${command}”`} />
              </span>
              <span className="text-xs text-faint">{tells}</span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
