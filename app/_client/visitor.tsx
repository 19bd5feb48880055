'use client';

import { createContext, useContext, type ReactNode } from 'react';
import { may, type Permission, type Role } from '@/domain/access/permissions';

const RoleContext = createContext<Role>('viewer');

/** Tells the pages below what their visitor is. What is hidden by it is refused by the server too. */
export function VisitorRole({ role, children }: { role: Role; children: ReactNode }) {
  return <RoleContext value={role}>{children}</RoleContext>;
}

/** Whether the visitor may: buttons that would be refused are not shown. */
export function useMay(permission: Permission): boolean {
  return may(useContext(RoleContext), permission);
}
