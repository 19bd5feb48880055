import type { FlowEdge } from '@/domain/events/relations/flows';
import type { EventRef } from '@/domain/realtime/entities';

/** A box of a flow diagram with the figures it shows. */
export interface StepFigures {
  readonly id: string;
  readonly label: string;
  /** Where the step's events can be read; null for a branch that has no events of its own. */
  readonly href: string | null;
  readonly count: number;
  readonly ratePerHour: number;
  readonly last: EventRef | null;
  readonly spark: readonly number[];
  /** These stay at nothing for boxes that are not stages. */
  readonly inProgress: number;
  readonly inProgressSince: number | null;
  readonly failed: number;
  readonly lastFailure: EventRef | null;
}

export interface FlowBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

export interface FlowRoute {
  readonly edge: FlowEdge;
  readonly points: readonly Point[];
}

/** Everything a board draws, in CSS pixels: nothing is zoomed, so texts keep their size. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly FlowBox[];
  readonly routes: readonly FlowRoute[];
}

/** Lays the steps of one diagram out for a width. */
export type LayoutOf = (width: number) => FlowLayout;

export const edgeId = (edge: FlowEdge): string => `${edge.from}→${edge.to}`;

export type { FlowEdge };
