'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { IconButton } from '../ui/controls/button';
import { useHydrated } from '../ui/time/clock';

const ORDER = ['system', 'light', 'dark'] as const;
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Goes through system, light and dark. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  const current = ORDER.find((each) => each === theme && hydrated) ?? 'system';
  const next = ORDER[(ORDER.indexOf(current) + 1) % ORDER.length] ?? 'system';
  const Icon = ICONS[current];
  return (
    <IconButton label={`Theme: ${current}. Switch to ${next}`} onClick={() => setTheme(next)}>
      <Icon className="size-4" aria-hidden />
    </IconButton>
  );
}
