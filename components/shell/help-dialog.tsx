'use client';

import { Dialog, DialogContent } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { NAV_ITEMS } from './nav-items';

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard" description="Keys work wherever no field has the focus.">
        <dl className="grid grid-cols-1 gap-x-8 gap-y-1 sm:grid-cols-2">
          {NAV_ITEMS.map((item) => (
            <Row key={item.href} keys={['g', item.letter]} says={item.label} />
          ))}
          <Row keys={['?']} says="This help" />
          <Row keys={['Tab']} says="Next control" />
          <Row keys={['Esc']} says="Close what is open" />
        </dl>
      </DialogContent>
    </Dialog>
  );
}

function Row({ keys, says }: { keys: readonly string[]; says: string }) {
  return (
    <div className="flex items-center justify-between gap-4 py-0.5">
      <dt>{says}</dt>
      <dd className="flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
