export * from './bridge-cursors';
export * from './dead-letters';
export * from './events';
export * from './saved-views';
export * from './state-snapshots';
