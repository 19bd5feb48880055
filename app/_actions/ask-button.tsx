'use client';

import { useState, type ReactNode } from 'react';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/button';
import { RowButton } from '@/components/table/row-button';
import { FORMS, type ActionKind } from '@/domain/actions/declared';
import { RequestDialog } from './request-dialog';

/** One declared action about one thing. `inRow`: as low as a line, named by `label`; only for who may. */
export function AskButton({
  kind,
  preset,
  children,
  label,
  inRow = false,
}: {
  kind: ActionKind;
  preset: Readonly<Record<string, string>>;
  children: ReactNode;
  label: string;
  inRow?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const may = useMay('operate');
  const spec = FORMS.find((each) => each.kind === kind);
  if (!may || spec === undefined) return null;
  const common = { title: spec.says, onClick: () => setOpen(true), children };
  return (
    <>
      {inRow ? <RowButton label={label} {...common} /> : <Button aria-label={label} {...common} />}
      {open && <RequestDialog spec={spec} preset={preset} onClose={() => setOpen(false)} />}
    </>
  );
}
