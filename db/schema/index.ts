export * from './access';
export * from './bridge-cursors';
export * from './dead-letters';
export * from './events';
export * from './state-snapshots';
