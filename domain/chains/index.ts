export { MAX_MEMBERS } from './assemble';
export { chainsOf } from './chains';
export { missingStep, type Usual } from './missing';
export { CHAIN_KINDS } from './types';
export type { Chain, ChainKind, ChainMember, Find, Found, Lookup, MissingStep } from './types';
