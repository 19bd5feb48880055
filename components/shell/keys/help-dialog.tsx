'use client';

import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { Dialog, DialogContent } from '../../ui/over/dialog';
import { Kbd } from '../../ui/signs/kbd';
import { answeredKeys } from './answered-keys';
import { isActive, NAV_ITEMS } from '../nav/nav-items';
import { keyName, workingKeys } from './page-keys';
import { FingerNote } from '../nav/finger-note';

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
  { says: 'Go to anything', keys: ['Ctrl K', '⌘ K'], either: true },
  { says: 'This help', keys: ['?'] },
  { says: 'Next or prior control', keys: ['Tab', 'Shift Tab'], either: true },
  { says: 'Next or prior panel', keys: ['n', 'b'], either: true },
  { says: 'Close what is open', keys: ['Esc'] },
];

const ARROWS = ['←', '→'] as const;

/** Keys of controls that can have the focus, in the order in which the help lists them where the page has such a one. */
const CONTROLS: readonly {
  readonly on: string;
  readonly selector: string;
  readonly bindings: readonly Binding[];
}[] = [
  {
    on: 'On a chart',
    selector: '[data-keys="chart"]',
    bindings: [
      { says: 'Read the points', keys: ARROWS, either: true },
      { says: 'Move in time', keys: ['Shift ←', 'Shift →'], either: true },
      { says: 'Nearer, farther', keys: ['+', '-'], either: true },
      { says: 'All of the range', keys: ['0'] },
      { says: 'Open the event read', keys: ['Enter'] },
    ],
  },
  {
    on: 'On the grid of nodes',
    selector: '[data-keys="grid"]',
    bindings: [
      { says: 'Next or prior node', keys: ['←', '→', '↑', '↓'], either: true },
      { says: 'Open the node', keys: ['Enter'] },
    ],
  },
  {
    on: 'On tabs and choices',
    selector: '[role="tablist"], input[type="radio"]',
    bindings: [{ says: 'Next or prior one', keys: ARROWS, either: true }],
  },
];

/** All keys that work on the page that is open, and only those. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const path = usePathname();
  const title = NAV_ITEMS.find((item) => isActive(item, path))?.label ?? 'this page';
  // As the page is when the help opens.
  const [sections] = useState(() => [
    { on: `On ${title}`, bindings: pageBindings() },
    ...CONTROLS.filter(({ selector }) => document.getElementById('main')?.querySelector(selector)),
  ]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard" description="Keys work wherever no field has the focus.">
        <div className="flex flex-col gap-3">
          <FingerNote />
          <Section title="Anywhere" bindings={ANYWHERE} />
          {sections.map(({ on, bindings }) => (
            <Section key={on} title={on} bindings={bindings} />
          ))}
          <Section title="Go to" bindings={PAGES} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function pageBindings(): Binding[] {
  return workingKeys(answeredKeys()).map(({ says, keys }) => ({
    says,
    keys: keys.map(keyName),
    either: true,
  }));
}

function Section({ title, bindings }: { title: string; bindings: readonly Binding[] }) {
  if (bindings.length === 0) return null;
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
