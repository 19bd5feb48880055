import { describe, expect, it, vi } from 'vitest';
import type { SavedView } from '@/domain/views/view';
import type { FoundNames } from '@/server/api/shell/palette';
import { NAV_ITEMS } from '../shell/nav/nav-items';
import { arrange, countFound } from './arrange';
import type { Command, PaletteFacts } from './command';
import type { Recent } from './recents';
import { readRecents, withRecent } from './recents';
import { COMMAND_SOURCES } from './registry';

type Kind = Exclude<keyof FoundNames, 'q'>;
const KINDS: readonly Kind[] = ['nodes', 'configs', 'models', 'runs', 'types'];
const found = (names: Partial<Record<Kind, string[]>>, more = 0): FoundNames => {
  const bestOf = (kind: Kind) => {
    const best = (names[kind] ?? []).map((name) => ({ name, detail: '' }));
    return [kind, { best, more: best.length === 0 ? 0 : more }];
  };
  return { q: '', ...(Object.fromEntries(KINDS.map(bestOf)) as Omit<FoundNames, 'q'>) };
};
const view = (id: number, name: string): SavedView => ({
  ...{
    id,
    name,
    address: '/events?severity=error',
    starred: false,
    editable: true,
    author: null,
    created_at: 0,
    updated_at: 0,
  },
});
const acts = { help: vi.fn(), setTheme: vi.fn(), views: vi.fn() };
const HERE = { pathname: '/', search: '' };
const facts = (query: string, given: Partial<PaletteFacts> = {}): PaletteFacts => ({
  ...{ query, found: null, views: [], theme: 'dark', here: HERE, mayAct: true, acts, ...given },
});
const groups = (query: string, given: Partial<PaletteFacts> = {}, recents: readonly Recent[] = []) =>
  arrange(COMMAND_SOURCES, facts(query, given), recents).map(({ heading, commands, more }) => ({
    heading,
    labels: commands.map(({ label }) => label),
    more,
  }));
const commands = (query: string, given: Partial<PaletteFacts> = {}): readonly Command[] =>
  arrange(COMMAND_SOURCES, facts(query, given), []).flatMap((group) => group.commands);
const hrefs = (list: readonly Command[]) => list.flatMap(({ does }) => ('href' in does ? [does.href] : []));

