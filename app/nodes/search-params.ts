import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { NODE_STATUSES } from '@/domain/realtime/entities';
import { listOf, PICKED } from '@/app/_client/page/page-search';

export const VIEWS = ['grid', 'table', 'timeline'] as const;
export type ViewId = (typeof VIEWS)[number];

/** How the fleet is shown, which of its nodes, in which order, and over what results are compared. */
export const nodesParams = {
  view: parseAsStringLiteral(VIEWS).withDefault('grid').withOptions(PICKED),
  q: parseAsString.withDefault(''),
  status: listOf(parseAsStringLiteral(NODE_STATUSES)).withDefault([]).withOptions(PICKED),
  type: listOf(parseAsString).withDefault([]).withOptions(PICKED),
  /** A column of the table, `-` before it for the largest first; absent: those in trouble first. */
  sort: parseAsString,
  over: parseAsStringLiteral(['24h', '7d']).withDefault('24h').withOptions(PICKED),
};

export const loadNodesSearch = createLoader(nodesParams);
export type NodesSearch = Awaited<ReturnType<typeof loadNodesSearch>>;
