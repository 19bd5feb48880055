import { describe, expect, it } from 'vitest';
import { parseFeedRequest } from './feed-request';

const request = (filter: object) => ({ feed_id: 'f', shape: 'row', filter, after_seq: null, limit: 10 });

describe('parseFeedRequest', () => {
  it('reads a query at the door', () => {
    expect(parseFeedRequest(request({ q: 'type:ELO_UPDATED' }))).toMatchObject({
      request: { filter: { asked: { node: { kind: 'field', values: ['ELO_UPDATED'] } } } },
    });
  });

  it.each([
    ['hex8 node:', 'missing_value', 10],
    ['(hex8', 'open_parenthesis', 0],
    ['a tpye:x', 'unknown_field', 2],
  ])('says what is wrong with %j, and where', (q, code, start) => {
    const parsed = parseFeedRequest(request({ q }));
    expect(parsed).toMatchObject({
      error: { code: 'bad_query', mistake: { code, start, end: expect.any(Number) as number } },
    });
    expect(parsed).toHaveProperty('error.message', expect.stringContaining(`at character ${start + 1}: `));
  });

  it.each([
    [null, 'the form of the contract'],
    [request({ q: 7 }), 'filter.q: '],
    [request({ colour: 'red' }), 'filter: '],
    [{ ...request({}), limit: 0 }, 'limit: '],
  ])('names the part of %j that has another form', (value, part) => {
    const parsed = parseFeedRequest(value);
    expect(parsed).toMatchObject({ error: { code: 'bad_request' } });
    expect(parsed).toHaveProperty('error.message', expect.stringContaining(part));
  });
});