describe('the palette', () => {
  it('leads to pages as the navigation does, with what was chosen on the page under it', () => {
    const here = { pathname: '/elo', search: '?config=hex8_2p&axis=epochs' };
    expect(hrefs(commands('quality', { here }))[0]).toBe('/quality?config=hex8_2p');
  });

  it('at rest shows recent choices, then every page, views and commands', () => {
    const recents = [
      { id: 'page:/elo', label: 'Elo' },
      { id: 'node:gh200-a', label: 'gh200-a', href: '/nodes/gh200-a' },
    ];
    const shown = groups('', { views: [view(1, 'Errors')] }, recents);
    expect(shown.map(({ heading }) => heading)).toEqual(['Recent', 'Pages', 'Saved views', 'Commands']);
    expect(shown[0]?.labels).toEqual(['Elo', 'gh200-a']);
    expect(shown[1]?.labels).toHaveLength(NAV_ITEMS.length - 1);
  });

  it('puts the group with the best kind of match first, and says what it leaves out', () => {
    const given = { found: found({ nodes: ['elo-node'], types: ['ELO_UPDATED'] }, 7) };
    const shown = groups('elo', given);
    expect(shown[0]).toEqual({ heading: 'Pages', labels: ['Elo'], more: 0 });
    expect(shown[1]).toEqual({ heading: 'Nodes', labels: ['elo-node'], more: 7 });
    expect(shown.at(-1)).toEqual({ heading: 'Search', labels: ['Find events matching “elo”'], more: 0 });
    expect(groups('elo-node', given)[0]?.heading).toBe('Nodes');
    const listed = shown.reduce((sum, { labels }) => sum + labels.length, 0);
    const left = shown.reduce((sum, { more }) => sum + more, 0);
    expect(left).toBeGreaterThan(0);
    expect(countFound(arrange(COMMAND_SOURCES, facts('elo', given), []))).toBe(listed + left);
  });

  it('forgets names of an earlier answer that no longer match', () => {
    const given = { found: found({ nodes: ['gh200-a', 'gh200-b'] }) };
    expect(groups('gh200-b', given)[0]).toMatchObject({ labels: ['gh200-b'] });
  });

  it('puts a recent choice first among equally good ones, not before better ones', () => {
    const given = { found: found({ nodes: ['node-1', 'node-2', 'a-node'] }) };
    const recents = [
      { id: 'node:a-node', label: 'a-node' },
      { id: 'node:node-2', label: 'node-2' },
    ];
    const nodes = groups('node', given, recents).find(({ heading }) => heading === 'Nodes');
    expect(nodes?.labels).toEqual(['node-2', 'node-1', 'a-node']);
  });

  it('leads to pages of names, whatever they hold', () => {
    const name = 'a/b?c&d#e';
    const given = {
      found: found({ nodes: [name], configs: [name], models: [name], runs: [name], types: [name] }),
    };
    const enc = encodeURIComponent(name);
    expect(hrefs(commands(name, given)).sort()).toEqual(
      [
        ...[
          `/nodes/${enc}`,
          `/pipeline?config=${enc}`,
          `/actions/compose?type=${enc}`,
          `/elo?config=${enc}`,
          `/events?config=${enc}`,
        ],
        ...[`/models/${enc}`, `/training/${enc}`, `/events?type=${enc}`, `/catalogue?q=${enc}&open=${enc}`],
        `/events?q=${enc}`,
      ].sort(),
    );
  });

  it('knows an event by its number or its id, and a query by its signs', () => {
    const id = '01a20944-04e6-70f5-83c1-48c41b20f64b';
    expect(hrefs(commands('#12'))).toContain('/events/12');
    expect(hrefs(commands(id.toUpperCase()))[0]).toBe(`/events/${id}`);
    expect(groups('type:ELO_UPDATED')[0]?.heading).toBe('Search');
    expect(groups('router')[0]?.heading).toBe('Pages');
  });

  it('offers a search with a mistake, but does not run it', () => {
    expect(commands('node: x').find(({ id }) => id === 'find-events')?.unavailable).toMatch(/node/);
    expect(commands('timeout').find(({ id }) => id === 'find-events')?.unavailable).toBeUndefined();
  });

  it('finds commands by other words, and runs them', () => {
    const [dark] = commands('mode dark');
    expect(dark).toMatchObject({ label: 'Theme: dark', detail: 'in use' });
    if (dark && 'run' in dark.does) dark.does.run();
    expect(acts.setTheme).toHaveBeenCalledWith('dark');
  });

  it('has no two sources and no two lines of one id', () => {
    const given = {
      found: found({ types: ['A_B'], configs: ['A_B'] }),
      views: [view(1, 'a_b'), view(2, 'A_B 2')],
    };
    const ids = commands('a_b', given).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(COMMAND_SOURCES.map(({ id }) => id)).size).toBe(COMMAND_SOURCES.length);
  });
});

describe('recent choices', () => {
  const command = (id: string): Command => ({
    ...{ id, label: id, icon: NAV_ITEMS[0]!.icon, isName: true as const, does: { href: `/nodes/${id}` } },
  });

  it('keep the newest first, each once, and no searches', () => {
    let recents: readonly Recent[] = [];
    for (const id of ['a', 'b', 'a']) recents = withRecent(recents, command(id));
    expect(recents.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(withRecent(recents, command('find-events'))).toBe(recents);
    for (let n = 0; n < 50; n++) recents = withRecent(recents, command(String(n)));
    expect(recents).toHaveLength(20);
  });

  it('take nothing that leads elsewhere from what the browser kept', () => {
    const kept = [
      { id: 'a', label: 'a', href: '/nodes/a' },
      { id: 'b', label: 'b', href: 'https://evil.example' },
      { id: 'c', label: 'c', href: '//evil.example' },
      { id: 'd' },
      null,
    ];
    expect(readRecents(JSON.stringify(kept)).map(({ id }) => id)).toEqual(['a']);
    expect(readRecents('{}')).toEqual([]);
    expect(readRecents(null)).toEqual([]);
  });
});
