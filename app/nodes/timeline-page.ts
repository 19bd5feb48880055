/** Nodes whose timelines are asked for and shown at a time. */
export const TIMELINE_PAGE = 50;
