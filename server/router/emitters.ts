/** The typed emit functions, one for each that the event catalogue names, and `emit` for every other type. */
export * from './emitters/cluster';
export * from './emitters/data';
export { emit } from './emitters/emit';
export type { EmitOptions, Publisher } from './emitters/emit';
export * from './emitters/model';
export * from './emitters/training';
