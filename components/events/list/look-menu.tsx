'use client';

import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/controls/button';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/over/popover';
import { Segmented } from '@/components/ui/controls/segmented';
import type { ColumnId, Density, ListLook, TimeForm } from './list-look';
import { COLUMN_IDS, COLUMNS, moveColumn, orUsual, shownColumns, toggleColumn } from './list-look';

const DENSITY_OPTIONS = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const satisfies readonly { value: Density; label: string }[];
const TIME_OPTIONS = [
  { value: 'clock', label: 'Clock' },
  { value: 'ago', label: 'Ago' },
] as const satisfies readonly { value: TimeForm; label: string }[];

export interface LookMenuProps {
  look: ListLook;
  onColumns: (columns: readonly ColumnId[] | null) => void;
  onTimes: (times: TimeForm) => void;
  onDensity: (density: Density) => void;
}

/** How the list looks: its columns and their order, its density and its times. */
export function LookMenu({ look, onColumns, onTimes, onDensity }: LookMenuProps) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant={look.columns === null ? 'default' : 'active'}>
          <Columns3 className="size-3.5" aria-hidden />
          <span className="sr-only @md:not-sr-only">Columns</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="flex w-72 flex-col gap-3" aria-label="Columns and density">
        <div className="flex items-center justify-between gap-2 text-xs text-dim">
          Rows
          <Segmented label="Density" value={look.density} options={DENSITY_OPTIONS} onChange={onDensity} />
        </div>
        <div className="flex items-center justify-between gap-2 text-xs text-dim">
          Times
          <Segmented label="Times" value={look.times} options={TIME_OPTIONS} onChange={onTimes} />
        </div>
        <ColumnChoice look={look} onColumns={(columns) => onColumns(orUsual(columns))} />
        <Button
          variant="ghost"
          className="self-end"
          disabled={look.columns === null}
          onClick={() => onColumns(null)}
        >
          Reset columns
        </Button>
      </PopoverContent>
    </Popover>
  );
}

function ColumnChoice({
  look,
  onColumns,
}: {
  look: ListLook;
  onColumns: (columns: readonly ColumnId[]) => void;
}) {
  const shown = shownColumns(look);
  const ids = [...shown, ...COLUMN_IDS.filter((id) => !shown.includes(id))];
  return (
    <ul aria-label="Columns" className="flex flex-col border-t pt-2">
      {ids.map((id) => {
        const place = shown.indexOf(id);
        const { label } = COLUMNS[id];
        return (
          <li key={id} className="flex h-7 items-center gap-1 text-xs">
            <label className="flex min-w-0 flex-1 items-center gap-2">
              <input
                type="checkbox"
                className="accent-accent"
                checked={place >= 0}
                disabled={place >= 0 && shown.length === 1}
                onChange={() => onColumns(toggleColumn(shown, id))}
              />
              {label}
              {id === 'source' && look.columns === null && (
                <span className="text-faint">where there is room</span>
              )}
            </label>
            {place >= 0 && (
              <>
                <IconButton
                  label={`${label} nearer to the beginning`}
                  disabled={place === 0}
                  onClick={() => onColumns(moveColumn(shown, id, -1))}
                >
                  <ArrowUp className="size-3.5" aria-hidden />
                </IconButton>
                <IconButton
                  label={`${label} nearer to the end`}
                  disabled={place === shown.length - 1}
                  onClick={() => onColumns(moveColumn(shown, id, 1))}
                >
                  <ArrowDown className="size-3.5" aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
