import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';

export default function NodeNotFound() {
  return (
    <Page
      title="No such node"
      lead="No event has named a node like that. It may be spelt otherwise, or have been dropped as the longest silent of more than 5,000."
    >
      <div>
        <Button asChild>
          <Link href="/nodes">All nodes</Link>
        </Button>
      </div>
    </Page>
  );
}
