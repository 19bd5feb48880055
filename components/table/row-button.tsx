import type { ComponentProps } from 'react';

/** A button as low as a line of text, so that rows keep their height. `label` says what it does to which row. */
export function RowButton({ label, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className="h-5 rounded border border-line-strong/60 bg-surface px-1.5 text-2xs font-medium whitespace-nowrap hover:bg-raised"
    />
  );
}
