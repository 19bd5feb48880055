'use client';

import { Button } from '@/components/ui/button';
import { useHydrated } from '@/components/ui/clock';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { DoorPage } from '../_access/door-page';
import { useDoorForm } from '../_access/use-door-form';

/** Email and password. `back`: where to go then. `ended`: a session was there until now. */
export function SignInView({ back, ended }: { back: string; ended: boolean }) {
  // Before that the browser itself would send the form, and not to where it belongs.
  const hydrated = useHydrated();
  const { busy, wrong, onSubmit } = useDoorForm(
    '/api/auth/sign-in',
    (form) => ({ email: form.get('email'), password: form.get('password') }),
    // A new document: everything that was rendered before was rendered for nobody.
    () => window.location.assign(back),
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
        <p role="alert" className="min-h-5 text-sm text-bad">
          {wrong}
        </p>
        <Button type="submit" variant="primary" size="md" disabled={busy || !hydrated}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </DoorPage>
  );
}
