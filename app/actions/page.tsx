import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';

export const metadata: Metadata = { title: 'Actions' };

const PLANNED = [
  'Who did what, when, why and from where, with the evidence as it was.',
  'The status of each action: committed, forwarded to the cluster, acknowledged by whom, answered by which event, or overdue.',
  'Promotion and rollback of models, with a reason and a second look where one is due.',
  'Requests for a sync, a quality check, an evaluation or a recovery; changed targets, weights and hyperparameters.',
  'A composer for any catalogued event, with a form made from its schema.',
  'Search and export; entries cannot be changed afterwards, and each is chained to the one before.',
];

export default async function ActionsPage() {
  await viewer();
  return (
    <Page title="Actions" lead="What operators did to the cluster, and what came of it.">
      <Planned
        items={PLANNED}
        today={
          <>
            Today events are published by scripts: with{' '}
            <code className="font-mono">npx ringside publish</code> or{' '}
            <code className="font-mono">POST /api/events</code>.
          </>
        }
      />
    </Page>
  );
}
