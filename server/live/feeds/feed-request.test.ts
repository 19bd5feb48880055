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
    [null, 'give an object, not null'],
    [request({ q: 7 }), 'filter.q: give text, not a number'],
    [request({ colour: 'red' }), 'filter: there is no field colour'],
    [request({ severity: ['loud'] }), 'filter.severity.0: give debug, info, warning, error or critical'],
    [request({ since: Number.NaN }), 'filter.since: give a number, not NaN'],
    [{ ...request({}), limit: 0 }, 'limit: give a number of at least 1'],
    [{ ...request({}), limit: 1.5 }, 'limit: give a whole number'],
    [{ ...request({}), shape: 'square' }, 'shape: give row, packed_row or dot'],
  ])('says of %j what to give instead', (value, line) => {
    expect(parseFeedRequest(value)).toEqual({
      error: { code: 'bad_request', message: `the feed request cannot be read: ${line}` },
    });
  });
});
