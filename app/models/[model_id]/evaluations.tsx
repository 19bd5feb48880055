import { useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import type { ChartSeries } from '@/components/charts/types';
import { EventLink } from '@/components/live/event-link';
import { ModelLink } from '@/components/models/model-link';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatElo, formatFixed, formatWinRate, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Time } from '@/components/ui/time/time';
import type { Evaluation } from '@/server/api/pages/models/evaluations';
import type { ModelLife } from '@/server/api/pages/models/life';

/** More curves than this cannot be told apart; the table has them all. */
const MAX_CURVES = 6;

export function Evaluations({ life: { evaluations, model_id: id } }: { life: ModelLife }) {
  const series = useMemo(() => evaluations.flatMap(seriesOf).slice(-MAX_CURVES), [evaluations]);
  return (
    <Panel title="Evaluations" hint="rating over the games played" flush>
      {evaluations.length === 0 ? (
        <Empty title="Not evaluated yet">An evaluation appears with its EVALUATION_STARTED.</Empty>
      ) : (
        <>
          {series.length > 0 && (
            <div className="border-b p-2">
              <Chart
                label={`Elo of ${id} over the games of its evaluations`}
                series={series}
                xKind="number"
                xLabel="games"
                unit="Elo"
                height={160}
              />
            </div>
          )}
          <EvaluationTable evaluations={evaluations} />
        </>
      )}
    </Panel>
  );
}

function seriesOf(evaluation: Evaluation, index: number): ChartSeries[] {
  if (evaluation.progress.length < 2) return [];
  const name = `Evaluation ${index + 1}`;
  return [{ id: String(index), name, kind: 'line', points: evaluation.progress }];
}

function EvaluationTable({ evaluations }: { evaluations: readonly Evaluation[] }) {
  return (
    <Table label="Evaluations">
      <thead>
        <tr>
          <Th>Ended</Th>
          <Th>Kind</Th>
          <Th className="text-right">Elo</Th>
          <Th className="text-right">Elo gain</Th>
          <Th className="text-right">Win rate</Th>
          <Th className="text-right">Games</Th>
          <Th>Opponents</Th>
        </tr>
      </thead>
      <tbody>
        {evaluations.map((each) => (
          <Tr key={each.event.seq}>
            <Td className="whitespace-nowrap">
              <EventLink event={each.event}>
                {each.ended_at === null ? 'running' : <Time at={each.ended_at} />}
              </EventLink>
            </Td>
            <Td>{each.kind ?? NONE}</Td>
            <Td className="text-right">{formatElo(each.elo)}</Td>
            <Td className="text-right">{formatFixed(each.elo_delta)}</Td>
            <Td className="text-right">{formatWinRate(each.win_rate)}</Td>
            <Td className="text-right whitespace-nowrap">
              {formatCount(each.games)}
              {each.games_planned !== null && ` of ${formatCount(each.games_planned)}`}
            </Td>
            <Td>
              <span className="flex flex-wrap gap-x-2">
                {each.opponents.length === 0 && NONE}
                {each.opponents.map((opponent) => (
                  <Opponent key={opponent} name={opponent} />
                ))}
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Baselines such as `random` are no models; what carries a version is. */
function Opponent({ name }: { name: string }) {
  return /_v\d/.test(name) ? <ModelLink id={name} /> : <span className="font-mono">{name}</span>;
}
