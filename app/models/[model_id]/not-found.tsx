import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';

export default function ModelNotFound() {
  return (
    <Page
      title="No such model"
      lead="No event in this history names a model with that id. It may belong to another server, or the link may be cut off."
    >
      <div>
        <Button asChild>
          <Link href="/models">All models</Link>
        </Button>
      </div>
    </Page>
  );
}
