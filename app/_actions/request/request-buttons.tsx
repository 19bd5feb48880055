'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { PICKED } from '@/app/_client/page/page-search';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';
import { FORMS, type FormSpec, type RequestPage } from '@/domain/actions/declared';
import { RequestDialog } from './request-dialog';

/** What each page's requests are about. */
const ABOUT: Readonly<Record<RequestPage, string>> = {
  '/models': 'Models',
  '/quality': 'Data and selfplay',
  '/work?tab=learning': 'Learning',
  '/work': 'Work',
  '/nodes': 'Nodes',
  '/': 'Problems',
};

/** All declared requests, by what they are about. */
function requestGroups(): [label: string, specs: FormSpec[]][] {
  const groups = new Map<string, FormSpec[]>();
  for (const spec of FORMS) {
    const label = ABOUT[spec.form.page];
    groups.set(label, [...(groups.get(label) ?? []), spec]);
  }
  return [...groups];
}

/** The buttons of all declared actions. The URL says which form is open. */
export function RequestButtons() {
  const [kind, setKind] = useQueryState('ask', parseAsString.withOptions(PICKED));
  const may = useMay('operate');
  const open = FORMS.find((spec) => spec.kind === kind);
  if (!may) return null;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      {requestGroups().map(([label, specs]) => (
        <div key={label} role="group" aria-label={label} className="flex min-w-0 flex-col gap-1">
          <span className="text-2xs text-faint">{label}</span>
          <div className="flex flex-wrap gap-2">
            {specs.map((spec) => (
              <Button key={spec.kind} title={spec.says} onClick={() => void setKind(spec.kind)}>
                {spec.title}…
              </Button>
            ))}
          </div>
        </div>
      ))}
      {open !== undefined && <RequestDialog spec={open} onClose={() => void setKind(null)} />}
    </div>
  );
}
