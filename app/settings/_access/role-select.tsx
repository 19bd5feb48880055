import { Select } from '@/components/ui/controls/select';
import { ROLE_MEANS, type Role } from '@/domain/access/permissions';

/** A role with what it means; `label` names it where no label stands beside it. */
export function RoleSelect<Each extends Role>({
  roles,
  value,
  label,
  disabled = false,
  onChange,
}: {
  roles: readonly Each[];
  value: string;
  label?: string;
  disabled?: boolean;
  onChange: (role: Each) => void;
}) {
  return (
    <Select
      className="min-w-24"
      value={value}
      aria-label={label}
      disabled={disabled}
      onChange={(event) => {
        const chosen = roles.find((role) => role === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {roles.map((role) => (
        <option key={role} value={role} title={ROLE_MEANS[role]}>
          {role}
        </option>
      ))}
    </Select>
  );
}
