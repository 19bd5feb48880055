/** At most 500 configs; the longest silent go first. */
export const MAX_CONFIGS = 500;
/** Per config; see `addScore` and `addMark` for what happens beyond. */
export const MAX_SCORES = 1_200;
export const MAX_MARKS = 600;
