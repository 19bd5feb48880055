import { createContext } from 'react';
import type { StepFigures } from './model';
import type { PulseTrack } from './pulse-track';

/** The edges of a board that can carry pulses, by edge id; edges put themselves in while they are mounted. */
export type PulseTracks = Map<string, PulseTrack>;

export const PulseContext = createContext<PulseTracks>(new Map());

/**
 * The live figures of a board. They reach cards and edges past React Flow, whose nodes and edges then only change with
 * the layout: it need not compare and measure them ten times a second.
 */
export const StepsContext = createContext<ReadonlyMap<string, StepFigures>>(new Map());
