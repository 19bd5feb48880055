import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';

export default function EventNotFound() {
  return (
    <Page
      title="No such event"
      lead="This history has no event with that id or seq. It may belong to another server, or have been removed since."
    >
      <div>
        <Button asChild>
          <Link href="/events">All events</Link>
        </Button>
      </div>
    </Page>
  );
}
