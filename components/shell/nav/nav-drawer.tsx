'use client';

import { Dialog, DialogContent } from '../../ui/over/dialog';
import { Nav } from './nav';
import { FingerNote } from './finger-note';

/** The navigation of narrow screens. */
export default function NavDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Ringside" place="left">
        <Nav width="full" onNavigate={onClose} />
        <div className="px-4 py-2">
          <FingerNote />
        </div>
      </DialogContent>
    </Dialog>
  );
}
