'use client';

import { X } from 'lucide-react';
import * as Primitive from 'radix-ui/dialog';
import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { IconButton } from '../controls/button';
import { cn } from '../cn';
import { firstToFill } from './first-to-fill';
import { rememberFocus } from './return-focus';

export const Dialog = Primitive.Root;

const PLACES = {
  centre: 'top-1/2 left-1/2 max-h-[85dvh] w-[min(36rem,calc(100vw-32px))] -translate-1/2 rounded-md border',
  left: 'inset-y-0 left-0 w-[min(18rem,85vw)] border-r',
  right: 'inset-y-0 right-0 w-[min(40rem,100vw)] border-l',
} as const;

/** A modal with title and close button; `place` left and right make it a drawer. */
export function DialogContent({
  title,
  description,
  place = 'centre',
  className,
  children,
}: {
  title: string;
  description?: string;
  place?: keyof typeof PLACES;
  className?: string;
  children: ReactNode;
}) {
  const giveBackRef = useRef<() => void>(null);
  const closeRef = useRef<HTMLButtonElement>(null);
  return (
    <Primitive.Portal>
      {/* As high as the content: a modal that opens over another dims that one too. */}
      <Primitive.Overlay
        className="fixed inset-0 z-50 animate-appear bg-[rgb(0_0_0/50%)]"
        // The field that was given the focus keeps it.
        onMouseDown={(event) => event.preventDefault()}
        onClick={({ detail }) => detail < 2 && closeRef.current?.click()}
      />
      <Primitive.Content
        {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        onOpenAutoFocus={place === 'centre' ? startInForm : undefined}
        // A click on what lies behind closes it, but not the second one of a double click on what opened it.
        onPointerDownOutside={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          giveBackRef.current?.();
        }}
        className={cn('fixed z-50 flex flex-col bg-surface text-sm shadow-float', PLACES[place], className)}
      >
        <FocusMemory giveBackRef={giveBackRef} />
        <header className="flex items-center gap-2 border-b px-4 py-2">
          <Primitive.Title className="min-w-0 truncate text-base font-semibold">{title}</Primitive.Title>
          <Primitive.Close asChild ref={closeRef}>
            <IconButton label="Close" className="ml-auto">
              <X className="size-4" aria-hidden />
            </IconButton>
          </Primitive.Close>
        </header>
        {description !== undefined && (
          <Primitive.Description className="px-4 pt-3 text-dim">{description}</Primitive.Description>
        )}
        {/* What is reached by Tab stops above the buttons that stay at the lower edge. */}
        <div className="relative min-h-0 flex-1 scroll-pb-24 overflow-auto p-4">{children}</div>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** Who opens a form wants to fill it in: its first empty field comes before the cross. A drawer is read first. */
function startInForm(event: Event): void {
  const fields = (event.currentTarget as HTMLElement | null)?.querySelectorAll<
    HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
  >('form :is(input, select, textarea):not([disabled])');
  const field = firstToFill([...(fields ?? [])]);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/** Looks who has the focus while the modal is first rendered: a field of its own that takes it at once does so after that. */
function FocusMemory({ giveBackRef }: { giveBackRef: RefObject<(() => void) | null> }) {
  const [remembered] = useState(rememberFocus);
  useLayoutEffect(() => {
    giveBackRef.current = remembered;
  }, [giveBackRef, remembered]);
  return null;
}
