/** Where a request came from, for pages and procedures. Set on every request: what a client sends under it is lost. */
export const ADDRESS_HEADER = 'x-ringside-address';
/** The user of a command line, as that process names itself: a claim, as long as there are no accounts. */
export const CLI_HEADER = 'x-ringside-cli-user';
