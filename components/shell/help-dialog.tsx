'use client';

import { Dialog, DialogContent } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { NAV_ITEMS } from './nav-items';

interface Binding {
  readonly says: string;
  /** Pressed one after the other; with `either`, each of them does it. */
  readonly keys: readonly string[];
  readonly either?: true;
}

const PAGES: readonly Binding[] = NAV_ITEMS.map(({ label, letter }) => ({
  says: label,
  keys: ['g', letter],
}));

const ANYWHERE: readonly Binding[] = [
  { says: 'This help', keys: ['?'] },
  { says: 'Next control', keys: ['Tab'] },
  { says: 'Close what is open', keys: ['Esc'] },
];

const EVENTS: readonly Binding[] = [
  { says: 'Next row', keys: ['j', '↓'], either: true },
  { says: 'Prior row', keys: ['k', '↑'], either: true },
  { says: 'Open the row', keys: ['Enter'] },
  { says: 'Close the event, follow again', keys: ['Esc'] },
  { says: 'Pause or resume', keys: ['p', 'Space'], either: true },
  { says: 'Search text', keys: ['/'] },
  { says: 'Export what matches', keys: ['e'] },
  { says: 'Prior event of the config or node', keys: ['['] },
  { says: 'Next event of the config or node', keys: [']'] },
];

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard" description="Keys work wherever no field has the focus.">
        <div className="flex flex-col gap-3">
          <Section title="Go to" bindings={PAGES} />
          <Section title="On the events page" bindings={EVENTS} />
          <Section title="Anywhere" bindings={ANYWHERE} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Section({ title, bindings }: { title: string; bindings: readonly Binding[] }) {
  return (
    <section>
      <h3 className="border-b pb-1 text-xs font-medium text-faint">{title}</h3>
      <dl className="grid grid-cols-1 gap-x-8 pt-1 sm:grid-cols-2">
        {bindings.map((binding) => (
          <Row key={binding.says} {...binding} />
        ))}
      </dl>
    </section>
  );
}

function Row({ says, keys, either }: Binding) {
  return (
    <div className="flex items-center justify-between gap-4 py-0.5">
      <dt>{says}</dt>
      <dd className="flex shrink-0 items-center gap-1 text-2xs text-faint">
        {keys.map((key, index) => (
          <span key={key} className="flex items-center gap-1">
            {either && index > 0 && 'or'}
            <Kbd>{key}</Kbd>
          </span>
        ))}
      </dd>
    </div>
  );
}
