export * from './columns';
export * from './counter';
export * from './formats';
export * from './read-line';
