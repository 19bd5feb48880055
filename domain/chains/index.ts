export { MAX_MEMBERS } from './assemble';
export { chainsOf } from './chains';
export { missingStep } from './missing';
export type { Chain, ChainKind, ChainMember, Find, Found, Lookup, MissingStep } from './types';
