export * from './bridge-cursors';
export * from './dead-letters';
export * from './event-blocks';
export * from './events';
export * from './state-snapshots';
