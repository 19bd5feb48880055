'use client';

import type { ReactNode } from 'react';
import { createContext, use } from 'react';

const Tools = createContext<ReactNode>(null);

/** What every page has beside its title; the shell's owner fills it in. */
export function PageToolsProvider({ tools, children }: { tools: ReactNode; children: ReactNode }) {
  return <Tools value={tools}>{children}</Tools>;
}

export function PageTools() {
  return use(Tools);
}
