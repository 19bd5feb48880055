'use client';

import { useState } from 'react';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/button';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { FORMS } from '@/domain/actions/declared';
import { RequestDialog } from './request-dialog';

/** What can be asked of the cluster on this page. `preset`: fields that the page knows already. */
export function RequestMenu({ page, preset }: { page: string; preset?: Readonly<Record<string, string>> }) {
  const [menu, setMenu] = useState(false);
  const [kind, setKind] = useState<string | null>(null);
  const may = useMay('operate');
  const open = FORMS.find((spec) => spec.kind === kind);
  if (!may) return null;
  return (
    <>
      <Popover open={menu} onOpenChange={setMenu}>
        <PopoverTrigger asChild>
          <Button>Ask…</Button>
        </PopoverTrigger>
        <PopoverContent align="end" className="flex flex-col gap-1">
          {FORMS.filter(({ form }) => form.page.split('?')[0] === page).map((spec) => (
            <Button
              key={spec.kind}
              variant="ghost"
              className="justify-start"
              title={spec.says}
              onClick={() => {
                setMenu(false);
                setKind(spec.kind);
              }}
            >
              {spec.title}…
            </Button>
          ))}
        </PopoverContent>
      </Popover>
      {open !== undefined && (
        <RequestDialog
          spec={open}
          {...(preset === undefined ? {} : { preset })}
          onClose={() => setKind(null)}
        />
      )}
    </>
  );
}
