import { comparePayload, type QueryNode } from '../../../domain/query';
import type { ValueTest } from './column';

export type PayloadNode = Extract<QueryNode, { kind: 'payload' }>;

const ORDERS = {
  '>': 'rising',
  '>=': 'rising',
  '<': 'falling',
  '<=': 'falling',
  '=': null,
  '!=': null,
} as const;

/** A comparison as columns are asked it. */
export function testOf(node: PayloadNode): ValueTest {
  const { operator, values } = node;
  const ordered = operator !== '=' && operator !== '!=';
  const texts = values.some((value) => typeof value === 'string');
  const numbers = new Set(values.filter((value) => typeof value === 'number'));
  return {
    between: between(node),
    order: ORDERS[operator],
    number: ordered ? orderTest(node) : (value) => numbers.has(value) === (operator === '='),
    told: ordered ? false : (value) => comparePayload(value, node),
    wanted: operator === '=' ? values.map((value) => JSON.stringify(value)) : null,
    composite: operator === '!=',
    untold: ordered || !texts ? operator === '!=' : null,
  };
}

/** A comparison that is true of a number is true of the least or of the greatest one around it, or asks for one between. */
function between(node: PayloadNode): ValueTest['between'] {
  const { operator, values } = node;
  if (operator === '!=') return () => true;
  if (operator !== '=') {
    const test = orderTest(node);
    return (least, most) => test(least) || test(most);
  }
  const numbers = values.filter((value) => typeof value === 'number');
  return (least, most) => numbers.some((value) => value >= least && value <= most);
}

function orderTest({ operator, values: [limit] }: PayloadNode): (value: number) => boolean {
  if (typeof limit !== 'number') return () => false;
  switch (operator) {
    case '>':
      return (value) => value > limit;
    case '>=':
      return (value) => value >= limit;
    case '<':
      return (value) => value < limit;
    case '<=':
      return (value) => value <= limit;
    case '=':
    case '!=':
      return () => false;
  }
}
