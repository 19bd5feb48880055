'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import { Labelled } from '@/app/_actions/press/labelled';
import { Select } from '@/components/ui/controls/select';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { Composition } from '@/server/api/actions/composer-page';

/** All types of the catalogue by category, in the platform's own list: letters typed jump to a name. */
export function TypePicker({ types, chosen }: { types: Composition['types']; chosen: string }) {
  const router = useRouter();
  // What a key chose stays chosen while its form is fetched: the next key goes on from it.
  const [shown, show] = useOptimistic(chosen);
  const choose = (type: string): void =>
    startTransition(() => {
      show(type);
      router.replace(`/actions/compose?type=${encodeURIComponent(type)}`);
    });
  return (
    <Labelled label="Event type">
      <Select className="max-w-md" value={shown} onChange={(event) => choose(event.target.value)}>
        <option value="" disabled>
          Choose a type…
        </option>
        {CATEGORIES.map(({ id, label }) => {
          const names = types.filter(({ category }) => category === id);
          return names.length === 0 ? null : (
            <optgroup key={id} label={label}>
              {names.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </optgroup>
          );
        })}
      </Select>
    </Labelled>
  );
}
