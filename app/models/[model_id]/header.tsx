import Link from 'next/link';
import { ModelLink } from '@/components/models/model-link';
import { ModelStatusBadge, STATUS_MEANS } from '@/components/models/status-badge';
import { HoldBadge } from '@/components/models/hold-badge';
import { PageTools } from '@/components/shell/page/page-tools';
import { WayUp } from '@/components/shell/page/way-up';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { formatPlural } from '@/components/ui/format';
import type { ModelLife } from '@/server/api/pages/models/life';
import { ModelActions } from './actions';

/** Which model, how it stands, and where else it can be seen; what can be done with it belongs at the right. */
export function ModelHeader({ life }: { life: ModelLife }) {
  const { model_id: id, now, config, champion } = life;
  return (
    <header className="flex min-w-0 flex-col gap-1">
      <WayUp href="/models" label="Models" />
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0 font-mono text-lg font-semibold break-all">{id}</h1>
        <CopyButton label="Copy the model’s id" text={id} />
        <PageTools />
        {now !== null && <ModelStatusBadge status={now.status} />}
        {now !== null && <HoldBadge hold={now.hold} />}
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <ModelActions life={life} />
          <Button asChild>
            <Link href={eventsHref(id)} prefetch={false}>
              {formatPlural(life.events, 'event')}
            </Link>
          </Button>
        </div>
      </div>
      <p className="text-sm text-dim">
        {now === null
          ? 'Known from history only: it is no longer among the models kept in state.'
          : STATUS_MEANS[now.status]}
        {config !== null && (
          <>
            {'. Config '}
            <Link
              href={`/models?${new URLSearchParams({ config }).toString()}`}
              className="font-mono underline decoration-line-strong underline-offset-2 hover:text-accent"
            >
              {config}
            </Link>
          </>
        )}
        {champion !== null && champion !== id && (
          <>
            {', champion now: '}
            <ModelLink id={champion} />
          </>
        )}
      </p>
      {!life.searchable && (
        <p className="text-xs text-warn">
          History is searched by words, and this id has no letter or digit: only what the state holds is
          shown.
        </p>
      )}
    </header>
  );
}

export function eventsHref(model: string): string {
  return `/events?${new URLSearchParams({ model: model.replace(/\p{Cs}/gu, '\ufffd') }).toString()}`;
}
