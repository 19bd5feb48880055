export * from './actor';
export * from './declared';
export * from './field';
export * from './input';
