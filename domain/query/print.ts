import type { Json } from '../json';
import { TIMES } from './ast';
import type { QueryNode } from './ast';

/** Text that a query finds as these very words, whatever signs it holds. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A field's value as people write it: in quotes only where it might not be read back otherwise. */
export function fieldValueText(value: string): string {
  return /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.@/-]*$/u.test(value) ? value : quoted(value);
}

const prefixText = (prefix: string): string => (prefix === '' ? '*' : `${fieldValueText(prefix)}*`);

/** A query as text; reading it gives the same tree, but for the places. */
export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '';
    case 'and':
      return node.parts.map(inside).join(' ');
    case 'or':
      return node.parts.map(inside).join(' OR ');
    case 'not':
      return `-${inside(node.part)}`;
    case 'text':
      return `${quoted(node.text)}${node.prefix ? '*' : ''}`;
    case 'field':
      return `${node.field}:${[...node.values.map(fieldValueText), ...node.prefixes.map(prefixText)].join(',')}`;
    case 'payload':
      return `payload.${node.path.join('.')}${node.operator}${node.values.map(printValue).join(',')}`;
    case 'time': {
      const name = Object.entries(TIMES).find(([, operator]) => operator === node.operator)?.[0] ?? 'after';
      const { moment } = node;
      return `${name}:${'ago' in moment ? `${moment.ago}s` : new Date(moment.at * 1000).toISOString()}`;
    }
  }
}

function inside(node: QueryNode): string {
  return node.kind === 'and' || node.kind === 'or' ? `(${printQuery(node)})` : printQuery(node);
}

/** A value of a payload as a query writes it: in quotes where it is a text. */
export function printValue(value: Json): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}
