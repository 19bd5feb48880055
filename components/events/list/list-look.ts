/** How the list of events looks: which columns, in which order, how dense, and how it tells times. */

export const COLUMNS = {
  time: { label: 'Time', width: 'minmax(0,8.625rem)' },
  severity: { label: 'Severity', width: '0.75rem' },
  category: { label: 'Category', width: 'minmax(0,8.5rem)' },
  type: { label: 'Type', width: 'minmax(9rem,13rem)' },
  config: { label: 'Config', width: 'minmax(0,5.75rem)' },
  node: { label: 'Node', width: 'minmax(0,6.5rem)' },
  model: { label: 'Model', width: 'minmax(0,10rem)' },
  source: { label: 'Source', width: 'minmax(0,11rem)' },
  origin: { label: 'Origin', width: 'minmax(0,6.5rem)' },
  received: { label: 'Received', width: 'minmax(0,8.625rem)' },
  seq: { label: 'Seq', width: 'minmax(0,5rem)' },
  duplicate: { label: 'Duplicate', width: 'minmax(0,5rem)' },
  drift: { label: 'Drift', width: 'minmax(0,4.5rem)' },
  summary: { label: 'What it says', width: 'minmax(12rem,1fr)' },
} as const;
export type ColumnId = keyof typeof COLUMNS;
export const COLUMN_IDS = Object.keys(COLUMNS) as ColumnId[];

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];
/** Times by the clock, or as their distance from now. */
export const TIME_FORMS = ['clock', 'ago'] as const;
export type TimeForm = (typeof TIME_FORMS)[number];

export interface ListLook {
  /** Null: the usual ones, of which the list shows as many as there is room for. */
  readonly columns: readonly ColumnId[] | null;
  readonly density: Density;
  readonly times: TimeForm;
}

export const USUAL_COLUMNS: readonly ColumnId[] = [
  'time',
  'severity',
  'category',
  'type',
  'config',
  'node',
  'source',
  'summary',
];

/** The columns of a list, in their order. */
export const shownColumns = ({ columns }: ListLook): readonly ColumnId[] => columns ?? USUAL_COLUMNS;

/** Column ids as a list in a URL; null when one of them is none, comes twice, or none is left. */
export function readColumns(text: string): ColumnId[] | null {
  const ids = text.split(',').filter((each): each is ColumnId => Object.hasOwn(COLUMNS, each));
  const sound = ids.length > 0 && new Set(ids).size === text.split(',').length;
  return sound ? ids : null;
}

/** With a column more or less: a new one goes to its usual place, before the summary. The last one stays. */
export function toggleColumn(columns: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  if (columns.includes(id)) return columns.length > 1 ? columns.filter((each) => each !== id) : columns;
  const rank = COLUMN_IDS.indexOf(id);
  const before = columns.findIndex((each) => COLUMN_IDS.indexOf(each) > rank);
  return before < 0 ? [...columns, id] : columns.toSpliced(before, 0, id);
}

/** With a column one place nearer to the beginning (-1) or to the end (1). */
export function moveColumn(columns: readonly ColumnId[], id: ColumnId, step: -1 | 1): readonly ColumnId[] {
  const from = columns.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= columns.length) return columns;
  return columns.toSpliced(from, 1).toSpliced(to, 0, id);
}

/** Null where these are the usual columns in their usual order. */
export const orUsual = (columns: readonly ColumnId[]): readonly ColumnId[] | null =>
  columns.join() === USUAL_COLUMNS.join() ? null : columns;

/**
 * The grid's columns for three widths of the list, as CSS variables. The usual columns come as there is room: the source,
 * then the category's name; chosen ones are all there.
 */
export function gridColumns(look: ListLook): Readonly<Record<'--narrow' | '--middle' | '--wide', string>> {
  const ids = shownColumns(look);
  const template = (left: readonly ColumnId[], category: string): string =>
    ids
      .filter((id) => !left.includes(id))
      .map((id) => (id === 'category' ? category : widthOf(id, look)))
      .join(' ');
  return {
    '--narrow': template(look.columns === null ? ['source'] : [], '0.875rem'),
    '--middle': template([], '0.875rem'),
    '--wide': template([], COLUMNS.category.width),
  };
}

/** Ages are shorter than times of day. */
function widthOf(id: ColumnId, { times }: ListLook): string {
  const isTime = id === 'time' || id === 'received';
  return isTime && times === 'ago' ? 'minmax(0,6.5rem)' : COLUMNS[id].width;
}
