import { memo } from 'react';
import { formatCount, formatDuration, formatPercent, formatPlural, NONE } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { EffectRow, QualityEpisodes } from '@/server/api/pages/quality/episodes';

const NAMES: Readonly<Record<EffectRow['kind'], string>> = {
  penalty: 'Quality penalty',
  rate: 'Selfplay rate changed',
  target: 'Selfplay target changed',
  feedback: 'Feedback tightened',
  block: 'Training blocked',
  boost: 'Exploration boosted',
  none: 'Nothing done',
};

/** How often an action was followed by better quality, each share with its n. */
export const Effects = memo(function Effects({ episodes }: { episodes: QualityEpisodes }) {
  const { effects, recovered, relapsed, median_s, longest_s } = episodes;
  return (
    <div className="flex flex-col gap-2 border-t">
      <p className="px-3 pt-2 text-xs text-dim">
        {recovered === 0
          ? 'No episode has ended yet.'
          : `${formatCount(recovered)} of ${formatPlural(episodes.total, 'episode')} recovered, half of them within ${formatDuration(median_s)}, the longest after ${formatDuration(longest_s)}; ${formatCount(relapsed)} of those ${formatCount(recovered)} (${formatPercent(relapsed / recovered)}) were reported again within an hour.`}{' '}
        Actions are matched by config and time: what followed one need not come from it.
      </p>
      <Table label="What followed each kind of action">
        <thead>
          <tr>
            <Th>Action in an episode</Th>
            <Th className="text-right">Times</Th>
            <Th className="text-right">Next average higher</Th>
            <Th className="text-right">Recovered so far</Th>
            <Th className="text-right">Median time to recovery</Th>
          </tr>
        </thead>
        <tbody>
          {effects.map((row) => (
            <Tr key={row.kind}>
              <Td>{NAMES[row.kind]}</Td>
              <Td className="text-right">{formatCount(row.times)}</Td>
              <Td className="text-right">
                <Share part={row.rose} of={row.compared} />
              </Td>
              <Td className="text-right">
                <Share part={row.recovered} of={row.times} />
              </Td>
              <Td className="text-right whitespace-nowrap">
                {formatDuration(row.median_s)}{' '}
                <span className="text-faint">n = {formatCount(row.recovered)}</span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
});

function Share({ part, of }: { part: number; of: number }) {
  if (of === 0) return <span className="text-faint">{NONE}</span>;
  return (
    <span className="whitespace-nowrap">
      {formatPercent(part / of)}{' '}
      <span className="text-faint">
        {formatCount(part)} of {formatCount(of)}
      </span>
    </span>
  );
}
