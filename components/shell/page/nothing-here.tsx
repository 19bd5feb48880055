import Link from 'next/link';
import { Button } from '../../ui/controls/button';
import { Page } from './page';

/** The page of an address that names nothing: why that may be, and the way to what there is. */
export function NothingHere({
  title,
  lead,
  href,
  all,
}: {
  title: string;
  lead: string;
  href: string;
  all: string;
}) {
  return (
    <Page title={title} lead={lead}>
      <div>
        <Button asChild>
          <Link href={href}>{all}</Link>
        </Button>
      </div>
    </Page>
  );
}
