'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/controls/button';
import { Panel } from '@/components/ui/panel/panel';
import type { Composition } from '@/server/api/actions/composer-page';
import { ComposeForm } from './form';
import { TypePicker } from './type-picker';

/** The type, and below it its form, or why it has none. */
export function ComposeView({ composition }: { composition: Composition }) {
  const { types, type, refusal, decided, from } = composition;
  return (
    <div className="flex max-w-4xl min-w-0 flex-col gap-3">
      <Panel title="Type" hint={from === null ? undefined : `as event #${String(from.seq)} was`}>
        <div className="flex min-w-0 flex-col gap-2">
          <TypePicker types={types} chosen={type?.name ?? ''} />
          {type !== null && <p className="text-sm text-dim">{type.description}</p>}
          {refusal !== null && (
            <div role="alert" className="flex flex-wrap items-center gap-3 text-sm">
              <p className="min-w-0 break-words text-bad">{refusal}</p>
              {decided && (
                <Button asChild>
                  <Link href="/models">Models</Link>
                </Button>
              )}
            </div>
          )}
        </div>
      </Panel>
      {/* Another type is another form; the list of types stays, with the focus. */}
      {type !== null && <ComposeForm key={`${type.name} ${from?.event_id ?? ''}`} type={type} from={from} />}
    </div>
  );
}
