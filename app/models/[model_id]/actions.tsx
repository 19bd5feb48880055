'use client';

import { useState } from 'react';
import { ChampionDialog } from '@/app/_actions/champion/champion-dialog';
import type { ChampionIntent } from '@/app/_actions/champion/champion-form';
import { HoldDialog } from '@/app/_actions/champion/hold-dialog';
import { RequestMenu } from '@/app/_actions/request/request-menu';
import { useEntity } from '@/app/_client/live/live-provider';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';
import type { ConfigEntity } from '@/domain/realtime/entities';
import type { ModelLife } from '@/server/api/pages/models/life';

/** What an operator can do with this model now. */
export function ModelActions({ life: { model_id: id, config, now } }: { life: ModelLife }) {
  const entry = useEntity<ConfigEntity>('models.configs', config ?? '');
  const [intent, setIntent] = useState<ChampionIntent | 'hold' | null>(null);
  const may = useMay('operate');
  const close = (): void => setIntent(null);
  if (!may || now === null || config === null) return null;
  const reigns = entry?.champion === id;
  return (
    <>
      {reigns ? (
        <Button
          variant="danger"
          disabled={entry.previous === null}
          title={entry.previous === null ? 'No champion before it is known' : undefined}
          onClick={() => setIntent({ verb: 'rollback', model: id })}
        >
          Roll back…
        </Button>
      ) : (
        <Button variant="primary" onClick={() => setIntent({ verb: 'promote', model: id })}>
          Promote…
        </Button>
      )}
      <RequestMenu page="/models" preset={{ model_id: id }} />
      {now.hold !== null && <Button onClick={() => setIntent('hold')}>Lift the hold…</Button>}
      {intent === 'hold' && <HoldDialog model={id} onClose={close} />}
      {intent !== null && intent !== 'hold' && <ChampionDialog intent={intent} onClose={close} />}
    </>
  );
}
