import Link from 'next/link';
import { Page } from '@/components/shell/page/page';
import { Button } from '@/components/ui/controls/button';

export default function NotFound() {
  return (
    <Page
      title="Not found"
      lead="There is no page at this address, or what it showed is no longer in the history."
    >
      <div className="flex gap-2">
        <Button asChild>
          <Link href="/">Overview</Link>
        </Button>
        <Button asChild>
          <Link href="/events">Events</Link>
        </Button>
      </div>
    </Page>
  );
}
