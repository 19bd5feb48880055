export * from './columns';
export * from './counter';
export { csvText } from './csv-line';
export * from './formats';
export * from './read-line';
