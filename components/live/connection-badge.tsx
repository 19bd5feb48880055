'use client';

import { formatDuration } from '../ui/format';
import { StatusDot } from '../ui/signs/status-dot';
import type { Tone } from '../ui/signs/tone';

export type ConnectionState = 'connecting' | 'live' | 'behind' | 'reconnecting' | 'offline' | 'paused';

const LOOKS: Readonly<Record<ConnectionState, { tone: Tone; word: string; explains: string }>> = {
  connecting: { tone: 'busy', word: 'Connecting', explains: 'What is shown came with the page.' },
  live: { tone: 'ok', word: 'Live', explains: 'What is shown is what the router knows now.' },
  behind: { tone: 'warn', word: 'Behind', explains: 'Events arrive later than they happen.' },
  reconnecting: { tone: 'warn', word: 'Reconnecting', explains: 'What is shown stands still until then.' },
  offline: { tone: 'bad', word: 'Offline', explains: 'The server cannot be reached; what is shown is old.' },
  paused: { tone: 'info', word: 'Paused', explains: 'This page holds its view still; nothing is lost.' },
};

/** Whether the page is live, in a word, and how old what it shows may be. */
export function ConnectionBadge({ state, behindMs }: { state: ConnectionState; behindMs: number }) {
  const { tone, word, explains } = LOOKS[state];
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap" title={explains}>
      <span role="status">
        <StatusDot tone={tone} label={word} className="font-medium" />
      </span>
      {behindMs >= 1000 && <span className="text-dim">{formatDuration(behindMs / 1000)}</span>}
    </span>
  );
}
