'use client';

import { Command as Cmdk } from 'cmdk';
import { cn } from '../ui/cn';
import { formatCount } from '../ui/format';
import { Kbd } from '../ui/signs/kbd';
import type { CommandGroup } from './arrange';
import type { Command } from './command';

/** One group of lines under its heading, and how much of it is not shown. */
export function PaletteGroup({
  group: { id, heading, commands, more },
  onChoose,
}: {
  group: CommandGroup;
  onChoose: (command: Command) => void;
}) {
  return (
    <Cmdk.Group
      value={id}
      heading={heading}
      className="pb-1 **:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-2xs **:[[cmdk-group-heading]]:text-faint"
    >
      {commands.map((command) => (
        <Line key={command.id} command={command} onChoose={onChoose} />
      ))}
      {more > 0 && (
        <div role="presentation" className="px-2 py-0.5 pl-8 text-2xs text-faint">
          {formatCount(more)} more: keep typing
        </div>
      )}
    </Cmdk.Group>
  );
}

function Line({ command, onChoose }: { command: Command; onChoose: (command: Command) => void }) {
  const { id, label, detail, icon: Icon, isName, keys, unavailable } = command;
  return (
    <Cmdk.Item
      value={id}
      disabled={unavailable !== undefined}
      onSelect={() => onChoose(command)}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 aria-disabled:cursor-not-allowed aria-disabled:text-faint data-[selected=true]:bg-accent-soft"
    >
      <Icon className="size-4 shrink-0 text-faint" aria-hidden />
      <span className={cn('min-w-0 truncate', isName && 'font-mono text-xs')} title={label}>
        {label}
      </span>
      {(unavailable ?? detail) && (
        <span
          className={cn('min-w-0 flex-1 text-xs', unavailable ? 'text-warn' : 'truncate text-dim')}
          title={detail}
        >
          {unavailable ?? detail}
        </span>
      )}
      {keys && (
        <span className="ml-auto hidden shrink-0 gap-1 sm:flex">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Cmdk.Item>
  );
}
