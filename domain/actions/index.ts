export * from './actor';
export * from './compose';
export * from './declared';
export * from './draft';
export * from './field';
export * from './input';
