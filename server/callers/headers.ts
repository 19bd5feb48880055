/** Where a request came from, for pages and procedures. Set on every request: what a client sends under it is lost. */
export const ADDRESS_HEADER = 'x-ringside-address';
/** The user of a command line, as that process names itself. */
export const CLI_HEADER = 'x-ringside-cli-user';
/** The path that was asked for, so that a page can lead back after signing in. */
export const PATH_HEADER = 'x-ringside-path';
/** What inline scripts of this answer must carry. */
export const NONCE_HEADER = 'x-ringside-nonce';
