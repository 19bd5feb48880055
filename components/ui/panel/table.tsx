import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn';
import { Sideways } from './sideways';

/** A plain dense table; it scrolls sideways in its own box (reachable by keyboard), never the page. `label` names it. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Sideways label={label} className="overflow-x-auto">
      <table className="w-full border-collapse text-left text-xs">{children}</table>
    </Sideways>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        'border-b px-3 py-1.5 font-medium whitespace-nowrap text-dim',
        rest.title !== undefined && 'explained',
        className,
      )}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cn('border-b px-3 py-1.5', className)} />;
}

/** Cells are centred; `align-top` on the row suits cells of several lines. */
export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cn('last:[&>*]:border-b-0 hover:bg-raised/50', className)} />;
}
