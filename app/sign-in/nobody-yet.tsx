import { Button } from '@/components/ui/controls/button';
import { DoorPage } from '../_access/door-page';

/** In place of the sign-in form while nobody could use it: where the link for the first admin is found. */
export function NobodyYet({ back }: { back: string }) {
  return (
    <DoorPage title="Nobody has an account yet" lead="A link that works once makes the first admin.">
      <ol className="flex list-decimal flex-col gap-2 pl-5 text-sm">
        <li>
          Look where Ringside was started: the link stands in the terminal after <q>Ringside is ready</q>, or
          in the log as <Code>setup_link</Code>.
        </li>
        <li>
          Or run <Code>npx ringside users setup</Code> there: it prints a new link, and the one before ends.
        </li>
        <li>Open the whole link in this browser, with all that follows #.</li>
      </ol>
      <Button asChild size="md">
        {/* A document of its own: this one was rendered while there was no account. */}
        <a href={`/sign-in?${new URLSearchParams({ back }).toString()}`}>The account is made: sign in</a>
      </Button>
    </DoorPage>
  );
}

function Code({ children }: { children: string }) {
  return <code className="rounded-sm bg-raised px-1 font-mono text-xs break-words">{children}</code>;
}
