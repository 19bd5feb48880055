'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import { ComesLater } from '@/app/_client/live/comes-later';
import { Page } from '@/components/shell/page/page';
import { jobIdOf } from '@/components/training/href';
import { Button } from '@/components/ui/controls/button';
import { quoted } from '@/domain/query';

export default function RunNotFound() {
  const { job_id: segment } = useParams<{ job_id?: string }>();
  const id = segment === undefined ? null : jobIdOf(segment);
  return (
    <Page
      title="No such run"
      lead="No run of that job id is kept; the page opens once an event names one. The newest 600 that ended and 400 that go on are; the events of older ones stay in the history."
    >
      {id !== null && <ComesLater topic="training.runs" id={id} />}
      {id !== null && <p className="font-mono text-sm break-all text-dim">{id}</p>}
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link href="/training">All runs</Link>
        </Button>
        {id !== null && (
          <Button asChild>
            <Link href={`/events?${new URLSearchParams({ q: quoted(id) }).toString()}`}>
              Events that name it
            </Link>
          </Button>
        )}
      </div>
    </Page>
  );
}
