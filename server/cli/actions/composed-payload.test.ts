import { describe, expect, it } from 'vitest';
import { definitionOf, type EventDefinition } from '../../../domain/events';
import { composedPayload } from './composed-payload';

const unhealthy = definitionOf('NODE_UNHEALTHY') as EventDefinition;
const read = (fields: string[], allowDrift = false) => composedPayload(unhealthy, fields, allowDrift);

describe('the payload of a command line', () => {
  it('has each field as its type is documented, and others as JSON or text', () => {
    const fields = ['node_id=7', 'health_score=0.25', 'issues=gpu errors,disk', 'more=[1]', 'note=a=b'];
    expect(read(fields)).toEqual({
      ...{ node_id: '7', health_score: 0.25, issues: ['gpu errors', 'disk'], more: [1], note: 'a=b' },
    });
  });

  it('may be one JSON object as it stands', () => {
    expect(read([' {"node_id": 7}'])).toEqual({ node_id: 7 });
    expect(() => read(['{"node_id": '])).toThrow(/^the payload is no JSON/);
  });

  it('says what is missing or wrong; what is missing may be meant, what is written wrongly never is', () => {
    expect(() => read(['node_id=a'])).toThrow('NODE_UNHEALTHY: health_score is needed');
    expect(read(['node_id=a'], true)).toMatchObject({ node_id: 'a' });
    expect(() => read(['node_id=a', 'health_score=low'], true)).toThrow(/health_score must be a number/);
    expect(() => read(['node_id'])).toThrow(/^node_id: write fields as name=value/);
    expect(() => read(['=a'])).toThrow(/write fields as name=value/);
  });
});
