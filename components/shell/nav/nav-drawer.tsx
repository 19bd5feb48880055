'use client';

import { Dialog, DialogContent } from '../../ui/over/dialog';
import { Nav } from './nav';

/** The navigation of narrow screens. */
export default function NavDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Ringside" place="left">
        <Nav width="full" onNavigate={onClose} />
      </DialogContent>
    </Dialog>
  );
}
