'use client';

import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { formText } from '../_access/form-text';
import { useDoorForm } from '../_access/use-door-form';

const SHORTEST = 12;

/** What a one-time link is for, as its door tells. */
export interface LinkFacts {
  readonly purpose: 'setup' | 'invite' | 'reset';
  readonly email: string | null;
  readonly role: string | null;
}

/** Name, email where the link does not fix it, and a password; then the visitor is signed in. */
export function AcceptForm({ token, facts: { purpose, email } }: { token: string; facts: LinkFacts }) {
  const { busy, wrong, onSubmit } = useDoorForm(
    '/api/auth/accept',
    (form) => ({
      token,
      email: formText(form, 'email'),
      name: formText(form, 'name'),
      password: form.get('password'),
    }),
    () => window.location.replace('/'),
  );
  return (
    <form method="post" className="flex flex-col gap-3" onSubmit={onSubmit}>
      {purpose !== 'reset' && (
        <Field label="Name" hint="as others see it beside what you do">
          <Input name="name" autoComplete="name" maxLength={100} required autoFocus className="h-8" />
        </Field>
      )}
      {email === null && (
        <Field label="Email">
          <Input name="email" type="email" autoComplete="username" required className="h-8" />
        </Field>
      )}
      {email !== null && (
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      )}
      <Field label="Password" hint={`at least ${SHORTEST} characters`}>
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={SHORTEST}
          maxLength={200}
          required
          className="h-8"
        />
      </Field>
      <p role="alert" className="min-h-5 text-sm text-bad first-letter:uppercase">
        {wrong}
      </p>
      <Button type="submit" variant="primary" size="md" disabled={busy}>
        {purpose === 'reset' ? 'Set the password' : 'Make the account'}
      </Button>
    </form>
  );
}
