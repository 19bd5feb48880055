import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { EloView } from './view';

export const metadata: Metadata = { title: 'Elo' };

const PLANNED = [
  'Curves per config over time and over training steps, the champion as a line in steps.',
  'Evaluations as points with 95 % intervals from win rate and games.',
  'Likelihood of superiority against the champion, and the verdict of a sequential test with its bounds.',
  'Promotions, rejections, rollbacks, regressions and plateaus as markers.',
  'Velocity in Elo per hour and per 1,000 games, and the projected date of a target with its uncertainty.',
];

export default function EloPage() {
  return (
    <Page title="Elo" lead="How strong each config plays now, and at its best.">
      <LiveTopics snapshots={services().live.snapshot(['models.configs'])}>
        <EloView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
