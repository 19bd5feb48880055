'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/button';
import { FORMS } from '@/domain/actions/declared';
import { RequestDialog } from './request-dialog';

/** The buttons of the declared actions whose place is this page; null: of all of them. The URL says which form is open. */
export function RequestButtons({ page }: { page: string | null }) {
  const [kind, setKind] = useQueryState('ask', parseAsString);
  const may = useMay('operate');
  const open = FORMS.find((spec) => spec.kind === kind);
  if (!may) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {FORMS.filter(({ form }) => page === null || form.page === page).map((spec) => (
        <Button key={spec.kind} title={spec.says} onClick={() => void setKind(spec.kind)}>
          {spec.title}…
        </Button>
      ))}
      {open !== undefined && <RequestDialog spec={open} onClose={() => void setKind(null)} />}
    </div>
  );
}
