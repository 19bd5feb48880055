import { describe, expect, it } from 'vitest';
import { jobIdOf, runHref } from './href';

describe('the address of a run', () => {
  it.each(['hex8_2p_1766703439', 'a/b c?d#e%f', 'ünï', '__proto__', '<script>'])(
    'carries %s there and back',
    (id) => {
      const url = new URL(runHref(id), 'http://x');
      expect(jobIdOf(url.pathname.slice('/training/'.length))).toBe(id);
    },
  );

  it('goes to the comparison for what a browser takes for a folder', () => {
    expect(['.', '..'].map(runHref)).toEqual(['/training?run=.', '/training?run=..']);
  });

  it('never throws, whatever the id or the address', () => {
    expect(runHref('\ud800')).toBe('/training/%EF%BF%BD');
    expect(['%', '', 'x'.repeat(201)].map(jobIdOf)).toEqual([null, null, null]);
  });
});
