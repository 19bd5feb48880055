'use client';

import { useQueryState } from 'nuqs';
import { useRef, useState } from 'react';
import { pageSearch } from '@/app/_client/page/page-search';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/over/popover';
import { FORMS, type FormSpec } from '@/domain/actions/declared';
import { RequestDialog } from './request-dialog';

/**
 * What can be asked of the cluster on this page, or about a config. `preset`: fields that the page knows already; the config
 * is known where the page is about one.
 */
export function RequestMenu({ page, preset }: { page: string; preset?: Readonly<Record<string, string>> }) {
  const [menu, setMenu] = useState(false);
  const [kind, setKind] = useState<string | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const may = useMay('operate');
  const [configs] = useQueryState('config', pageSearch.config);
  const open = FORMS.find((spec) => spec.kind === kind);
  if (!may) return null;
  return (
    <>
      <Popover open={menu} onOpenChange={setMenu}>
        <PopoverTrigger asChild>
          <Button ref={trigger}>Ask…</Button>
        </PopoverTrigger>
        <PopoverContent align="end" aria-label="What can be asked for here" className="flex flex-col gap-1">
          {FORMS.filter((spec) => standsOn(spec, page)).map((spec) => (
            <Button
              key={spec.kind}
              variant="ghost"
              className="justify-start"
              title={spec.says}
              onClick={() => {
                // The menu goes; the focus comes back to what opened it.
                trigger.current?.focus();
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
          preset={{ ...presetOf(configs), ...preset }}
          onClose={() => setKind(null)}
        />
      )}
    </>
  );
}

function standsOn({ form }: FormSpec, page: string): boolean {
  if (page === 'config') return form.fields.some(({ type }) => type === 'config');
  return form.page.split('?')[0] === page;
}

function presetOf([config, other]: readonly string[]): Readonly<Record<string, string>> {
  return config === undefined || other !== undefined ? {} : { config_key: config, config };
}
