import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { PipelineView } from './view';

export const metadata: Metadata = { title: 'Pipeline' };

const PLANNED = [
  'The graph of the overview for one config.',
  'Runs as a waterfall from selfplay to distribution, each hop with its own duration.',
  'Lead time from data to champion, with p50 and p95 per hop.',
  'Stalls, judged by the config’s own history of that hop, and steps out of order.',
];

export default function PipelinePage() {
  return (
    <Page
      title="Pipeline"
      lead="Where each config stands on the way from selfplay to a distributed champion."
    >
      <LiveTopics
        snapshots={services().live.snapshot(['pipeline.stages', 'pipeline.cells', 'pipeline.runs'])}
      >
        <PipelineView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
