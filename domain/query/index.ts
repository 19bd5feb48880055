export * from './ast';
export * from './edit';
export * from './complete';
export * from './explain';
export * from './marks';
export * from './match';
export { parseQuery } from './parse';
export { isDay } from './values';
export * from './print';
