/** The columns of the axis and of every row: name, bar, lead time; on phones the bar stands below the name. */
export const WATERFALL_GRID =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 sm:grid-cols-[minmax(0,17rem)_minmax(0,1fr)_5.5rem]';
