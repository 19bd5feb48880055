import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type FileLine } from './lines';

async function read(bytes: Uint8Array, cuts: readonly number[], maxBytes?: number): Promise<FileLine[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const end = at + (cuts[turn % cuts.length] ?? 0) + 1;
      yield bytes.subarray(at, end);
      at = end;
    }
  }
  const lines: FileLine[] = [];
  for await (const line of linesOf(chunks(), maxBytes)) lines.push(line);
  return lines;
}

describe('linesOf', () => {
  it('gives each line with its number, however the file is cut', async () => {
    const text = fc.array(fc.constantFrom('a', 'é', '💥', '\n', '\r\n', ' '), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(5), { minLength: 1 }), async (signs, cuts) => {
        const file = signs.join('');
        const expected = file
          .split('\n')
          .map((line, index) => ({ number: index + 1, text: line.trim(), reason: '' }))
          .filter((line) => line.text !== '');
        expect(await read(new TextEncoder().encode(file), cuts)).toEqual(expected);
      }),
    );
  });

  it('passes over a line that is no text or too long, and goes on behind it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('ok\n'),
      Buffer.from([0xff, 10]),
      Buffer.from('123456789\nfine'),
    ]);
    expect(await read(bytes, [2], 8)).toEqual([
      { number: 1, text: 'ok', reason: '' },
      { number: 2, text: null, reason: 'not valid UTF-8' },
      { number: 3, text: null, reason: 'longer than 8 bytes' },
      { number: 4, text: 'fine', reason: '' },
    ]);
  });
});
