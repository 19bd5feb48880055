'use client';

import {
  createContext,
  useContext,
  useEffect,
  useId,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { sayUnanswered, Unanswered } from './unanswered';

const Context = createContext<Unanswered | null>(null);

/** Collects what the questions of a page complain of, and says it over the page: nothing moves for it. */
export function UnansweredProvider({ children }: { children: ReactNode }) {
  const [unanswered] = useState(() => new Unanswered());
  return (
    <Context value={unanswered}>
      {children}
      <Note unanswered={unanswered} />
    </Context>
  );
}

/** Tells the page that a question has no answer, while `message` says why; null: it has. */
export function useUnanswered(message: string | null): void {
  const unanswered = useContext(Context);
  const asker = useId();
  useEffect(() => {
    unanswered?.note(asker, message);
  }, [unanswered, asker, message]);
  useEffect(() => () => unanswered?.note(asker, null), [unanswered, asker]);
}

const none = (): null => null;

function Note({ unanswered }: { unanswered: Unanswered }) {
  const reason = useSyncExternalStore(unanswered.subscribe, unanswered.reason, none);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-3 z-40 flex justify-center px-3">
      {reason !== null && (
        <p className="flex max-w-160 items-baseline gap-2 rounded-md border border-warn/40 bg-warn-soft px-3 py-2 text-sm text-warn shadow-float">
          <ToneShape tone="warn" />
          <span className="min-w-0 break-words">
            The newest figures could not be read: {sayUnanswered(reason)}. They are asked for again every few
            seconds.
          </span>
        </p>
      )}
    </div>
  );
}
