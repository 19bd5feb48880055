'use client';

import { useState, type ReactNode } from 'react';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';
import { RowButton } from '@/components/table/row-button';
import { FORMS, type ActionKind } from '@/domain/actions/declared';
import { RequestDialog } from './request-dialog';

/**
 * One declared action about one thing. `inRow`: as low as a line, named by `label`; only for who may. `offered`: false where
 * there is nothing to ask for any more. Pass that instead of leaving the button out: its dialog, still saying what came of
 * the press that changed it, would go with it.
 */
export function AskButton({
  kind,
  preset,
  children,
  label,
  inRow = false,
  offered = true,
}: {
  kind: ActionKind;
  preset: Readonly<Record<string, string>>;
  children: ReactNode;
  label: string;
  inRow?: boolean;
  offered?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const may = useMay('operate');
  const spec = FORMS.find((each) => each.kind === kind);
  if (!may || spec === undefined) return null;
  const common = { title: spec.says, onClick: () => setOpen(true), children };
  return (
    <>
      {offered &&
        (inRow ? <RowButton label={label} {...common} /> : <Button aria-label={label} {...common} />)}
      {open && <RequestDialog spec={spec} preset={preset} onClose={() => setOpen(false)} />}
    </>
  );
}
