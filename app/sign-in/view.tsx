'use client';

import { Button } from '@/components/ui/controls/button';
import { useHydrated } from '@/components/ui/time/clock';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { DoorPage } from '../_access/door-page';
import { useDoorForm } from '../_access/use-door-form';

/**
 * Email and password, or the provider of the settings. `back`: where to go then. `ended`: a session was there until now.
 * `refused`: the provider’s visitor may not come in.
 */
export function SignInView({
  back,
  ended,
  refused,
  provider,
}: {
  back: string;
  ended: boolean;
  refused: string | null;
  provider: string | null;
}) {
  // Before that the browser itself would send the form, and not to where it belongs.
  const hydrated = useHydrated();
  const { busy, wrong, onSubmit } = useDoorForm(
    '/api/auth/sign-in',
    (form) => ({ email: form.get('email'), password: form.get('password') }),
    // A new document: everything that was rendered before was rendered for nobody.
    () => window.location.assign(back),
    refused !== null && provider !== null ? refusedBy(provider, refused) : null,
  );
  return (
    <DoorPage
      title="Sign in"
      lead={ended ? 'Your session has ended.' : 'An admin of this server can invite you.'}
    >
      <form method="post" className="flex flex-col gap-3" onSubmit={onSubmit}>
        <Field label="Email">
          <Input name="email" type="email" autoComplete="username" required autoFocus className="h-8" />
        </Field>
        <Field label="Password">
          <Input name="password" type="password" autoComplete="current-password" required className="h-8" />
        </Field>
        <p role="alert" className="min-h-5 text-sm text-bad first-letter:uppercase">
          {wrong}
        </p>
        <Button type="submit" variant="primary" size="md" disabled={busy || !hydrated}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
        {provider !== null && (
          <Button asChild size="md">
            {/* A link of its own document: it leads to another site. */}
            <a href={`/api/auth/oidc?${new URLSearchParams({ back }).toString()}`}>Sign in with {provider}</a>
          </Button>
        )}
      </form>
    </DoorPage>
  );
}

function refusedBy(provider: string, why: string): string {
  return why === 'unreachable'
    ? `${provider} cannot be reached right now, or was asked too often: try again later.`
    : `${provider} did not vouch for an account of this server: an admin can invite you, with the email that is verified there.`;
}
