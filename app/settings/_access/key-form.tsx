'use client';

import { useState, type SubmitEvent } from 'react';
import { formText } from '@/app/_access/form-text';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { ROLE_MEANS, ROLES, type Role } from '@/domain/access/permissions';
import { RoleSelect } from './role-select';

export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  readonly sources: string[] | null;
  readonly types: string[] | null;
  readonly expires_in: number | null;
}

const DAY = 86_400;
const SPANS = [
  ['until it is revoked', 0],
  ['30 days', 30 * DAY],
  ['90 days', 90 * DAY],
  ['a year', 365 * DAY],
] as const;

const wordsOf = (form: FormData, name: string): string[] | null =>
  formText(form, name)
    ?.split(/[\s,]+/)
    .filter((word) => word !== '') ?? null;

/** Name, role, how long, and of a producer what it may publish as. */
export function KeyForm({
  busy,
  error,
  onSubmit,
  onCancel,
}: {
  busy: boolean;
  error: string | null;
  onSubmit: (event: SubmitEvent<HTMLFormElement>, wish: KeyWish) => void;
  onCancel: () => void;
}) {
  const [role, setRole] = useState<Role>('producer');
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    const form = new FormData(event.currentTarget);
    onSubmit(event, {
      name: formText(form, 'name') ?? '',
      role,
      sources: wordsOf(form, 'sources'),
      types: wordsOf(form, 'types'),
      expires_in: Number(form.get('expires')) || null,
    });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field label="Name" hint="what it is for; it stands beside what the key does">
        <Input name="name" required maxLength={100} autoFocus />
      </Field>
      <Field label="Role" hint={ROLE_MEANS[role]}>
        <RoleSelect roles={ROLES} value={role} onChange={setRole} />
      </Field>
      {role === 'producer' && (
        <>
          <Field label="Sources" hint="it may publish only as these; empty: as any">
            <Input name="sources" placeholder="selfplay, sync_daemon" />
          </Field>
          <Field label="Event types" hint="it may publish only these, in any spelling; empty: all">
            <Input name="types" placeholder="NEW_GAMES_AVAILABLE" />
          </Field>
        </>
      )}
      <Field label="Holds">
        <Select name="expires" defaultValue="0">
          {SPANS.map(([words, seconds]) => (
            <option key={seconds} value={seconds}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <p role="alert" className="min-h-5 text-sm text-bad first-letter:uppercase">
        {error}
      </p>
      <div className="flex justify-end gap-2">
        <Button size="md" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="md" type="submit" variant="primary" disabled={busy}>
          Make the key
        </Button>
      </div>
    </form>
  );
}
