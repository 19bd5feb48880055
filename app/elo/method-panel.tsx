import { Panel } from '@/components/ui/panel/panel';

const METHODS: readonly (readonly [name: string, text: string])[] = [
  [
    'Rating',
    'new_elo of ELO_UPDATED in time order; the elo of an EVALUATION_COMPLETED stands in where no ELO_UPDATED of that model follows.',
  ],
  [
    'Training axis',
    'The cluster reports no optimiser steps, so a step is an epoch: the epochs of all completed trainings of the config, one after the other (TRAINING_COMPLETED). A model stands at the end of the training that made it; a rollback at what was trained by then.',
  ],
  [
    '95 % interval',
    'Wilson’s interval of the win rate over the games played. Both ends are turned into Elo differences, 400·log₁₀(p ∕ (1 − p)), and added to the rating that the evaluation started from (elo − elo_delta). With every game won or lost, one side has no bound. The interval is that of these games alone: it takes the opponent’s rating as exact.',
  ],
  [
    'LOS',
    'Likelihood of superiority over the champion of that moment: Φ((wins − losses) ∕ √(wins + losses)). Where the champion was not among the opponents, the score is compared with the one that its rating would make even (“by rating”).',
  ],
  [
    'SPRT',
    'Sequential probability ratio test of H1 (stronger than the champion by at least the second figure) against H0 (by at most the first), both errors 5 %: decided when the log likelihood ratio leaves −2.94 … 2.94: “stronger” accepts H1, “not stronger” H0. “≈” marks a ratio that is only bounded: the cluster reports a win rate but no draws. Draws would make it larger, never smaller, so a verdict holds and “open” is cautious.',
  ],
  [
    'Velocity',
    'Slope of the least squares line through the ratings of 12 h, and the same for the 12 h before. Per 1,000 games: Elo of those hours by the games that SELFPLAY_COMPLETE reported in them.',
  ],
  [
    'Projection',
    'The line through the ratings of the last 24 h, carried on to the target; the bounds are where its 95 % band meets the target (Fieller). They say how well the pace is known, not that it lasts: Elo usually slows down. Elo below: the line is there, and no rating is.',
  ],
];

/** How each figure comes about, in sentences that can be checked. */
export function MethodPanel() {
  return (
    <Panel title="How these figures are made">
      <dl className="grid gap-x-4 gap-y-2 text-xs md:grid-cols-[8rem_minmax(0,80ch)]">
        {METHODS.map(([name, text]) => (
          <div key={name} className="contents">
            <dt className="font-medium">{name}</dt>
            <dd className="text-dim">{text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
