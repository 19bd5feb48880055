/** The typed emit functions, one for each that the event catalogue names, and `emit` for every other type. */
export * from './cluster';
export * from './data';
export { emit } from './emit';
export type { EmitOptions, Publisher } from './emit';
export * from './model';
export * from './training';
