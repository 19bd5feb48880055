'use client';

import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { LookMenuProps } from '@/components/events/list/look-menu';
import type { Density } from '@/components/events/list/list-look';
import { DENSITY_COOKIE, lookSearch } from './look-params';

const YEAR_S = 31_536_000;

/** How the list looks: columns and times live in the URL, the density in this browser (a cookie, so that the first paint has it). */
export function useListLook(initial: Density): LookMenuProps {
  const [{ columns, times }, set] = useQueryStates(lookSearch);
  const [density, setDensity] = useState(initial);
  const look = useMemo(() => ({ columns, times: times ?? 'clock', density }), [columns, times, density]);
  return {
    look,
    onColumns: (next) => void set({ columns: next === null ? null : [...next] }),
    onTimes: (next) => void set({ times: next === 'clock' ? null : next }),
    onDensity: (next) => {
      setDensity(next);
      document.cookie = `${DENSITY_COOKIE}=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
    },
  };
}
