'use client';

import { Page } from '@/components/shell/page/page';
import { Button } from '@/components/ui/controls/button';

/** The rest of the shell goes on: only this page failed. The digest finds the cause in the server's log. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Page
      title="This page failed"
      lead="The server and the other pages go on. Try again, or look into its log."
    >
      {error.digest !== undefined && (
        <p className="text-sm text-dim">
          Mark in the log: <code className="font-mono">{error.digest}</code>
        </p>
      )}
      <div>
        <Button onClick={reset}>Try again</Button>
      </div>
    </Page>
  );
}
