export * from './bridge-cursors';
export * from './dead-letters';
export * from './event-blocks';
export * from './events';
export * from './removed-counts';
export * from './settings';
export * from './saved-views';
export * from './state-snapshots';
