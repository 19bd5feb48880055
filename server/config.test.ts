import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

describe('readConfig', () => {
  it('has a default for everything', () => {
    const config = readConfig({ XDG_RUNTIME_DIR: '/nowhere' });
    expect(config).toEqual({
      port: 3000,
      host: '127.0.0.1',
      access: 'accounts',
      publicUrl: null,
      oidc: null,
      dataDir: path.resolve('data'),
      eventsDb: { file: path.resolve('data/coordination/events.db'), create: 'folder' },
      duplicateWindow: 3600,
      duplicateWindows: {},
      publishRate: 5_000,
      logLevel: 'info',
    });
  });

  it('takes a sign-in provider whole, and calls it by its host', () => {
    const { oidc } = readConfig({
      RINGSIDE_OIDC_ISSUER: 'https://id.example/realm/',
      RINGSIDE_OIDC_CLIENT_ID: 'ringside',
      RINGSIDE_OIDC_CLIENT_SECRET: 'shared',
    });
    expect(oidc).toEqual({
      ...{
        issuer: 'https://id.example/realm',
        clientId: 'ringside',
        clientSecret: 'shared',
        name: 'id.example',
      },
    });
  });

  it.each([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['PORT', ' ', { port: 3000 }],
    ['HOST', 'localhost', { host: 'localhost' }],
    ['HOST', '::1', { host: '::1', access: 'accounts' }],
    ['HOST', '0.0.0.0', { host: '0.0.0.0', access: 'accounts' }],
    ['HOST', 'ringside.example', { access: 'accounts' }],
    ['RINGSIDE_ACCESS', 'open', { host: '127.0.0.1', access: 'open' }],
    ['RINGSIDE_ACCESS', 'accounts', { host: '127.0.0.1', access: 'accounts' }],
    ['RINGSIDE_PUBLIC_URL', 'https://ringside.example/', { publicUrl: 'https://ringside.example' }],
    ['RINGSIDE_DATA_DIR', '/srv/r', { dataDir: '/srv/r' }],
    ['RINGRIFT_COORDINATION_DIR', '/srv/c', { eventsDb: { file: '/srv/c/events.db', create: 'file' } }],
    ['RINGSIDE_DUPLICATE_WINDOW', '0', { duplicateWindow: 0 }],
    ['RINGSIDE_DUPLICATE_WINDOW', '', { duplicateWindow: 3600 }],
    [
      'RINGSIDE_DUPLICATE_WINDOWS',
      'HOST_OFFLINE=60, elo_updated = 1.5',
      { duplicateWindows: { HOST_OFFLINE: 60, ELO_UPDATED: 1.5 } },
    ],
    ['RINGSIDE_DUPLICATE_WINDOWS', 'new_games=60', { duplicateWindows: { NEW_GAMES_AVAILABLE: 60 } }],
    ['RINGSIDE_PUBLISH_RATE', '1000', { publishRate: 1_000 }],
    ['RINGSIDE_PUBLISH_RATE', '0', { publishRate: null }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['RINGSIDE_NATS_URL', '', {}],
  ])('takes %s=%j', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected);
  });

  it('opens a demo to this machine, and to no other', () => {
    const demo = { demo: true };
    expect(readConfig({}, demo).access).toBe('open');
    expect(readConfig({ RINGSIDE_ACCESS: 'accounts' }, demo).access).toBe('accounts');
    expect(readConfig({ HOST: '0.0.0.0' }, demo).access).toBe('accounts');
  });

  it('refuses to be open to other machines', () => {
    expect(() => readConfig({ HOST: '0.0.0.0', RINGSIDE_ACCESS: 'open' })).toThrow(
      /^RINGSIDE_ACCESS: .*loopback/,
    );
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['RINGSIDE_PUBLISH_RATE', '999'],
    ['RINGSIDE_PUBLISH_RATE', '-1'],
    ['RINGSIDE_ACCESS', 'closed'],
    ['RINGSIDE_PUBLIC_URL', 'ringside.example'],
    ['RINGSIDE_PUBLIC_URL', 'ftp://ringside.example'],
    ['RINGSIDE_OIDC_ISSUER', 'id.example'],
    ['RINGSIDE_OIDC_ISSUER', 'https://id.example'],
    ['RINGSIDE_NATS_URL', 'nats://x'],
    ['RINGSIDE_DUPLICATE_WINDOW', 'an hour'],
    ['RINGSIDE_DUPLICATE_WINDOW', '-1'],
    ['RINGSIDE_DUPLICATE_WINDOWS', 'HOST_OFFLINE'],
    ['RINGSIDE_DUPLICATE_WINDOWS', 'A=1,,B=2'],
    ['RINGSIDE_DUPLICATE_WINDOWS', 'A=-1'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%j with one line that names it', (name, value) => {
    let message = '';
    try {
      readConfig({ [name]: value });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as ConfigError).message;
    }
    expect(message).toMatch(new RegExp(`^${name}: .*(give|set) .+$`));
  });
});
