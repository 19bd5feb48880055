import { CopyButton } from '@/components/ui/controls/copy-button';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { formatCount } from '@/components/ui/format';
import { JsonTree } from '@/components/ui/values/json-tree';
import type { Json } from '@/domain/json';
import type { LetterRow } from '@/server/api/pages/router';

/** The payload of a letter as it came: as a tree where it is JSON, else as the text that it is. */
export function LetterContent({ letter, onClose }: { letter: LetterRow; onClose: () => void }) {
  const { content, reason, id } = letter;
  const value = parsed(content);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent place="right" title={`Letter ${id}`} description={reason}>
        <div className="mb-2 flex items-center gap-2 text-xs text-faint">
          {formatCount(content.length)} characters{content.length >= 65_536 && ', cut at 64 KiB'}
          <CopyButton text={content} label="Copy the payload" className="ml-auto" />
        </div>
        {value !== undefined && typeof value === 'object' ? (
          <JsonTree value={value} />
        ) : (
          <pre className="font-mono text-xs break-all whitespace-pre-wrap">{content || '(empty)'}</pre>
        )}
      </DialogContent>
    </Dialog>
  );
}

function parsed(content: string): Json | undefined {
  try {
    return JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
}
