import { createParser } from 'nuqs/server';
import type { ColumnId, Density, TimeForm } from '@/components/events/list/list-look';
import { DENSITIES, readColumns, TIME_FORMS } from '@/components/events/list/list-look';

/** The part of the URL that says how the list looks, and not what is in it. */
export const DENSITY_COOKIE = 'ringside-density';

export const readTimeForm = (text: string): TimeForm | null =>
  TIME_FORMS.find((each) => each === text) ?? null;

export const lookSearch = {
  columns: createParser<ColumnId[]>({
    parse: readColumns,
    serialize: (ids) => ids.join(),
    eq: (a, b) => a.join() === b.join(),
  }),
  times: createParser<TimeForm>({ parse: readTimeForm, serialize: String }),
};

/** The density that a browser remembers; comfortable where it remembers none. */
export const readDensity = (text: string | undefined): Density =>
  DENSITIES.find((each) => each === text) ?? 'comfortable';
