import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TRPCError } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { may, ROLES, type Role } from '../../domain/access/permissions';
import type { Principal } from '../../domain/access/principal';
import { provideServices, type Services } from '../services';
import { DOORS, PUBLIC_DOORS } from './rest/doors';
import { permissionTable, procedures } from './permission-table';
import { appRouter } from './router';

const root = path.join(import.meta.dirname, '..', '..');
const source = (file: string): string => readFileSync(path.join(root, file), 'utf8');
/** Files of this name below `app/`. */
const files = (name: string): string[] =>
  readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === name)
    .map((file) => path.join('app', file))
    .sort();

const as = (role: Role): Principal => ({
  kind: 'key',
  id: role,
  name: role,
  role,
  via: 'key',
  address: '::1',
});

describe('every procedure', () => {
  // Without services: a procedure that lets a caller in fails afterwards, in another way.
  beforeAll(() => provideServices({} as Services));

  const call = async (name: string, principal: Principal | null): Promise<string> => {
    type Tree = { [name: string]: Tree } & ((input: unknown) => Promise<unknown>);
    const caller = appRouter.createCaller({ principal, refusal: null }) as unknown as Tree;
    const found = name.split('.').reduce((tree, part) => tree[part] as Tree, caller);
    return found({ not: 'an input' }).then(
      () => 'OK',
      (error: unknown) => (error instanceof TRPCError ? error.code : String(error)),
    );
  };

  it('refuses callers without a role, lets those in who may, and nobody else', async () => {
    for (const { path: name, permission } of procedures()) {
      expect(permission, `${name} says what it asks for`).toBeDefined();
      expect(await call(name, null), name).toBe('UNAUTHORIZED');
      for (const role of ROLES) {
        const code = await call(name, as(role));
        expect(code === 'FORBIDDEN', `${name} as ${role}: ${code}`).toBe(!may(role, permission!));
        expect(code).not.toBe('UNAUTHORIZED');
      }
    }
  });

  it('that changes something asks for more than a look, but for what is the caller’s own', () => {
    const changing = procedures().filter(({ kind, permission }) => kind !== 'query' && permission === 'read');
    expect(changing.map(({ path: name }) => name)).toEqual(['access.sessions.endMine', 'views.star']);
  });
});

describe('every route', () => {
  it('is a door of the table, and no door of the table is missing', () => {
    const found = files('route.ts').flatMap((file) => {
      const route = path.dirname(file).replace(/^app/, '');
      const exported = source(file).match(/export (async )?(function|const) [A-Z]+|(?<= as )[A-Z]+/g) ?? [];
      return exported.map((text) => `${text.replace(/.* /, '')} ${route}`);
    });
    expect(found.sort()).toEqual([...Object.keys(DOORS), ...Object.keys(PUBLIC_DOORS)].sort());
  });

  it('that asks for something names itself', () => {
    for (const name of Object.keys(DOORS)) {
      const file = path.join('app', name.replace(/^[A-Z]+ /, ''), 'route.ts');
      expect(source(file), name).toContain(`'${name}'`);
    }
  });

  it('of a page finds out first who looks, and so do its metadata', () => {
    for (const file of files('page.tsx')) {
      if (/^app\/(sign-in|welcome)\//.test(file)) continue;
      const text = source(file);
      const asking =
        text.match(/export (default async|async|default) function (generateMetadata|\w+Page)/g) ?? [];
      const guarded =
        text.match(/\)(: Promise<Metadata>)? \{\n {2}(const principal = )?await viewer\(\);/g) ?? [];
      expect(asking.length, file).toBeGreaterThan(0);
      expect(guarded, file).toHaveLength(asking.length);
    }
  });
});

describe('docs/SECURITY.md', () => {
  it('prints the table of who may do what as it is (WRITE_DOCS=1 writes it)', () => {
    const file = path.join(root, 'docs', 'SECURITY.md');
    const [before, , after] = readFileSync(file, 'utf8').split(
      /(?<=<!-- who may do what -->\n)|(?=<!-- end -->)/,
    );
    const printed = `${before ?? ''}\n${permissionTable()}\n\n${after ?? ''}`;
    if (process.env['WRITE_DOCS'] === '1') writeFileSync(file, printed);
    expect(readFileSync(file, 'utf8')).toBe(printed);
  });
});

describe('docs/API.md', () => {
  it('names no procedure that is not there', () => {
    const text = source('docs/API.md');
    const rows = text
      .slice(text.indexOf('| procedure |'), text.indexOf('Actions are refused with 409'))
      .split('\n');
    const told = rows.slice(2).flatMap((row) => {
      const names = Array.from(row.split('|')[1]?.matchAll(/`([\w.]+)`/g) ?? [], ([, name = '']) => name);
      // `views.list`, `save`, `.delivery`: further ones of the same router.
      const group = names[0]?.replace(/\w+$/, '') ?? '';
      return names.map((name) => (name.startsWith(group) ? name : `${group}${name.replace(/^\./, '')}`));
    });
    const there = new Set(procedures().map(({ path: name }) => name));
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((name) => !there.has(name))).toEqual([]);
  });
});
