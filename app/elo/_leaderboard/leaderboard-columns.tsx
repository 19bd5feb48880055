import Link from 'next/link';
import type { Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import {
  formatCount,
  formatElo,
  formatFixed,
  formatSuperiority,
  formatWinRate,
  NONE,
} from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import { MODEL_TONE } from '@/components/ui/signs/tone';
import type { Ranked } from '@/server/api/pages/elo/leaderboard';
import { EventIdLink } from '../event-id-link';
import { intervalText, statusText, VERDICTS, verdictTitle } from './judged-text';

export const leaderboardColumns: readonly Column<Ranked>[] = [
  {
    id: 'model',
    header: 'Model',
    value: ({ model }) => model,
    cell: ({ model }) => (
      <Link
        href={`/models/${encodeURIComponent(model)}`}
        prefetch={false}
        className="font-mono hover:text-accent hover:underline"
      >
        {model}
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    value: ({ status }) => statusText(status),
    cell: ({ status }) =>
      status !== null && (
        <Badge tone={MODEL_TONE[status]} shape dense>
          {statusText(status)}
        </Badge>
      ),
  },
  {
    id: 'elo',
    header: 'Elo',
    align: 'right',
    value: ({ elo }) => elo,
    cell: ({ elo, id }) => (
      <EventIdLink id={id}>
        <span className="font-semibold">{formatElo(elo)}</span>
      </EventIdLink>
    ),
  },
  {
    id: 'interval',
    header: '95 %',
    unit: 'Elo',
    hint: 'Wilson interval of the win rate, turned into Elo; sorts by its lower bound',
    align: 'right',
    value: ({ low }) => low,
    cell: (row) => <span className="text-dim">{intervalText(row)}</span>,
  },
  {
    id: 'win_rate',
    header: 'Win rate',
    align: 'right',
    value: ({ win_rate: share }) => share,
    cell: ({ win_rate: share }) => formatWinRate(share),
  },
  {
    id: 'games',
    header: 'Games',
    align: 'right',
    value: ({ games }) => games,
    cell: ({ games }) => formatCount(games),
  },
  {
    id: 'champion',
    header: 'Champion then',
    hint: 'The champion when the model was evaluated',
    value: ({ champion }) => champion,
    cell: ({ champion, head_to_head: direct }) =>
      champion === null ? (
        NONE
      ) : (
        <span className="whitespace-nowrap">
          <span className="font-mono text-dim">{champion}</span>
          {!direct && (
            <span
              className="explained text-faint"
              title="It was not among the opponents: ratings are compared"
            >
              {' '}
              by rating
            </span>
          )}
        </span>
      ),
  },
  {
    id: 'los',
    header: 'LOS',
    hint: 'Likelihood of superiority over that champion',
    align: 'right',
    value: ({ los }) => los,
    cell: ({ los }) => formatSuperiority(los),
  },
  {
    id: 'sprt',
    header: 'SPRT',
    hint: 'Verdict with the log likelihood ratio; sorts by the ratio',
    value: ({ sprt }) => sprt?.llr ?? null,
    cell: ({ sprt, games }) =>
      sprt === null ? (
        NONE
      ) : (
        <span
          className="inline-flex items-center gap-1.5 whitespace-nowrap"
          title={verdictTitle(sprt, games)}
        >
          <Badge tone={VERDICTS[sprt.verdict].tone} shape dense>
            {VERDICTS[sprt.verdict].name}
          </Badge>
          <span className="explained text-dim">
            {sprt.bounded && '≈ '}
            {formatFixed(sprt.llr, 2)}
          </span>
        </span>
      ),
  },
  {
    id: 'step',
    header: 'Epochs',
    align: 'right',
    value: ({ step }) => step,
    cell: ({ step }) => formatCount(step),
  },
  {
    id: 'evaluated',
    header: 'Evaluated',
    value: ({ evaluated_at: at }) => at,
    time: true,
    cell: ({ evaluated_at: at }) => <Time at={at} format="minute" className="whitespace-nowrap text-dim" />,
  },
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} className="text-dim" />,
  },
];
